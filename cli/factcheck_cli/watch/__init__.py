"""`factcheck scan --watch`: files are looked at again and again, and scanned when they change."""
