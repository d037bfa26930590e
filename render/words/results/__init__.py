"""Words about results: charts, figures, caveats, values."""
