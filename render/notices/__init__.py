"""Messages that are not answers: progress, help, confirmations."""
