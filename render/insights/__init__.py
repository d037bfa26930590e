"""Insights: a model's summary of computed figures, checked against them."""
