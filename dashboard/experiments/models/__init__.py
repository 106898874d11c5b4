"""The models that can be named, and what makes kernel SVMs affordable."""
