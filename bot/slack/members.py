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

from bot.slack.api import SlackError, ask_slack, retrying
from bot.slack.users import Person, Users
from bot.store.keys import GUESTS_LIFETIME, MEMBERS_LIFETIME, MEMBERS_PAUSE, Keys
from bot.store.limiter import Bucket, Rate

log = logging.getLogger(__name__)

MOST_MEMBERS = 500
"""In a channel with more, guests are not counted."""
READINGS = Rate(1, 1.0)
"""Of members, over all processes: Slack allows 100 a minute, and people who ask are read, too."""
PAGE = 200
ATTEMPTS, WITHIN_SECONDS = 5, 300.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MemberCount:
    """Who is in a channel, without apps and closed accounts."""

    people: int
    guests: int


class MemberCounts:
    """Counts the members of channels in the background, one channel after the other, each once a day."""

    def __init__(self, slack: AsyncWebClient, redis: "Redis", keys: Keys, users: Users) -> None:
        """Remember the counts in Redis."""
        self._slack, self._redis, self._keys, self._users = slack, redis, keys, users
        self._pace = Bucket(redis, keys, "slack:members", READINGS)
        self._wanted: dict[tuple[str, str], int] = {}
        self._counting: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop to count; who was read stays remembered, so that the next process goes on from there."""
        self._wanted.clear()
        if self._counting:
            self._counting.cancel()
            with suppress(asyncio.CancelledError):
                await self._counting

    async def of(self, team: str, channel: str, members: int) -> MemberCount | None:
        """Return the count of a channel if it was made when there were as many `members`; else begin it.

        Until it is made, guests of an earlier one are taken to be there still.
        """
        keys = [self._keys.members(team, channel), self._keys.guests(team, channel)]
        found, guests = await self._redis.mget(keys)
        kept, before = json.loads(found or "{}"), MemberCount(members, int(guests)) if guests else None
        if kept.get("members") == members:
            return MemberCount(**kept["count"]) if kept["count"] else before
        if members <= MOST_MEMBERS:
            self._wanted[team, channel] = members
            if self._counting is None or self._counting.done():
                self._counting = asyncio.create_task(self._count_wanted())
        return before

    async def _count_wanted(self) -> None:
        while self._wanted:
            (team, channel), members = next(iter(self._wanted.items()))
            try:
                await self._remember(team, channel, members, await self._count(team, channel))
            except (RedisError, OSError, TimeoutError) as error:  # begun again when somebody asks
                log.warning("members.not_counted", extra={"error": type(error).__name__})
            self._wanted.pop((team, channel), None)

    async def _count(self, team: str, channel: str) -> MemberCount | None:
        try:
            members = await self._members(channel)
            people = [await self._person(team, user) for user in members] if members else []
        except SlackError as error:
            log.warning("members.not_counted", extra={"error": str(error)})
            return None
        here = [person for person in people if not (person.bot or person.deleted)]
        return MemberCount(len(here), sum(person.guest for person in here)) if members else None

    async def _members(self, channel: str) -> set[str]:
        """Return the ids of all members, in an order of this process's own; none if there are too many."""
        members: set[str] = set()
        cursor = ""
        while len(members) <= MOST_MEMBERS:
            page = await _patiently(partial(self._page, channel, cursor))
            members |= {str(user) for user in page.get("members") or ()}
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return members
        return set()

    async def _page(self, channel: str, cursor: str) -> dict[str, Any]:
        call = self._slack.conversations_members(channel=channel, limit=PAGE, cursor=cursor or None)
        return await ask_slack(call)

    async def _person(self, team: str, user: str) -> Person:
        # Another process may count the same channel: in another order, so that they share the work.
        kept = (await self._users.remembered(team, [user])).get(user)
        if kept and kept.known:
            return kept
        await self._pace.wait()
        return await _patiently(partial(self._users.ask, team, user))

    async def _remember(self, team: str, channel: str, members: int, count: MemberCount | None) -> None:
        text = json.dumps({"members": members, "count": asdict(count) if count else None})
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
