"""`factcheck eval` and `factcheck weigh`: rules and sentences that people have labelled."""
