"""An answer of Genie as a Slack message."""
