"""Commands about watches: list one's own, and have a question asked again by the clock."""

from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext

from bot.jobs.watch.due import next_due
from bot.records.question import Place
from bot.records.watch import Rhythm, Watch, WatchKind, watch_id
from bot.slack.api import optional
from bot.slack.direct_messages import direct_channel
from bot.store.results import WatchAdded
from handlers.payloads.commands import Command, rhythm_and_question
from handlers.services import Services
from render import words
from render.blockkit.reply import Reply
from render.text.escape import literal
from render.watch.message import watch_list
from render.watch.model import morning
from render.words.results.values import moment

said = words.watches


async def list_watches(services: Services, _context: AsyncBoltContext, command: Command) -> Reply:
    """List what the user watches, and what is asked by itself, with buttons."""
    return watch_list(await services.home.contents.watched(command.person))


async def schedule(services: Services, context: AsyncBoltContext, command: Command) -> str:
    """Have a question asked again by the clock, in this channel or, where that is private, directly."""
    rhythm, question = rhythm_and_question(command.argument)
    if not question:
        return said.SCHEDULE_EXPLAINED
    place = await _place(services, context, command)
    if place is None:
        return words.home.NOT_ASKED
    person = await services.users.person(place.team, command.user)
    quiet = (await services.people.preferences(place.team, command.user)).quiet
    now = await services.watches.now()
    watch = Watch(
        id=watch_id(command.person, command.trigger_id, WatchKind.QUESTION),
        owner=command.person,
        place=place,
        kind=WatchKind.QUESTION,
        rhythm=Rhythm(rhythm),
        time_zone=person.time_zone,
        text=question,
        quiet=quiet,
        created_at=now,
    )
    due = next_due(watch.rhythm, watch.time_zone, now, quiet)
    if await services.watches.add(watch, due) is WatchAdded.TOO_MANY:
        return said.too_many(services.watches.most)
    services.home.changed(command.person)
    zone = "" if watch.rhythm is Rhythm.HOURLY else literal(watch.time_zone)
    return said.scheduled(said.rhythm(rhythm, morning(quiet)), zone, moment(due / 1_000))


async def _place(services: Services, context: AsyncBoltContext, command: Command) -> Place | None:
    """Return where the answers go; None where Slack opens no direct messages."""
    place = command.place
    wants_private = services.private or await optional(
        services.privacy.wants_private(place, command.user), default=False
    )
    if not wants_private:
        return place
    channel = await optional(direct_channel(context.client, command.user), "")
    return replace(place, channel=channel) if channel else None
