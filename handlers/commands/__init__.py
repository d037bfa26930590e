"""Listeners of slash commands."""
