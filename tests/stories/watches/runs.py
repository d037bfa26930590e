"""Watches that a story sets without the form, and lets be due."""

import asyncio
from dataclasses import replace
from typing import Any

from bot.identity.model import SlackUser
from bot.records.question import Place
from bot.records.watch import Rhythm, StoredWatch, Watch, WatchKind, kind_of, watch_id
from bot.store.questions import QuestionStore
from sandbox.slack.state.records import Message
from tests.stories.watches.watching import Watching
from tests.stories.world import ADA, ANSWER_SECONDS


async def watch_answer(
    watching: Watching, answer: Message, mark: str = "V1", user: str = ADA, **fields: Any
) -> str:
    """Watch an answer, and wait until it was looked at for the first time; return the id of the watch."""
    assert answer.metadata
    asked = answer.metadata["event_payload"]["question"]
    progress = await QuestionStore(watching.redis, watching.keys).progress(asked)
    assert progress
    made = replace(
        _watch(watching, mark, Place(watching.team, answer.channel, answer.thread_ts), user),
        text=progress.text,
        about=asked,
        space=progress.space,
        conversation=progress.conversation,
        message=progress.message,
        asked_as=progress.asked_as,
        **fields,
    )
    await watching.store.add(made, await watching.store.now())
    await ran(watching, made.id)
    return made.id


async def schedule(watching: Watching, text: str, channel: str) -> str:
    """Have a question asked by the clock, at once for the first time; return the id."""
    place = Place(watching.team, channel, None)
    made = replace(_watch(watching, "S1", place, kind=WatchKind.QUESTION), text=text)
    await watching.store.add(made, await watching.store.now())
    return made.id


async def due(watching: Watching, name: str) -> StoredWatch:
    """Make a watch due now, and wait until that run has ended; return the watch."""
    before = await find(watching, name)
    await watching.redis.zadd(watching.keys.watches_due(kind_of(name)), {name: await watching.store.now()})
    return await ran(watching, name, before.progress.done)


async def ran(watching: Watching, name: str, before: int = 0) -> StoredWatch:
    """Wait for the end of a run after the one that was due at `before`; return the watch."""
    async with asyncio.timeout(ANSWER_SECONDS):
        while (found := await find(watching, name)).progress.done <= before:  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.05)
    return found


async def find(watching: Watching, name: str) -> StoredWatch:
    """Return a watch."""
    found = await watching.store.find(name)
    assert found
    return found


def _watch(
    watching: Watching, mark: str, place: Place, user: str = ADA, *, kind: WatchKind = WatchKind.ANSWER
) -> Watch:
    owner = SlackUser(watching.team, user)
    return Watch(
        id=watch_id(owner, mark, kind),
        owner=owner,
        place=place,
        kind=kind,
        rhythm=Rhythm.HOURLY,
        time_zone="Europe/Amsterdam",
        quiet=(0, 0),
    )
