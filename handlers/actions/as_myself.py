"""Clicks on "Ask as Myself": the question of another person's answer, or a reply in that person's thread."""

from dataclasses import replace
from hashlib import sha256

from slack_bolt.async_app import AsyncBoltContext

from bot.records.research import as_research
from bot.store.listening import Choice
from bot.store.questions import in_time
from bot.store.results import EnqueueResult
from handlers.actions.follow_ups import space_of
from handlers.ephemeral import replace_private_reply, reply_privately
from handlers.payloads.actions import Click, clicked
from handlers.payloads.commands import private_job
from handlers.services import Services
from handlers.written import own_text
from render import words
from render.blockkit.blocks import mention
from render.text.escape import escape


async def handle_ask_as_myself(services: Services, context: AsyncBoltContext) -> None:
    """Ask a question as the user who presses, with an answer in the direct messages of that user."""
    click = clicked(context)
    text = await _text(services, context, click)
    if not text:
        await reply_privately(context, words.questions.BUTTON_TOO_OLD)
        return
    again = await in_time(_ask(services, click, text)) is EnqueueResult.ALREADY
    services.wake()
    received = words.share.private_received(mention(context.bot_user_id or ""))
    await replace_private_reply(context, words.share.ALREADY_ASKED_PRIVATELY if again else received)


async def _text(services: Services, context: AsyncBoltContext, click: Click) -> str:
    """Return the question: what a button said, what was asked, or what the user's own reply says now."""
    if click.suggestion:
        return escape(click.suggestion)
    asked = await services.questions.find(click.question_id)
    return asked.text if asked else await own_text(context, click) or ""


async def _ask(services: Services, click: Click, text: str) -> EnqueueResult:
    """Leave the question to a worker; a person asks that of an answer, or of a button there, once."""
    if click.place.thread:
        await services.listening.choose(click.place, click.user, Choice.ASK)
    # Short, as ids stand in buttons; of no words, as whoever sees a digest of these can confirm a guess.
    asked_of = click.action_id.replace(click.action, click.question_id, 1)
    mark = sha256(asked_of.encode()).hexdigest()[:16]
    asked = as_research(click.apart(f"as_myself.{click.user}.{mark}", text), services.catalog)
    earlier = await services.questions.find(click.question_id)
    goes_deep = earlier is not None and earlier.research and not click.suggestion
    space = asked.space or await space_of(services, click.question_id)
    return await services.jobs.enqueue(
        private_job(replace(asked, space=space, research=asked.research or goes_deep))
    )
