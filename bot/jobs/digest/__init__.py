"""The weekly digest for the experts' channel: reads what was asked, and posts what it says together."""
