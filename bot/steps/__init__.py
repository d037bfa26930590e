"""Steps of a question, one module a state."""
