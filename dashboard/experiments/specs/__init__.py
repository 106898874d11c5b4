"""The kinds of experiment, one file each: what is asked, and which tasks answer it."""
