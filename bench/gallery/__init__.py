"""Forty and more answers as people see them: python -m bench.gallery."""
