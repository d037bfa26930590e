"""Messages that are no answers: progress, help, confirmations."""
