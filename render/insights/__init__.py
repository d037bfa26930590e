"""Figures of an answer in a model's words, checked against the figures."""
