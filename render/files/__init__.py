"""A result as a CSV or Excel file."""
