"""The slash command: `/genie question`, privately or not, its words such as `new` and `cancel`, and help."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.identity.model import SlackUser
from bot.records.question import Place, Question
from bot.replies.refusal import refusal
from bot.slack.api import optional, permalink
from bot.store.questions import in_time
from bot.store.results import EnqueueResult, Receipt
from handlers.actions.follow_ups import handle_suggestion
from handlers.actions.start_job import LINK_TIMEOUT_SECONDS
from handlers.cancel import withdraw_latest
from handlers.ephemeral import reply_privately
from handlers.owners import is_anothers
from handlers.payloads.actions import clicked
from handlers.payloads.commands import (
    fresh_job,
    private_command,
    private_job,
    question_from_command,
    wanted_replies,
    wanted_sign_in,
    wants_fresh_start,
    wants_to_cancel,
)
from handlers.services import Services
from render import words
from render.blockkit.blocks import mention
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply
from render.notices.help import help_reply
from render.text.escape import escape

STARTED_FRESH = {
    (EnqueueResult.ACCEPTED, False): words.threads.FRESH_LATEST,
    (EnqueueResult.ACCEPTED, True): words.threads.FRESH_PRIVATE,
    (EnqueueResult.ALREADY, False): words.threads.FRESH_LATEST_ALREADY,
    (EnqueueResult.ALREADY, True): words.threads.FRESH_PRIVATE_ALREADY,
}
"""By the outcome of `/genie new`, and whether the thread is a private one."""


async def handle_genie_command(
    services: Services, command: Mapping[str, Any], ack: AsyncAck, context: AsyncBoltContext
) -> None:
    """Take a question, or explain; only the user sees the reply, and a question becomes a message."""
    if refused := await _refusal(services, command):
        await ack(refused)
        return
    private = private_command(command)
    question = question_from_command(private or command)
    if wants_fresh_start(command):
        await ack(await in_time(_start_fresh(services, command)))
    elif wants_to_cancel(command):
        await ack(await in_time(_cancel(services, command, context)))
    elif (replies := wanted_replies(command)) is not None:
        await ack(await in_time(_listen(services, command, context, replies=replies)))
    elif (signs_in := wanted_sign_in(command)) is not None:
        await _acknowledge(ack, await in_time(_sign(services, command, signs_in=signs_in)))
    elif question:
        await ack(await _ask(services, question, context, private=private is not None))
    elif private and not private["text"].strip():
        await ack(words.share.PRIVATE_EXPLAINED)
    else:
        await _acknowledge(ack, help_reply(services.starters, as_users=services.as_users))


async def _refusal(services: Services, command: Mapping[str, Any]) -> str:
    """Return the words for a user who is not answered; everybody may take away what is their own."""
    if wants_to_cancel(command) or wanted_sign_in(command) is False:
        return ""
    team, channel, user = (str(command[name]) for name in ("team_id", "channel_id", "user_id"))
    rejection = await in_time(services.guard.rejection(team, user, channel, external=False))
    return rejection.sentence if rejection else ""


async def _acknowledge(ack: AsyncAck, reply: Reply) -> None:
    await ack(reply.text, blocks=list(reply.variants[0].blocks))


async def handle_starter(services: Services, context: AsyncBoltContext) -> None:
    """Ask what the help offers: in its thread or, where only the user sees it, as `/genie` would."""
    click = clicked(context)
    if click.private:
        question = click.command(escape(click.suggestion))
        await reply_privately(context, await _ask(services, question, context))
    else:
        await handle_suggestion(services, context)


async def _ask(
    services: Services, question: Question, context: AsyncBoltContext, *, private: bool = False
) -> str:
    """Store a question; return what the asker is told."""
    looking = services.privacy.wants_private(question.place, question.asker)
    not_for_all = await in_time(optional(looking, default=False))  # else decided before the first word
    if private or services.private or not_for_all:
        again = await services.jobs.enqueue(private_job(question)) is EnqueueResult.ALREADY
        received = words.share.private_received(mention(context.bot_user_id or ""))
        repeated = words.share.ALREADY_ASKED_PRIVATELY
    else:
        receipt = await services.questions.accept(question)
        again = receipt is Receipt.DUPLICATE
        refused = refusal(receipt, services.questions.bounds)
        received, repeated = refused or words.questions.COMMAND_RECEIVED, words.share.ALREADY_ASKED_HERE
    services.wake()
    return repeated if again else received


async def _start_fresh(services: Services, command: Mapping[str, Any]) -> str:
    """Begin a new conversation in the asker's latest thread of this channel, be it private or not."""
    team, channel, user = (str(command[name]) for name in ("team_id", "channel_id", "user_id"))
    place = await services.jobs.latest(team, channel, user)
    if place is None:
        return words.threads.FRESH_NO_THREAD
    outcome = await services.jobs.start_fresh(fresh_job(command, place))
    services.wake()
    return STARTED_FRESH.get((outcome, place.channel != channel), words.threads.FRESH_NO_THREAD)


async def _cancel(services: Services, command: Mapping[str, Any], context: AsyncBoltContext) -> str:
    """Withdraw the user's newest unfinished question in this channel, be it private or not; name it."""
    team, channel, user = (str(command[name]) for name in ("team_id", "channel_id", "user_id"))
    wish = f"{team}.{channel}.{command['trigger_id']}"
    return await withdraw_latest(services, context, wish, Place(team, channel, None), user)


async def _sign(services: Services, command: Mapping[str, Any], *, signs_in: bool) -> Reply:
    """Sign a user in to Databricks or out again; return what they are told."""
    user, said = SlackUser(str(command["team_id"]), str(command["user_id"])), words.sign_in
    if not services.sign_in:
        return text_reply(said.NO_NEED)
    if signs_in:
        return await services.sign_in.sign_in(user)
    was_in = await services.sign_in.sign_out(user)
    services.wake()
    return text_reply(said.SIGNED_OUT if was_in else said.NOT_IN)


async def _listen(
    services: Services, command: Mapping[str, Any], context: AsyncBoltContext, *, replies: bool
) -> str:
    """Let the user's latest thread of this channel take replies, or mentions only; say so with its link."""
    team, channel, user = (str(command[name]) for name in ("team_id", "channel_id", "user_id"))
    place = await services.jobs.latest(team, channel, user)
    if place and place.channel.startswith("D"):
        return words.listening.DIRECT
    if not place or await is_anothers(services, place, user):
        return words.listening.NO_THREAD
    if not await services.listening.listen(place, user, replies=replies):
        return words.listening.NO_THREAD
    asking = permalink(context.client, place.channel, place.thread or "")
    link = await optional(asking, "", LINK_TIMEOUT_SECONDS) or ""
    return words.listening.listening_latest(link) if replies else words.listening.quiet_latest(link)
