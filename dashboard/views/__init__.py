"""The pages: each is a module with one ``show()``."""
