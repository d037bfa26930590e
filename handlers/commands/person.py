"""Commands about the user: signing in to Databricks and out again."""

from slack_bolt.async_app import AsyncBoltContext

from bot.identity.model import SlackUser
from handlers.payloads.commands import Command
from handlers.services import Services
from render import words
from render.blockkit.reply import Reply


async def sign_in(services: Services, _context: AsyncBoltContext, command: Command) -> Reply | str:
    """Bring a link to sign in to Databricks."""
    if not services.sign_in:
        return words.sign_in.NO_NEED
    return await services.sign_in.sign_in(SlackUser(command.place.team, command.user))


async def sign_out(services: Services, _context: AsyncBoltContext, command: Command) -> str:
    """Delete what is kept of a sign-in."""
    if not services.sign_in:
        return words.sign_in.NO_NEED
    was_in = await services.sign_in.sign_out(SlackUser(command.place.team, command.user))
    services.wake()
    return words.sign_in.SIGNED_OUT if was_in else words.sign_in.NOT_IN
