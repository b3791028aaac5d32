"""What is not reported, and why: suppressed by whoever edits a text, known from earlier, unchanged since then."""
