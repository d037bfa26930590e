"""Commands about Genie spaces: which there are, and to which one a channel is bound."""

from slack_bolt.async_app import AsyncBoltContext

from bot.replies.introduce_spaces import introduced
from handlers.payloads.commands import Command
from handlers.services import Services
from render import words
from render.text.escape import literal, one_line

OFF = "off"
"""In the place of a space: the channel is bound to none any more."""


async def list_spaces(services: Services, _context: AsyncBoltContext, command: Command) -> str:
    """List the spaces, and say which one questions of this channel go to."""
    lines = introduced(services.catalog)
    if not services.catalog.several:
        return "\n".join([*lines, words.commands.ONE_SPACE])
    return "\n".join([words.spaces.LISTED, *lines, await _bound(services, command)])


async def use_space(services: Services, _context: AsyncBoltContext, command: Command) -> str:
    """Bind this channel to a space, or to none; without a name say to which one it is bound."""
    if not services.catalog.several:
        return words.commands.ONE_SPACE
    if not command.argument:
        return await _bound(services, command)
    team, channel = command.place.team, command.place.channel
    space = services.catalog.find(command.argument)
    if space is None and command.argument.lower() != OFF:
        aliases = [each.alias for each in services.catalog.spaces]
        return words.commands.no_such_space(command.argument, aliases)
    if not await services.access.is_admin(team, command.user):
        return words.commands.ADMINS_BIND
    if space is None:
        await services.spaces.unbind(team, channel)
        return words.commands.UNBOUND
    if services.catalog.about(space.id).problem:
        return words.commands.not_reached(_name(services, space.id))
    await services.spaces.bind(team, channel, space.id)
    return words.commands.bound_now(_name(services, space.id))


async def _bound(services: Services, command: Command) -> str:
    bound = await services.spaces.bound(command.place.team, command.place.channel)
    if services.catalog.find(bound) is None:  # none, or one that is no longer configured
        return words.commands.BOUND_TO_NONE
    return words.commands.bound_to(_name(services, bound))


def _name(services: Services, space_id: str) -> str:
    return literal(one_line(services.catalog.about(space_id).name))
