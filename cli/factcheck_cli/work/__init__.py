"""The work of a scan, whatever is made of it: by which settings, in which process, and what is printed."""
