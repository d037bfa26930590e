"""Genie itself: what it keeps, how it answers a message, and how a reply can look."""
