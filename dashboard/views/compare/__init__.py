"""Compare: which model is better, by how much, and is it real."""
