"""Each kind of expression, and what it means: one module for each family."""
