"""Sharing a private answer: a modal names its readers, and only its button shares it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.store.questions import in_time
from bot.store.results import EnqueueResult
from handlers.ephemeral import open_modal, reply_privately
from handlers.payloads.actions import clicked, publish_job, publish_metadata
from handlers.services import Services
from render import words
from render.notices.share_modal import Readers, confirmation_modal, result_modal


async def handle_publish(services: Services, context: AsyncBoltContext) -> None:
    """Name in a modal who would read an answer, as far as that is known in time."""
    click = clicked(context)
    asked_at = await services.jobs.asked_at(click.place) if click.question_id else None
    if not asked_at:
        await reply_privately(context, words.share.ANSWER_FORGOTTEN)
        return
    there = await in_time(services.privacy.readers(asked_at))
    readers = Readers(
        channel=asked_at.channel, people=there.people, guests=there.guests, companies=there.companies
    )
    view = confirmation_modal(readers, publish_metadata(click), own_rights=services.as_users)
    if not await open_modal(context, click.trigger_id, view):
        await reply_privately(context, words.threads.NO_MODAL)


async def handle_publish_confirmed(services: Services, body: Mapping[str, Any], ack: AsyncAck) -> None:
    """Have an answer posted where it was asked for; the modal closes, or says why not."""
    job = publish_job(body)
    asked_at = await services.jobs.asked_at(job.place)
    if not asked_at or not await services.questions.find(job.about):
        await ack(response_action="update", view=result_modal(words.share.ANSWER_FORGOTTEN))
        return
    asking = services.guard.rejection(asked_at.team, job.user, asked_at.channel, external=False)
    if rejection := await in_time(asking):  # the channel of the click is that of direct messages
        await ack(response_action="update", view=result_modal(rejection.sentence))
        return
    result = await services.jobs.enqueue(replace(job, place=asked_at))
    services.wake()
    if result is EnqueueResult.ALREADY:
        await ack(response_action="update", view=result_modal(words.share.PUBLISHED_ALREADY))
    else:
        await ack()
