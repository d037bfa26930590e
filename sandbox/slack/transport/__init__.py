"""The ways between Slack and the app: HTTP, Socket Mode, the Web API."""
