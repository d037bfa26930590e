"""Statistics of a result, and sentences about them."""
