"""How many people and guests are in a channel, counted in the background: Slack tells it of one at a time.

https://docs.slack.dev/reference/methods/conversations.members
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import MISSING_SCOPE, SlackError, SlackRefused, ask_slack, next_cursor, retrying
from bot.slack.users import Person, Users
from bot.store.keys import GUESTS_LIFETIME, MEMBERS_FRESH, MEMBERS_LIFETIME, MEMBERS_PAUSE, Keys
from bot.store.limiter import Bucket, Rate

log = logging.getLogger(__name__)

MOST_MEMBERS = 500
"""In a channel with more, guests are not counted."""
READINGS = Rate(60, 60.0)
"""Of members, over all processes: Slack allows 100 a minute, and people who ask are read, too."""
AT_ONCE = 10
"""Members of a channel that are read at one time."""
PAGE = 200
ATTEMPTS, WITHIN_SECONDS = 5, 300.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MemberCount:
    """Who is in a channel, without apps and closed accounts."""

    people: int
    guests: int | None
    """None where Slack does not tell it, or the channel has too many people."""


@dataclass(frozen=True, slots=True)
class LastCount:
    """What is remembered of the members of a channel."""

    kept: dict[str, Any]
    """Of the last count; empty without one."""
    is_fresh: bool
    """The count is one of today."""
    guests: str | None
    """How many there were before it."""
    marks: str
    """Of changes that were seen until now."""


def last_count(counted: str | None, left_ms: int, guests: str | None, marks: str) -> LastCount:
    """Read the last count, which is kept for so long.

    One that was begun with other marks is none: others came, or became guests, meanwhile.
    """
    kept = json.loads(counted or "{}")
    if kept.get("marks", "") != marks:
        kept = {}
    is_fresh = not kept.get("count") or left_ms > MEMBERS_LIFETIME - MEMBERS_FRESH
    return LastCount(kept, is_fresh, guests, marks)


class MemberCounts:
    """Counts the members of channels in the background, each channel once a day."""

    def __init__(self, slack: AsyncWebClient, redis: "Redis", keys: Keys, users: Users) -> None:
        """Remember the counts in Redis."""
        self._slack, self._redis, self._keys, self._users = slack, redis, keys, users
        self._pace = Bucket(redis, keys, "slack:members", READINGS)
        self._counting: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop to count; who was read stays remembered, so that the next process goes on from there."""
        counting = [*self._counting.values()]
        for task in counting:
            task.cancel()
        await asyncio.gather(*counting, return_exceptions=True)

    async def of(self, team: str, channel: str, members: int, last: LastCount) -> MemberCount | None:
        """Return the count of a channel with so many `members`, None where it has still to be made.

        Then it is being made. So it is where the last one is a day old or somebody has left: that one serves
        until then. Where somebody has come, or become a guest, guests who were there before are taken to be
        there still.
        """
        kept, marks = last.kept, last.marks
        count = MemberCount(**kept["count"]) if kept.get("count") else None
        before = MemberCount(members, int(last.guests)) if last.guests else None
        if kept.get("members") == members and last.is_fresh:
            return count or before or MemberCount(members, None)
        if members > MOST_MEMBERS:
            return before or MemberCount(members, None)
        if (team, channel) not in self._counting:
            task = asyncio.create_task(self._count_and_remember(team, channel, members, marks))
            self._counting[team, channel] = task
            task.add_done_callback(lambda _: self._counting.pop((team, channel)))
        return count if count and members <= kept["members"] else before

    async def made(self, team: str, channel: str) -> None:
        """Wait for the end of a count that was begun here."""
        if task := self._counting.get((team, channel)):
            await asyncio.wait([task])

    async def _count_and_remember(self, team: str, channel: str, members: int, marks: str) -> None:
        try:
            count = await self._count(team, channel)
        except SlackRefused as refused:
            log.warning("members.not_counted", extra={"error": str(refused)})
            count = None
        except (SlackError, RedisError, OSError, TimeoutError) as error:  # begun again when somebody asks
            log.warning("members.not_counted", extra={"error": type(error).__name__})
            return
        with suppress(RedisError, OSError, TimeoutError):
            await self._remember(team, channel, members, count, marks)

    async def _count(self, team: str, channel: str) -> MemberCount | None:
        members = [*await self._members(channel)]
        persons: list[Person] = []
        for first in range(0, len(members), AT_ONCE):
            some = members[first : first + AT_ONCE]
            # Another process may count the same channel: in another order, so that they share the work.
            met = await self._users.remembered(team, some)
            persons += await asyncio.gather(*(self._person(team, user, met.get(user)) for user in some))
        here = [person for person in persons if not (person.bot or person.deleted)]
        # One of whom Slack says nothing may be a guest, and hides no other one.
        guests = sum(person.guest or not person.known for person in here)
        return MemberCount(len(here), guests) if members else None

    async def _members(self, channel: str) -> set[str]:
        """Return the ids of all members, in an order of this process's own; none if there are too many."""
        members: set[str] = set()
        cursor = ""
        while len(members) <= MOST_MEMBERS:
            page = await _patiently(partial(self._page, channel, cursor))
            members |= {str(user) for user in page.get("members") or ()}
            cursor = next_cursor(page)
            if not cursor:
                return members
        return set()

    async def _page(self, channel: str, cursor: str) -> dict[str, Any]:
        call = self._slack.conversations_members(channel=channel, limit=PAGE, cursor=cursor or None)
        return await ask_slack(call)

    async def _person(self, team: str, user: str, met: Person | None) -> Person:
        if met and met.known:
            return met
        await self._pace.wait()
        try:
            return await _patiently(partial(self._users.ask, team, user))
        except SlackRefused as refused:
            if refused.code == MISSING_SCOPE:
                raise  # it tells of nobody
            return Person()

    async def _remember(
        self, team: str, channel: str, members: int, count: MemberCount | None, marks: str
    ) -> None:
        text = json.dumps({"members": members, "count": asdict(count) if count else None, "marks": marks})
        lifetime = MEMBERS_LIFETIME if count else MEMBERS_PAUSE
        async with self._redis.pipeline() as pipe:
            pipe.set(self._keys.members(team, channel), text, px=lifetime)
            if count and count.guests:
                pipe.set(self._keys.guests(team, channel), count.guests, px=GUESTS_LIFETIME)
            elif count:
                pipe.delete(self._keys.guests(team, channel))
            await pipe.execute()


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call, again while Slack is away or busy; SlackError when that does not help."""
    return await retrying(call, ATTEMPTS, WITHIN_SECONDS)
