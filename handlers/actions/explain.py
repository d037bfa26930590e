"""Clicks on "How I Got This"."""

from slack_bolt.async_app import AsyncBoltContext

from bot.slack.modal import ModalRequest
from handlers.ephemeral import reply_privately
from handlers.payloads.actions import clicked
from handlers.services import Services
from render import words


async def handle_explain(services: Services, context: AsyncBoltContext) -> None:
    """Begin to explain an answer in a modal, which goes on after the click is acknowledged."""
    click = clicked(context)
    request = ModalRequest(click.user, click.place, trigger=click.trigger_id)
    if not services.explain(request, click.question_id):
        await reply_privately(context, words.explain.TOO_MANY)
