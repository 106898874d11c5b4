"""Bagging vs boosting: what more members do."""
