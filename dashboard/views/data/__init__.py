"""Data: what is in a data set, and the user's own files."""
