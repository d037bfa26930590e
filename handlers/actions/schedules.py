"""Keeps a question that is asked by the clock, once its Genie space is known."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.jobs.watch.due import next_due
from bot.records.watch import Rhythm, Watch, WatchKind, watch_id
from bot.store.questions import in_time
from bot.store.results import WatchAdded
from handlers.payloads.watches import Schedule, read_schedule
from handlers.services import Services
from render import words
from render.blockkit.blocks import channel
from render.text.escape import literal, one_line
from render.watch.model import morning
from render.watch.schedule_modal import result_modal
from render.words.results.values import moment

said = words.watches


async def handle_space_chosen(services: Services, body: Mapping[str, Any], ack: AsyncAck) -> None:
    """Keep the question of a submitted modal, which then says when it is asked."""
    schedule = read_schedule(body)
    known = services.catalog.find(schedule.space)
    told = await in_time(keep(services, schedule)) if known else words.spaces.NO_SPACE
    await ack(response_action="update", view=result_modal(told))


async def keep(services: Services, schedule: Schedule) -> str:
    """Have a question asked by the clock; return what its owner is told."""
    team, owner = schedule.place.team, schedule.person
    person = await services.users.person(team, owner.id)
    quiet = (await services.people.preferences(team, owner.id)).quiet
    now = await services.watches.now()
    watch = Watch(
        id=watch_id(owner, schedule.mark, WatchKind.QUESTION),
        owner=owner,
        place=schedule.place,
        kind=WatchKind.QUESTION,
        rhythm=Rhythm(schedule.rhythm),
        time_zone=person.time_zone,
        text=schedule.question,
        quiet=quiet,
        space=schedule.space,
        created_at=now,
    )
    due = next_due(watch.rhythm, watch.time_zone, now, quiet)
    if await services.watches.add(watch, due) is WatchAdded.TOO_MANY:
        return said.too_many(services.watches.most)
    services.home.changed(owner)
    zone = "" if watch.rhythm is Rhythm.HOURLY else literal(watch.time_zone)
    space = services.catalog.about(watch.space).name if services.catalog.several else ""
    often = said.rhythm(watch.rhythm, morning(quiet))
    where = "" if schedule.place.is_direct else channel(schedule.place.channel)
    return said.scheduled(often, zone, moment(due / 1_000), literal(one_line(space)), where)
