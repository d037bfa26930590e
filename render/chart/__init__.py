"""Which chart a result deserves, and what the chart shows."""
