"""Work off the event loop: processes, their scratch files, and rows too large for memory."""
