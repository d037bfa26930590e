"""What speaks for each fact of a reading: the query, types and names, values."""
