"""Slack's blocks, buttons and messages, within Slack's limits."""
