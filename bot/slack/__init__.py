"""What the bot sends to Slack."""
