"""A small SQL warehouse with sample data."""
