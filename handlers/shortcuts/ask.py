"""Asking about a message, or from anywhere: a shortcut opens a modal, and its button asks."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.records.question import Question
from bot.replies.refusal import refusal
from bot.slack.api import attempt, optional
from bot.slack.direct_messages import are_of_others, direct_channel
from bot.slack.users import mentioned, question_text
from bot.store.questions import in_time, one_deadline
from handlers.actions.follow_ups import of_thread
from handlers.actions.spaces import likely_space
from handlers.ephemeral import MODAL_TIMEOUT_SECONDS, open_modal, reply_privately
from handlers.owners import is_anothers
from handlers.payloads.commands import private_job
from handlers.payloads.envelope import ours
from handlers.payloads.shortcuts import Shortcut, Submission, read_shortcut, read_submission
from handlers.services import Services
from handlers.shortcuts.form import fill
from render import words
from render.blockkit.blocks import Block
from render.notices.ask_modal import STARTER, AskForm, Where, read_starter, result_modal


async def handle_shortcut(services: Services, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
    """Open the modal, filled with the words of the message, or say why its user is not answered."""
    since = asyncio.get_running_loop().time()
    await context.ack()
    shortcut = read_shortcut(body, *ours(context), bot_user=context.bot_user_id or "")
    with one_deadline(since):
        view = await in_time(_view(services, context, shortcut))
    if not await open_modal(context, shortcut.trigger_id, view) and shortcut.response_url:
        await reply_privately(context, words.threads.NO_MODAL)


async def _view(services: Services, context: AsyncBoltContext, shortcut: Shortcut) -> Block:
    """Ask all at once, as a trigger opens a modal within three seconds only."""
    team, user, channel = shortcut.team, shortcut.user, shortcut.channel
    rejection, where, text, direct = await asyncio.gather(
        services.guard.rejection(team, user, channel, external=shortcut.external),
        _where(services, context, shortcut),
        _words(services, context, shortcut),
        _direct_messages(context, shortcut),
    )
    if rejection:
        return result_modal(rejection.sentence)
    space = await likely_space(services, shortcut.place, text)
    about = replace(shortcut, channel=channel or direct).about(where)
    return fill(services, AskForm(about=about, where=where, channel=channel, question=text, space=space))


async def _where(services: Services, context: AsyncBoltContext, shortcut: Shortcut) -> Where:
    place, user = shortcut.place, shortcut.user
    if not place.channel:
        return Where.ANYWHERE
    if place.is_direct:
        return Where.ABSENT if await are_of_others(context.client, place.channel, user) else Where.DIRECT
    can_post, not_for_all, anothers = await asyncio.gather(
        services.privacy.can_post(place),
        optional(services.privacy.wants_private(place, user), default=False),
        is_anothers(services, place, user),
    )
    if can_post is False:
        return Where.ABSENT
    return Where.PRIVATE if not_for_all or anothers else Where.CHOICE


async def _direct_messages(context: AsyncBoltContext, shortcut: Shortcut) -> str:
    """Return the user's direct messages with the bot, where no message says what it is about."""
    if shortcut.channel:
        return ""
    return await optional(direct_channel(context.client, shortcut.user), "")


async def _words(services: Services, context: AsyncBoltContext, shortcut: Shortcut) -> str:
    """Return the words of the message as people read them, with the names of those whom it mentions."""
    us = context.bot_user_id or ""
    people = await services.users.of(shortcut.team, mentioned(shortcut.text) - {us})
    return question_text(shortcut.text, us, people)


async def handle_form_change(services: Services, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
    """Put the starter that was pressed into the question, and show the starters of the chosen space."""
    form, [action] = read_submission(body).form, body["actions"]
    if action["action_id"].startswith(STARTER):
        starter = read_starter(action["value"])
        space = starter.space or form.space
        form = replace(form, question=starter.question, version=form.version + 1, space=space)
    else:
        form = replace(form, starters=())
    updating = context.client.views_update(view_id=body["view"]["id"], view=fill(services, form))
    await attempt(updating, MODAL_TIMEOUT_SECONDS)


async def handle_submitted(services: Services, body: Mapping[str, Any], ack: AsyncAck) -> None:
    """Store the question before the modal closes; what was typed stays where it cannot be."""
    submission = read_submission(body)
    if not submission.form.question:
        await ack(response_action="errors", errors={submission.block: words.shortcuts.NO_QUESTION})
        return
    refused = await in_time(_ask(services, submission))
    services.wake()
    if refused:
        await ack(response_action="errors", errors={submission.block: refused})
    else:
        await ack()


async def _ask(services: Services, submission: Submission) -> str:
    """Leave the question to a worker, once; return why that is not possible."""
    form, place, user = submission.form, submission.place, submission.user
    if form.where is Where.ANYWHERE:
        if form.channel:
            return await _in_channel(services, submission)
        if not place.channel:
            return words.shortcuts.NO_DIRECT_MESSAGE
        return await _accept(services, submission.in_direct_messages())
    into_thread = form.where is Where.DIRECT or (form.where is Where.CHOICE and not form.only_me)
    if into_thread and not await is_anothers(services, place, user):
        return await _accept(services, await of_thread(services, submission.in_thread()))
    await services.jobs.enqueue(private_job(submission.privately()))
    return ""


async def _in_channel(services: Services, submission: Submission) -> str:
    question = submission.in_channel()
    place = question.place
    rejection, is_there = await asyncio.gather(
        services.guard.rejection(place.team, question.asker, place.channel, external=False),
        services.privacy.is_there(place, question.asker),
    )
    if rejection:
        return rejection.sentence
    # Slack offers public channels that the user has not joined, and a submission may name any channel.
    return await _accept(services, question) if is_there else words.shortcuts.NOT_SEEN_THERE


async def _accept(services: Services, question: Question) -> str:
    return refusal(await services.questions.accept(question), services.questions.bounds)
