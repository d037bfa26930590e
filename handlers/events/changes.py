"""Messages that are edited or deleted: the question changes with its message, as long as it has no answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.records.research import as_research
from bot.store.listening import Heard
from bot.store.results import Revised, Withdrawn
from handlers.ephemeral import post_privately
from handlers.events.messages import ACTIONS, NOTICES, hear, tell_refusal
from handlers.events.outage import OutageNotices
from handlers.events.rules import ANSWERS, Decision, decide
from handlers.owners import is_anothers
from handlers.payloads.changes import Change, read_change
from handlers.payloads.content import Content
from handlers.payloads.messages import Message
from handlers.services import Services
from render import words
from render.blockkit.buttons import ask_edited
from render.blockkit.text_reply import text_reply


async def handle_change(
    services: Services,
    notices: OutageNotices,
    body: Mapping[str, Any],
    context: AsyncBoltContext,
    request: AsyncBoltRequest,
) -> None:
    """Ask what an edited message says now, or withdraw what it asked if that is no question any more."""
    change = read_change(body, context.bot_user_id, services.allowed_bots)
    if not change:
        return
    # An old reply would not begin a question.
    told = change.now if change.adds_mention or change.recent else None
    async with notices.tells(told, context, request):
        await _take(services, context, change)
    services.wake()


async def _take(services: Services, context: AsyncBoltContext, change: Change) -> None:
    message = change.now
    decision = await _decide_alone(services, message) if message else Decision.IGNORE
    if message and decision in NOTICES:
        await _revise(services, context, change, message, decision)
    else:
        result = await services.changes.withdraw(
            change.message_id, changed_at=change.at, unasked=not message and change.recent
        )
        if message and result is Withdrawn.UNKNOWN:
            await _begin(services, context, change, message)
        elif message and decision is Decision.OFFER_AS_MYSELF:
            await ACTIONS[decision](services, context, message, decision)


async def _decide_alone(services: Services, message: Message) -> Decision:
    """Decide about a message without what was written around it, as for a question that was asked before.

    Only a question of Genie's still counts, if it was that message which answered it, and whose the thread is
    in which an answer would stand: a call for help there may become a question.
    """
    answers = (
        message.in_thread
        and message.content in ANSWERS - {Content.WORDS}
        and await services.listening.is_answer(message.place, message.ts)
    )
    known = message.in_thread and not message.by_app
    in_threads = services.listening.in_threads
    anothers = in_threads and message.in_thread and await is_anothers(services, message.place, message.user)
    heard = Heard(
        known=known, has_asked=answers, asked_back=answers, anothers=anothers, shows_answers=in_threads
    )
    return decide(message, heard)


async def _revise(
    services: Services, context: AsyncBoltContext, change: Change, message: Message, decision: Decision
) -> None:
    # The first message of a thread says itself what it is.
    research = message.in_thread and await services.listening.is_research(message.place)
    message = replace(message, research=research)
    question = as_research(message.revision(change.ts, NOTICES[decision]), services.catalog)
    bot_user = context.bot_user_id or ""
    result = await services.changes.revise(question, change.at, bot_user)
    if result is Revised.UNKNOWN and await _begin(services, context, change, message):
        # Its own event may have come in between; and events of earlier edits may still be on their way.
        result = await services.changes.revise(question, change.at, bot_user)
    await tell_refusal(services, message, result)
    if result is Revised.ANSWERED and decision is Decision.ASK and not message.by_app:
        offer = text_reply(words.changes.EDITED_AFTERWARDS, ask_edited(change.message_id))
        await post_privately(context, message.place, message.user, offer)


async def _begin(services: Services, context: AsyncBoltContext, change: Change, message: Message) -> bool:
    """Do what is done about a new message, if this one mentions us only now or was written just before.

    Its own event may also be on its way; it counts as the same question then.
    """
    if not (change.adds_mention or change.recent):
        return False
    if change.adds_mention:
        message = replace(message, mentioned_at=change.at)
    heard = await hear(services, message)
    message, decision = replace(message, research=heard.research), decide(message, heard)
    await ACTIONS[decision](services, context, message, decision)
    return True
