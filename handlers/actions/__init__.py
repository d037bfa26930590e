"""Listeners of clicks, one module a feature."""
