"""Forgets a person: their entries in the audit trail, what they asked, what they chose, their sign-in.

It reads every key of the installation once, since nothing but the records themselves says whose they are.
What is still on its way is left to its end. docs/operating/audit.md says what stays, and why.
"""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import Any

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.job import published
from bot.records.watch import watch_id
from bot.store.keys import Key, Keys
from bot.store.oversight.audit import AuditRow, AuditTrail
from bot.store.oversight.forget_expert import ExpertForgetting
from bot.store.scripts import people

ANY_TEAM = "*"
BESIDE = (":ratings", ":review")
"""Ends of keys that are no question's and no job's, but beside those."""
PAGE = 500
"""Keys that are looked at in one round trip."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted of a person, and how much could not be yet."""

    audited: int = 0
    """Entries of the audit trail."""
    asked: int = 0
    """Questions and jobs: their words, their places and their asker."""
    rated: int = 0
    """Answers with their ratings."""
    kept: int = 0
    """Keys with their choices, names, recent questions and sign-in."""
    running: int = 0
    """Questions and jobs that have not ended."""

    def __add__(self, other: "Forgotten") -> "Forgotten":
        """Return both together."""
        return Forgotten(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


async def forget_person(redis: "Redis", keys: Keys, team: str, user: str) -> Forgotten:
    """Delete what is kept of a person, in ANY_TEAM if that is given; RedisError without Redis.

    It may be repeated. It takes a second for some hundred thousand keys: nothing that Slack waits for.
    """
    forgetting = _Forgetting(redis, keys, SlackUser(team, user))
    total = Forgotten()
    async for page in forgetting.pages():
        total += await forgetting.forget(page)
    return total


def own_keys(keys: Keys, user: SlackUser) -> tuple[Key, ...]:
    """Return patterns of the keys that are a person's alone, and are deleted with the person."""
    return (
        keys.asked(user.team, "*", user.id),
        keys.grant(user),
        keys.latest(user.team, "*", user.id),
        keys.noted_guest(user.team, user.id),
        keys.person(user.team, user.id),
        keys.preferences(user.team, user.id),
        keys.recent(user.queue_name),
        keys.refused(user.queue_name),
        keys.sign_in_messages(user),
        keys.sign_in_told(user),
        keys.watch(watch_id(user, "*")),
        keys.watches_of(user.queue_name),
    )


class _Forgetting:
    def __init__(self, redis: "Redis", keys: Keys, user: SlackUser) -> None:
        self._redis: Any = redis
        self._keys, self._user = keys, user
        self._own, self._trail = own_keys(keys, user), AuditTrail(redis, keys)
        self._experts = ExpertForgetting(redis, keys, user, ANY_TEAM)

    async def pages(self) -> AsyncIterator[Sequence[str]]:
        """Yield the names of all keys of this installation, some at a time."""
        page: list[str] = []
        async for key in self._redis.scan_iter(match=self._keys.all, count=PAGE):
            page.append(str(key))
            if len(page) == PAGE:
                yield page
                page = []
        yield page

    async def forget(self, page: Sequence[str]) -> Forgotten:
        """Delete what is the person's under some keys."""
        questions, audited, total = self._keys.question(""), self._keys.audit(""), Forgotten()
        records = [key for key in page if key.startswith(questions)]
        total += await self._forget_records([each for each in records if not each.endswith(BESIDE)])
        total += await self._forget_ratings([each for each in records if each.endswith(":ratings")])
        total += Forgotten(kept=await self._experts.forget(page))
        for day in {key.removeprefix(audited) for key in page if key.startswith(audited)}:
            if day.isdecimal():
                total += Forgotten(audited=await self._trail.forget(day, self._is_of))
        own = [key for key in page if any(fnmatchcase(key, pattern) for pattern in self._own)]
        return total + Forgotten(kept=await self._redis.delete(*own) if own else 0)

    async def _forget_records(self, names: Sequence[str]) -> Forgotten:
        total = Forgotten()
        async with self._redis.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.hmget(name, ["question", "job"])
            stored = await pipe.execute()
        for name, (question, job) in zip(names, stored, strict=True):
            if self._is_theirs(question or job):
                gone = await people.forget_record(
                    self._redis,
                    record_key=Key(name),
                    due_key=self._keys.due,
                    record_id=name.removeprefix(self._keys.question("")),
                )
                total += Forgotten(asked=1) if gone else Forgotten(running=1)
        return total

    def _is_of(self, row: AuditRow) -> bool:
        return row.user == self._user.id and self._user.team in {ANY_TEAM, row.fields.get("team")}

    def _is_theirs(self, stored: str | None) -> bool:
        data = json.loads(stored or "{}")
        who = data.get("asker") or data.get("user")
        return who == self._user.id and self._user.team in {ANY_TEAM, data["place"]["team"]}

    async def _forget_ratings(self, names: Sequence[str]) -> Forgotten:
        rated = 0
        for name in names:
            if fnmatchcase(name, self._keys.question(f"{self._user.team}.*")):
                rated += await people.forget_ratings(
                    self._redis, ratings_key=Key(name), told_key=self._told(name), user=f"{self._user.id} "
                )
        return Forgotten(rated=rated)

    def _told(self, name: str) -> Key:
        """Return which ratings keep what Genie was told: of a shared answer, those of the private one."""
        record_id = name.removeprefix(self._keys.question("")).removesuffix(":ratings")
        return self._keys.ratings(record_id.removesuffix(published("")))
