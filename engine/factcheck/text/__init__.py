"""Text to tokens, sentences, quotations, names and shapes."""
