"""`factcheck explain`: a sentence, a rule, or a diagnostic code."""
