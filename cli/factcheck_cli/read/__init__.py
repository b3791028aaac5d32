"""`factcheck read`: texts as a scan sees them."""
