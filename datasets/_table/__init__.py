"""The user's own table: how it is written, what its columns are, and what is predicted."""
