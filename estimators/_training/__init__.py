"""Training: from parameters and checked rows to a trained net."""
