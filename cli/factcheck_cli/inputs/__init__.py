"""Paths to texts: what is to be read, in which format, and where each character comes from."""
