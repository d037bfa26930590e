"""The web page of the local Slack."""
