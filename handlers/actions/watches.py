"""Watches: set in a modal below an answer, paused, resumed and stopped by their owner."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.identity.model import SlackUser
from bot.jobs.watch.due import begins_at, next_due
from bot.records.job import Job, JobKind
from bot.records.progress import Progress
from bot.records.question import Question
from bot.records.watch import Rhythm, Watch, WatchKind, question_of, run_id, watch_id
from bot.slack.modal import ModalRequest
from bot.store.questions import in_time
from bot.store.results import EnqueueResult, WatchAdded
from handlers.ephemeral import replace_private_reply, reply_privately
from handlers.payloads.actions import Click, clicked
from handlers.payloads.watches import WatchSubmission, read_watch, watch_metadata
from handlers.services import Services
from render import words
from render.blockkit.reply import Reply
from render.text.limits import clip
from render.watch.message import PAUSE, STOP, changed, watch_list
from render.watch.modal import result_modal
from render.words.results.values import moment

said = words.watches
MOST_SHOWN = 200
"""Characters of a question that are kept to name the watch of its answer: thousands share a small Redis."""


async def handle_watch(services: Services, context: AsyncBoltContext) -> None:
    """Begin to show the form, which goes on after the click is acknowledged."""
    click = clicked(context)
    request = ModalRequest(click.user, click.place, trigger=click.trigger_id)
    if not services.watch_form(request, click.question_id, watch_metadata(click)):
        await reply_privately(context, said.TOO_MANY_OPENING)


async def handle_watch_submitted(services: Services, body: Mapping[str, Any], ack: AsyncAck) -> None:
    """Keep a watch; the thread says so, or the modal says why not."""
    form = read_watch(body)
    if form.choice.errors:
        await ack(response_action="errors", errors={**form.choice.errors})
        return
    refused = await in_time(_watch(services, form))
    if refused:
        await ack(response_action="update", view=result_modal(refused))
    else:
        services.wake()
        services.home.changed(form.person)
        await ack()


async def _watch(services: Services, form: WatchSubmission) -> str:
    """Keep a watch, and have its thread told; return why that is not done."""
    asked = await services.questions.find(form.question_id)
    progress = await services.questions.progress(form.question_id)
    if not asked or not progress or not (form.choice.asks or progress.message):
        return said.FORGOTTEN
    now = await services.watches.now()
    watch = await _made(services, form, asked, progress, now)
    due = next_due(watch.rhythm, watch.time_zone, now, watch.quiet) if form.choice.asks else now
    added = await services.watches.add(watch, due)
    if added is WatchAdded.TOO_MANY:
        return said.too_many(services.watches.most)
    # Submitted once more, as the first time was not acknowledged, it is the same watch, and told once.
    await services.jobs.enqueue(_confirming(watch))
    return ""


def _confirming(watch: Watch) -> Job:
    """Return the job that says in the thread of a watch how it is."""
    return Job(
        id=f"{watch.id}.set",
        kind=JobKind.WATCH_SET,
        place=watch.place,
        user=watch.owner.id,
        about=watch.about,
        payload=watch.id,
    )


async def _made(
    services: Services, form: WatchSubmission, asked: Question, progress: Progress, now: int
) -> Watch:
    person = await services.users.person(form.place.team, form.user)
    preferences = await services.people.preferences(form.place.team, form.user)
    asks = form.choice.asks
    kind = WatchKind.QUESTION if asks else WatchKind.ANSWER
    return Watch(
        id=watch_id(form.person, form.view, kind),
        owner=form.person,
        place=replace(asked.place, thread=progress.thread or asked.place.thread or form.place.thread),
        kind=kind,
        rhythm=Rhythm(form.choice.rhythm),
        time_zone=person.time_zone,
        text=asked.text if asks else clip(progress.text, MOST_SHOWN),
        quiet=preferences.quiet,
        condition=form.choice.condition,
        about=asked.id,
        space=progress.space,
        conversation=progress.conversation,
        message=progress.message,
        asked_as=progress.asked_as,
        attachment=asked.attachment,
        created_at=now,
    )


async def handle_change(services: Services, context: AsyncBoltContext) -> None:
    """Pause, resume or stop a watch of who presses; admins stop those of others, too."""
    click = clicked(context)
    refused, told = await in_time(_change(services, click))
    if click.view:
        await services.home.opened(click.person)
    else:
        services.home.changed(click.person)
    if refused:
        await reply_privately(context, refused)
    elif click.private:  # in the list, which shows it
        views = await in_time(services.home.contents.watched(click.person))
        await replace_private_reply(context, watch_list(views))
    elif not click.view:
        await reply_privately(context, told)


async def _change(services: Services, click: Click) -> tuple[str, Reply]:
    """Do what a click says; return why not, or else what its user is told."""
    store, owner = services.watches, click.person
    stored = await store.find(click.question_id)
    if stored is None:
        return said.GONE, changed(said.GONE)
    if click.action == STOP and stored.watch.owner != owner and await _is_admin(services, owner):
        owner = stored.watch.owner
    if stored.watch.owner != owner:
        return said.NOT_YOURS, changed(said.NOT_YOURS)
    watch = stored.watch
    if click.action in {STOP, PAUSE}:
        ends = click.action == STOP
        await (store.stop if ends else store.pause)(watch.id, owner)
        if watch.kind is WatchKind.QUESTION:  # which may be in line just now
            await services.changes.withdraw(question_of(run_id(watch.id, stored.progress.run)))
        told = changed(said.STOPPED_NOW) if ends else changed(said.PAUSED_NOW, watch.id)
    else:
        due = next_due(watch.rhythm, watch.time_zone, await store.now(), watch.quiet)
        await store.resume(watch.id, owner, due)
        told = changed(said.resumed(moment(due / 1_000)))
    await _confirm_again(services, watch)
    services.wake()
    if owner != click.person:
        services.home.changed(owner)
    return "", told


async def _confirm_again(services: Services, watch: Watch) -> None:
    """Have the message that a watch was set say how it is by now, as long as that message is remembered."""
    job = _confirming(watch)
    said_before = await services.jobs.progress(job.id)
    if said_before and said_before.ts:
        await services.jobs.enqueue(job, rerun=True)


async def _is_admin(services: Services, person: SlackUser) -> bool:
    return await services.access.is_admin(person.team, person.id)


async def keep_quiet(services: Services, person: SlackUser, quiet: tuple[int, int]) -> None:
    """Let all that a person watches keep to quiet hours that are just set."""
    now = await services.watches.now()
    for stored in await services.watches.of(person):
        if stored.watch.quiet != quiet:
            watch, due = replace(stored.watch, quiet=quiet), stored.progress.due
            regular = next_due(watch.rhythm, watch.time_zone, now, quiet)
            if due is None:
                due = regular
            elif due > now:  # one that is due by now is about to run, and one that makes up for another stays
                due = min(regular, begins_at(watch.rhythm, watch.time_zone, due, quiet))
            await services.watches.revise(watch, due)


async def handle_table(services: Services, context: AsyncBoltContext) -> None:
    """Have the rows that a watch found last posted in its thread, for its owner."""
    click = clicked(context)
    await reply_privately(context, await in_time(_show_table(services, click)))


async def _show_table(services: Services, click: Click) -> str:
    stored = await services.watches.find(click.question_id)
    if stored is None:
        return said.GONE
    watch = stored.watch
    if services.as_users and watch.owner != click.person:
        return said.NOT_YOURS
    if watch.asked_as != (watch.owner.queue_name if services.as_users else ""):
        return said.OTHER_RIGHTS
    job = Job(
        id=f"{watch.id}.table.{click.message}",
        kind=JobKind.WATCH_TABLE,
        place=click.place,
        user=click.user,
        payload=watch.id,
        response_url=click.response_url,
    )
    if await services.jobs.enqueue(job) is EnqueueResult.ALREADY:
        await services.jobs.enqueue(job, rerun=True)
    services.wake()
    return ""
