"""Causes of failed questions: whether the bot retries them, and which reply their user reads."""
