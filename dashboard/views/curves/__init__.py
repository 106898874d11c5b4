"""Learning curves: more rows, more epochs, a larger model."""
