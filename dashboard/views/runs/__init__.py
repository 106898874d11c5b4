"""Runs: all that has run."""
