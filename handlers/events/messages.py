"""Mentions, replies in threads, and direct messages: which are questions, and what follows."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.records.question import Aside, Notice, Surface
from bot.records.research import as_research
from bot.store.listening import Heard
from bot.store.questions import in_time
from bot.store.results import Receipt, Revised, SpaceChoice
from handlers.cancel import withdraw_latest
from handlers.ephemeral import post_privately
from handlers.events.early_replies import early_replies
from handlers.events.outage import OutageNotices, is_redelivered
from handlers.events.rules import ANSWERS, Decision, decide
from handlers.owners import is_anothers
from handlers.payloads.messages import Message, read_message
from handlers.services import Services
from render import words
from render.blockkit.text_reply import text_reply

RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4)
"""Waits before hearing a reply again whose event may have come before that of its thread's first message."""
NOTICES = {
    Decision.ASK: Notice.NONE,
    Decision.HELP: Notice.HELP,
    Decision.THANK: Notice.THANKS,
    Decision.NO_FILES: Notice.NO_FILES,
}
"""What a message that is stored as a question gets instead of Genie's answer."""
ASIDES = {Decision.TELL_NO_FILES: Aside.NO_FILES, Decision.OFFER: Aside.OFFER}
"""What only the writer of a message is told about it."""
REFUSALS: Mapping[str, Aside] = {
    Receipt.TOO_MANY_BY_PERSON: Aside.TOO_MANY_BY_PERSON,
    Receipt.TOO_MANY_IN_CHANNEL: Aside.TOO_MANY_IN_CHANNEL,
}
"""By the value of a receipt, or the same of an edit."""


async def handle_message(
    services: Services,
    notices: OutageNotices,
    body: Mapping[str, Any],
    context: AsyncBoltContext,
    request: AsyncBoltRequest,
) -> None:
    """Decide about a message, and do it before Slack is told that the message has arrived."""
    message = read_message(body, context.bot_user_id, services.allowed_bots)
    if not message:
        return
    async with notices.tells(message, context, request):
        heard = await hear(services, message)
        message = replace(message, research=heard.research)
        decision = decide(message, heard)
        await ACTIONS[decision](services, context, message, decision)
        if decision in NOTICES and not heard.known and is_redelivered(request):
            await _hear_early_replies(services, message, body, context)


async def _hear_early_replies(
    services: Services, message: Message, body: Mapping[str, Any], context: AsyncBoltContext
) -> None:
    """Decide about the replies that came while a message waited for Slack to send it again."""
    for event in await early_replies(message, body, context):
        reply = read_message(event, context.bot_user_id, services.allowed_bots)
        if reply:
            heard = await _hear(services, reply)
            reply, decision = replace(reply, research=heard.research), decide(reply, heard)
            await ACTIONS[decision](services, context, reply, decision)


async def hear(services: Services, message: Message) -> Heard:
    """Return what is known of the thread, in one call; a reply may have come before its root."""
    if not message.in_thread:
        return Heard()
    heard = await _hear(services, message)
    waits = RETRY_SECONDS if message.surface is Surface.REPLY and message.may_precede_its_root else ()
    for wait in waits:
        if heard.known:
            break
        await asyncio.sleep(wait)
        heard = await _hear(services, message)
    return heard


async def _hear(services: Services, message: Message) -> Heard:
    return await services.listening.hear(
        message.place,
        message.user,
        message.ts,
        message.written_at,
        to_people=message.surface is Surface.REPLY and not message.by_app,
        may_answer=message.content in ANSWERS and message.may_answer,
    )


async def store(services: Services, message: Message, notice: Notice = Notice.NONE) -> Receipt:
    """Store a message as a question; its writer is told if too many wait already."""
    receipt = await services.questions.accept(as_research(message.question(notice), services.catalog))
    await tell_refusal(services, message, receipt)
    if receipt is not Receipt.DUPLICATE:  # Slack tells of a mention twice
        services.wake()
    return receipt


async def tell_refusal(services: Services, message: Message, result: Receipt | Revised) -> None:
    """Tell the writer of a message that was not asked, as too many questions wait already."""
    refused = REFUSALS.get(result)
    if refused and await services.questions.may_tell_refusal(message.question().queue_name):
        await services.jobs.enqueue(message.aside(refused))


async def _store(
    services: Services, _context: AsyncBoltContext, message: Message, decision: Decision
) -> None:
    if not await _chooses_space(services, message):
        await store(services, message, NOTICES[decision])


async def _chooses_space(services: Services, message: Message) -> bool:
    """Let a reply that is the name of a Genie space do what the button of it does, if that is asked for."""
    space = services.catalog.called(message.text) if message.in_thread else None
    if space is None or await is_anothers(services, message.place, message.user):
        return False
    place = message.place
    asking = services.guard.rejection(place.team, message.user, place.channel, external=message.external)
    if await in_time(asking):
        return False  # stored as a question, it is declined in words
    chosen = await services.spaces.choose_for_thread(place, space.id, message.id) is SpaceChoice.CHOSEN
    services.wake()
    return chosen


async def _tell_writer(
    services: Services, _context: AsyncBoltContext, message: Message, decision: Decision
) -> None:
    await services.listening.tell_writer(message.aside(ASIDES[decision]))
    services.wake()


async def _offer_as_myself(
    services: Services, _context: AsyncBoltContext, message: Message, _decision: Decision
) -> None:
    await services.jobs.enqueue(message.aside(Aside.AS_MYSELF))
    services.wake()


async def _cancel(
    services: Services, context: AsyncBoltContext, message: Message, _decision: Decision
) -> None:
    """Withdraw the writer's newest question: of the thread or, outside of one, of the channel."""
    place = message.place if message.in_thread else replace(message.place, thread=None)
    said = await withdraw_latest(services, context, message.id, place, message.user)
    # In a thread "stop" may be said among people.
    if said and not (said == words.changes.NOTHING and message.surface is Surface.REPLY):
        await post_privately(context, place, message.user, text_reply(said))


async def _nothing(
    _services: Services, _context: AsyncBoltContext, _message: Message, _decision: Decision
) -> None:
    pass


ACTIONS: Mapping[Decision, Callable[[Services, AsyncBoltContext, Message, Decision], Awaitable[None]]] = {
    **dict.fromkeys(NOTICES, _store),
    **dict.fromkeys(ASIDES, _tell_writer),
    Decision.OFFER_AS_MYSELF: _offer_as_myself,
    Decision.CANCEL: _cancel,
    Decision.IGNORE: _nothing,
}
