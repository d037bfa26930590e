"""How an answer came about, as a modal."""
