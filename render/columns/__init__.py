"""What a column is: its kind, unit and format, and how it adds up."""
