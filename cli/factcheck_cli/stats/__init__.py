"""Statistics: levels, sources and rules over a corpus, or over time, counted from columns."""
