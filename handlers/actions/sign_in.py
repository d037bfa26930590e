"""Signing in to Databricks and out again, by buttons."""

from slack_bolt.async_app import AsyncBoltContext

from bot.store.questions import in_time
from handlers.ephemeral import replace_private_reply
from handlers.payloads.actions import clicked
from handlers.services import Services
from render import words
from render.blockkit.reply import Reply


async def handle_sign_in(services: Services, context: AsyncBoltContext) -> None:
    """Remember where a link stands that a person follows, so that it can say later that it is done."""
    click = clicked(context)
    if services.sign_in and click.response_url:
        await in_time(services.sign_in.pressed(click.person, click.response_url))


async def handle_new_link(services: Services, context: AsyncBoltContext) -> None:
    """Put a new link in the place of the one that is used up; it is for the person who presses."""
    reply: Reply | str = words.sign_in.NO_NEED
    if services.sign_in:
        reply = await in_time(services.sign_in.new_link(clicked(context).person))
    await replace_private_reply(context, reply)


async def handle_sign_out(services: Services, context: AsyncBoltContext) -> None:
    """Sign out on the Home tab, which then says so."""
    if services.sign_in:
        await in_time(services.sign_in.sign_out(clicked(context).person))
