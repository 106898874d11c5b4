"""What becomes of a run: carried out in the background, found again, packed, repeated."""
