"""What is known from earlier: a file with a line a sentence, which a scan passes over and people can read."""
