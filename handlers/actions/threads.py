"""What users do with a whole thread: begin a new conversation, or have the thread forgotten."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.records.job import JobKind
from bot.store.results import EnqueueResult
from handlers.ephemeral import open_modal, reply_privately
from handlers.payloads.actions import clicked, forget_job, thread_metadata
from handlers.services import Services
from render import words
from render.notices import forget_thread

NOT_FRESH = {
    EnqueueResult.ALREADY: words.threads.FRESH_ALREADY,
    EnqueueResult.UNKNOWN_THREAD: words.threads.FRESH_UNKNOWN,
}
NOT_FORGOTTEN = {
    EnqueueResult.ALREADY: words.threads.FORGET_ALREADY,
    EnqueueResult.BUSY: words.threads.FORGET_BUSY,
    EnqueueResult.UNKNOWN_THREAD: words.threads.FORGET_STRANGER,
}


async def handle_fresh(services: Services, context: AsyncBoltContext) -> None:
    """Let the thread begin a new conversation with its next question."""
    outcome = await services.jobs.start_fresh(clicked(context).thread_job(JobKind.FRESH))
    services.wake()
    await reply_privately(context, NOT_FRESH.get(outcome, ""))


async def handle_forget(services: Services, context: AsyncBoltContext) -> None:
    """Ask for confirmation in a modal, where the user may have the thread forgotten."""
    click = clicked(context)
    refusal = NOT_FORGOTTEN.get(await services.jobs.may_forget(click.thread_job(JobKind.FORGET)))
    view = forget_thread.confirmation_modal(thread_metadata(click.place))
    if refusal or not await open_modal(context, click.trigger_id, view):
        await reply_privately(context, refusal or words.threads.NO_MODAL)


async def handle_forget_confirmed(services: Services, body: Mapping[str, Any], ack: AsyncAck) -> None:
    """Have a thread forgotten, and say so in the same modal."""
    outcome = await services.jobs.forget(forget_job(body))
    services.wake()
    sentence = NOT_FORGOTTEN.get(outcome, words.threads.FORGETTING)
    await ack(response_action="update", view=forget_thread.result_modal(sentence))
