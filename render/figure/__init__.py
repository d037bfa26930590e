"""Draw a chart as a PNG with matplotlib."""
