"""A local Slack that an unmodified app can talk to."""

from sandbox.slack.errors import SlackError
from sandbox.slack.server import Slack
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.settings import Settings

__all__ = ["Limits", "Settings", "Slack", "SlackError"]
