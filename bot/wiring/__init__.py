"""Which step runs in which state, which job for which kind, and what each works with."""
