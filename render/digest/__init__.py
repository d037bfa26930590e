"""The weekly digest: what was asked, what got no answer and why, as a message and a file; pure."""
