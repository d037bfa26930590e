"""Direct messages in which the bot has no part."""

from sandbox.slack.state.records import Channel
from tests.stories.world import World

OF_OTHERS = "D0OTHERS01"


def between(world: World, one: str, other: str) -> str:
    """Let two people write to each other directly; return their channel."""
    workspace = world.slack.workspace
    workspace.channels[OF_OTHERS] = Channel(OF_OTHERS, "", {one, other}, user=other)
    workspace.messages[OF_OTHERS] = {}
    return OF_OTHERS
