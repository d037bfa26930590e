"""Agent mode: requests, the frames of its stream, events and items; pure."""
