"""Listeners of shortcuts, and of the modal that they open."""
