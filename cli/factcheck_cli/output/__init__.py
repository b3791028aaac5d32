"""Where results go, and that they appear whole or not at all."""
