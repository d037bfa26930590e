"""What happens before the bot serves: clients, checks, its own Redis."""
