"""An export: the rows of an answer as a file in its thread."""
