"""Judging: a program and a read article to hits, hits to findings, findings to levels."""
