"""Grid search: which parameters, and how much of the best score is luck."""
