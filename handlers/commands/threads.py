"""Commands about the user's latest thread of a channel: begin anew, take back, listen or not, forget."""

from slack_bolt.async_app import AsyncBoltContext

from bot.records.job import JobKind
from bot.records.question import Place
from bot.slack.api import optional, permalink
from bot.store.results import EnqueueResult
from handlers.actions.start_job import LINK_TIMEOUT_SECONDS
from handlers.actions.threads import NOT_FORGOTTEN
from handlers.cancel import withdraw_latest
from handlers.ephemeral import open_modal
from handlers.owners import is_anothers
from handlers.payloads.actions import thread_metadata
from handlers.payloads.commands import Command
from handlers.services import Services
from render import words
from render.notices.forget_thread import confirmation_modal

STARTED_FRESH = {
    (EnqueueResult.ACCEPTED, False): words.threads.FRESH_LATEST,
    (EnqueueResult.ACCEPTED, True): words.threads.FRESH_PRIVATE,
    (EnqueueResult.ALREADY, False): words.threads.FRESH_LATEST_ALREADY,
    (EnqueueResult.ALREADY, True): words.threads.FRESH_PRIVATE_ALREADY,
}
"""By the outcome of `/genie new`, and whether the thread is a private one."""


async def start_fresh(services: Services, _context: AsyncBoltContext, command: Command) -> str:
    """Begin a new conversation in the user's latest thread of this channel, be it private or not."""
    place = await _latest(services, command)
    if place is None:
        return words.threads.FRESH_NO_THREAD
    outcome = await services.jobs.start_fresh(command.thread_job(JobKind.FRESH, place))
    services.wake()
    return STARTED_FRESH.get((outcome, place.channel != command.place.channel), words.threads.FRESH_NO_THREAD)


async def cancel(services: Services, context: AsyncBoltContext, command: Command) -> str:
    """Withdraw the user's newest unfinished question in this channel, be it private or not; name it."""
    return await withdraw_latest(services, context, command.id, command.place, command.user)


async def be_quiet(services: Services, context: AsyncBoltContext, command: Command) -> str:
    """Let the user's latest thread of this channel listen to mentions only."""
    return await _listen(services, context, command, replies=False)


async def listen(services: Services, context: AsyncBoltContext, command: Command) -> str:
    """Let it take replies again."""
    return await _listen(services, context, command, replies=True)


async def forget(services: Services, context: AsyncBoltContext, command: Command) -> str:
    """Ask for confirmation in a modal before the user's latest thread of this channel is forgotten."""
    place = await _latest(services, command)
    if place is None or await is_anothers(services, place, command.user):
        return words.threads.FORGET_NO_THREAD
    job = command.thread_job(JobKind.FORGET, place)
    if refused := NOT_FORGOTTEN.get(await services.jobs.may_forget(job)):
        return refused
    view = confirmation_modal(thread_metadata(place), await _link(context, place))
    return "" if await open_modal(context, command.trigger_id, view) else words.threads.NO_MODAL


async def _latest(services: Services, command: Command) -> Place | None:
    return await services.jobs.latest(command.place.team, command.place.channel, command.user)


async def _link(context: AsyncBoltContext, place: Place) -> str:
    asking = permalink(context.client, place.channel, place.thread or "")
    return await optional(asking, "", LINK_TIMEOUT_SECONDS) or ""


async def _listen(services: Services, context: AsyncBoltContext, command: Command, *, replies: bool) -> str:
    """Choose to which replies a thread listens; say so with its link."""
    place, user = await _latest(services, command), command.user
    if place and place.is_direct:
        return words.listening.DIRECT
    if not place or await is_anothers(services, place, user):
        return words.listening.NO_THREAD
    if not await services.listening.listen(place, user, replies=replies):
        return words.listening.NO_THREAD
    link = await _link(context, place)
    return words.listening.listening_latest(link) if replies else words.listening.quiet_latest(link)
