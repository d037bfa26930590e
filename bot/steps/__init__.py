"""The life of a question, one module a step."""
