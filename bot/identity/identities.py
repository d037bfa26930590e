"""The Genie client of each person."""

from bot.identity.model import GenieOf, SlackUser
from genie.client import Genie


def shared_identity(genie: Genie) -> GenieOf:
    """Ask as the bot, for everybody."""

    def genie_of(_user: SlackUser) -> Genie:
        return genie

    return genie_of
