"""What a result is: each column's role, unit and format, how it adds up, and which rows are totals."""
