"""Middleware of every listener: the place of replies, permission to click, errors of Redis."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.store.questions import NotStored, in_time
from handlers.ephemeral import open_modal, reply_privately
from handlers.payloads.actions import is_foreign, read_click
from handlers.payloads.envelope import kind_of, ours
from handlers.payloads.shortcuts import read_submission
from handlers.services import Services
from render import words
from render.answer.actions import INSIGHTS
from render.blockkit.buttons import FEEDBACK, TAKE_BACK
from render.expert import modals as expert_modals
from render.expert.card import ON_CARD
from render.home import settings_modal
from render.notices import ask_modal, feedback, forget_thread, share_modal
from render.watch import modal as watch_modal
from render.watch import schedule_modal

log = logging.getLogger(__name__)

CLICK_NOT_STORED = {
    INSIGHTS: words.insights.NOT_STORED,
    FEEDBACK: words.feedback.NOT_KEPT,
    TAKE_BACK: words.feedback.NOT_KEPT,
}
"""By action; every other click has the general sentence."""
RESULT_MODALS = {
    feedback.CALLBACK: feedback.result_modal,
    forget_thread.CALLBACK: forget_thread.result_modal,
    share_modal.CALLBACK: share_modal.result_modal,
    settings_modal.CALLBACK: settings_modal.result_modal,
    expert_modals.CORRECTED: expert_modals.corrected_result,
    expert_modals.CANNOT: expert_modals.cannot_result,
    ask_modal.CALLBACK: ask_modal.result_modal,
    watch_modal.CALLBACK: watch_modal.result_modal,
    schedule_modal.CALLBACK: schedule_modal.result_modal,
}
"""What says in a submitted modal what came of it, by callback id."""
MODAL_NOT_STORED = {
    feedback.CALLBACK: feedback.result_modal(words.feedback.NOT_KEPT),
    forget_thread.CALLBACK: forget_thread.result_modal(words.threads.FORGET_NOT_STORED),
    share_modal.CALLBACK: share_modal.result_modal(words.readers.NOT_STORED),
    settings_modal.CALLBACK: settings_modal.result_modal(words.home.NOT_SAVED),
    expert_modals.CORRECTED: expert_modals.corrected_result(words.experts.NOT_KEPT),
    expert_modals.CANNOT: expert_modals.cannot_result(words.experts.NOT_KEPT),
    watch_modal.CALLBACK: watch_modal.result_modal(words.watches.NOT_STORED),
    schedule_modal.CALLBACK: schedule_modal.result_modal(words.watches.NOT_STORED),
}
"""By callback id of the submitted modal."""


async def note_kind(
    services: Services, body: Mapping[str, Any], next_: Callable[[], Awaitable[None]]
) -> None:
    """Keep that Slack sends this kind of request, for who looks for a subscription that is missing."""
    services.heard.note(kind_of(body))
    await next_()


async def respond_in_thread(
    body: Mapping[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]
) -> None:
    """Let every listener respond in the thread in which the user clicked, if it was in one.

    Slack puts what comes by a response_url into the channel unless it names a thread.
    https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
    """
    clicked_in: Mapping[str, Any] = body.get("message") or body.get("container") or {}
    if context.respond and (thread := clicked_in.get("thread_ts")):
        context["respond"] = partial(context.respond, thread_ts=thread)
    await next_()


async def accept_click(
    services: Services,
    body: Mapping[str, Any],
    context: AsyncBoltContext,
    next_: Callable[[], Awaitable[None]],
) -> BoltResponse | None:
    """Acknowledge a click and put it into `context["click"]`, unless its user is not answered.

    `context["since"]` is when it came, by the clock of the loop.
    """
    context["since"] = asyncio.get_running_loop().time()
    acknowledged = await context.ack()
    click = context["click"] = read_click(body, *ours(context))
    team, external = click.place.team, click.external
    channel = "" if click.action in ON_CARD else click.place.channel
    asking = services.guard.rejection(team, click.user, channel, external=external)
    if rejection := await in_time(asking):
        await reply_privately(context, rejection.sentence)  # the button stays for others
        return acknowledged
    await next_()
    return None


async def accept_submission(
    services: Services,
    body: Mapping[str, Any],
    context: AsyncBoltContext,
    next_: Callable[[], Awaitable[None]],
) -> BoltResponse | None:
    """Let a submitted modal pass unless a person submitted it who is not answered."""
    context["since"] = asyncio.get_running_loop().time()
    us = ours(context)
    # The click that opened it was judged by its channel.
    asking = services.guard.rejection(us[0], body["user"]["id"], "", external=is_foreign(body, *us))
    if rejection := await in_time(asking):
        modal = RESULT_MODALS[body["view"]["callback_id"]]
        return await context.ack(response_action="update", view=modal(rejection.sentence))
    await next_()
    return None


async def answer_error(error: Exception, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
    """Tell the user when Redis did not take a request; let Slack send everything else again.

    Slack sends an event again that it is told has failed, but no click, no modal and no command.
    """
    kind = body.get("type") or ("command" if "command" in body else "")
    if not isinstance(error, NotStored):
        log.error("listener.crashed", exc_info=error)
        return BoltResponse(status=503)
    if kind not in {"block_actions", "view_submission", "command", "message_action", "shortcut"}:
        return BoltResponse(status=503)
    if kind == "command":
        return await context.ack(words.questions.NOT_STORED)
    if kind == "view_submission":
        return await _submission_not_stored(context, body)
    if kind in {"message_action", "shortcut"}:
        view = ask_modal.result_modal(words.shortcuts.NOT_OPENED_STORED)
        await open_modal(context, str(body.get("trigger_id")), view)
        return await context.ack()
    action = read_click(body, *ours(context)).action
    await reply_privately(context, CLICK_NOT_STORED.get(action, words.questions.NOT_STORED))
    return await context.ack()


async def _submission_not_stored(context: AsyncBoltContext, body: Mapping[str, Any]) -> BoltResponse:
    callback = body["view"]["callback_id"]
    if callback == ask_modal.CALLBACK:  # what was typed stays
        errors = {read_submission(body).block: words.shortcuts.NOT_STORED}
        return await context.ack(response_action="errors", errors=errors)
    return await context.ack(response_action="update", view=MODAL_NOT_STORED[callback])
