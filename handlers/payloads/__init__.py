"""Slack's JSON as our data; nothing else reads a payload."""
