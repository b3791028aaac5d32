"""Measuring rules on sentences that people have labelled: how often they are right, and what would make them so."""
