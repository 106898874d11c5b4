"""What differences between scores are worth; numbers in, numbers out."""
