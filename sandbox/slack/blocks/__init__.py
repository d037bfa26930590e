"""What Slack takes and refuses of Block Kit."""
