"""Jobs that clicks and commands start, one module a kind."""
