"""From the bytes of a text file to its rows: how they are spelt, cut, and which are rows."""
