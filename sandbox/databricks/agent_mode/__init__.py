"""Agent mode: runs of several queries, their items and reports, and the stream that tells of them."""
