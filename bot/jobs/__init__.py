"""What a click starts, one module a kind of job."""
