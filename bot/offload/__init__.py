"""Work outside the event loop: worker processes, scratch files, large results."""
