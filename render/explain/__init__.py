"""The modal "How I Got This"."""
