"""Readers of formats, a module each: bytes in, articles out."""
