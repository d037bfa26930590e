"""Texts about who may ask and where, which only the person concerned reads."""

from collections.abc import Sequence

NOT_ALLOWED = (
    "I answer only the people whom those who run me have named, and you are not among them. "
    "Ask them to add you, or ask a colleague to put the question."
)
NOT_KNOWN = (
    "Slack does not tell me at the moment whether you may ask me. Nothing was asked: try again in a minute."
)
MOST_NAMED = 3


def not_here(channels: Sequence[str]) -> str:
    """Refuse a question in a channel that is not among those where people may ask, which are safe mrkdwn."""
    if len(channels) > MOST_NAMED:
        return "I do not answer in this channel. Write to me directly, or ask in a channel of your team's."
    return f"I do not answer in this channel. Write to me directly, or ask in {' or '.join(channels)}."
