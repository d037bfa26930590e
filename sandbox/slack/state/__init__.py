"""The workspace in memory, and what changes it."""
