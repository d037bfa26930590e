"""Forgets a person among what is before the experts, and among what they have confirmed.

What a person asked goes. What a person decided stays for those who rely on it, without the name.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.review import Review
from bot.store.keys import Keys
from render.expert.model import ReviewState


class ExpertForgetting:
    """Forgets one person; `any_team` stands for every workspace."""

    def __init__(self, redis: "Redis", keys: Keys, user: SlackUser, any_team: str) -> None:
        """Look under `keys`."""
        self._redis: Any = redis
        self._keys, self._user, self._any_team = keys, user, any_team

    async def forget(self, page: Sequence[str]) -> int:
        """Forget the person under some keys; return under how many there was something."""
        reviews, confirmed = self._keys.question(""), self._keys.confirmed("")
        forgotten = 0
        for key in page:
            if key.startswith(reviews) and key.endswith(":review"):
                forgotten += await self._forget_review(key)
            elif key.startswith(confirmed) and ":" not in key.removeprefix(confirmed):
                forgotten += await self._forget_name(key)
        return forgotten

    async def _forget_review(self, key: str) -> bool:
        review = Review.from_hash(await self._redis.hgetall(key))
        if review is None or not self._is_of(review.asked.place.team):
            return False
        if review.asked.asker == self._user.id:
            await self._redis.delete(key)
            return True
        changed: dict[str, str] = {}
        if review.asked.sender == self._user.id:
            changed["asked"] = replace(review.asked, sender="").to_json()
        if review.expert == self._user.id:
            changed["expert"] = ""
            if review.state is ReviewState.TAKEN:
                changed["state"] = ReviewState.OPEN  # others need not wait for a person who is gone
        if changed:
            await self._redis.hset(key, mapping=changed)
        return bool(changed)

    async def _forget_name(self, key: str) -> bool:
        if await self._redis.type(key) != "hash":
            return False  # the set of spaces
        by, stored = await self._redis.hmget(key, ["by", "confirmed"])
        if by != self._user.id or not self._is_of(json.loads(stored)["team"]):
            return False
        await self._redis.hset(key, "by", "")
        return True

    def _is_of(self, team: str) -> bool:
        return self._user.team in {self._any_team, team}
