"""The corpus of results: what a careful analyst notes about each, and what may not be said."""
