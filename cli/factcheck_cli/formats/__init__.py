"""Reports for other programs, one module a format; each is loaded when it is asked for."""
