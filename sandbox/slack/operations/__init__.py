"""What changes the workspace, with the events and payloads that the app gets for it."""
