"""What evaluations say, one question a file: evaluations in, tables and readings out."""
