"""The HTTP server and the two ways in which Slack reaches the bot."""
