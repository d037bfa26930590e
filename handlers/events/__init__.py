"""Listeners of Slack events."""
