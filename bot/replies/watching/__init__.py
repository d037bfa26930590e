"""Watches as people see them, and the modal in which one is set."""
