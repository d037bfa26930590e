"""Parse Slack's JSON into our data; no other package reads a payload."""
