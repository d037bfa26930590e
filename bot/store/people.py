"""What is kept of a person: settings, which questions were asked last, whether the Home tab is open."""

import json
from dataclasses import asdict, dataclass
from typing import TypeVar

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.question import Progress, Question, State
from bot.store.keys import HOME_LIFETIME, HOME_TURN_LIFETIME, PREFERENCES_LIFETIME, Keys
from bot.store.old_records import upgraded
from render.text.locales import Dates, Locale, Numbers, locale_of

HOME_PAUSE_MS = 1000
"""Between the beginnings of two publications of a Home tab."""
E = TypeVar("E", Numbers, Dates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person has set."""

    private: bool = False
    """Every question of a channel is answered in direct messages."""
    charts: bool = True
    """Answers have charts, unless the thread wants none."""
    numbers: Numbers = Numbers.LANGUAGE
    dates: Dates = Dates.LANGUAGE

    def locale(self, language: str) -> Locale:
        """Return how numbers and dates are written for a person whose Slack speaks `language`."""
        return locale_of(language, self.numbers, self.dates)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a person, and how far it has come."""

    question: Question
    progress: Progress


class PeopleStore:
    """Keeps what is set by people, and finds what they asked. Methods raise RedisError without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep it under `keys`."""
        self._redis, self._keys = redis, keys

    async def preferences(self, team: str, user: str) -> Preferences:
        """Return what a person has set; it is kept for a year from now."""
        key = self._keys.preferences(team, user)
        return _read(str(await self._redis.getex(key, px=PREFERENCES_LIFETIME) or "{}"))

    async def save(self, team: str, user: str, preferences: Preferences) -> None:
        """Keep what a person has set."""
        key = self._keys.preferences(team, user)
        await self._redis.set(key, json.dumps(asdict(preferences)), px=PREFERENCES_LIFETIME)

    async def recent(self, team: str, user: str) -> tuple[Asked, ...]:
        """Return the questions that a person asked last, newest first, but those withdrawn or forgotten."""
        asker = SlackUser(team, user).queue_name
        ids = await self._redis.lrange(self._keys.recent(asker), 0, -1)
        async with self._redis.pipeline(transaction=False) as pipe:
            for question_id in ids:
                pipe.hgetall(self._keys.question(str(question_id)))
            stored = [upgraded(record) for record in await pipe.execute()]
        found = (_asked(record) for record in stored if "question" in record and "state" in record)
        return tuple(each for each in found if each and each.question.queue_name == asker)


def _asked(record: dict[str, str]) -> Asked | None:
    """Read a record; None for a question that nobody wants any more, or that another version wrote."""
    try:
        asked = Asked(Question.from_json(record["question"]), Progress.from_hash(record))
    except (KeyError, TypeError, ValueError):
        return None
    gone = asked.progress.withdrawn or asked.progress.state is State.WITHDRAWN
    return None if gone else asked


def _read(text: str) -> Preferences:
    """Read what `save` wrote, also in another version, which may know more or less."""
    stored = json.loads(text)
    return Preferences(
        private=stored.get("private") is True,
        charts=stored.get("charts") is not False,
        numbers=_member(Numbers, stored.get("numbers")),
        dates=_member(Dates, stored.get("dates")),
    )


def _member(kind: type[E], value: object) -> E:
    """Return the member of a value, and the default for one that this version does not know."""
    return next((each for each in kind if each.value == value), kind(""))


def nobody_looks(_user: SlackUser) -> None:
    """Tell nobody that something has changed."""


class HomeTurns:
    """Who publishes a person's Home tab, which one process at a time does. RedisError without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep the turns under `keys`."""
        self._redis, self._keys = redis, keys

    async def opened(self, user: SlackUser) -> None:
        """Note that a person looks at the tab."""
        await self._redis.set(self._keys.home(user.team, user.id), 1, px=HOME_LIFETIME)

    async def is_open(self, user: SlackUser) -> bool:
        """Tell whether a person has opened the tab within the last minutes."""
        return bool(await self._redis.exists(self._keys.home(user.team, user.id)))

    async def take(self, user: SlackUser) -> float:
        """Take the turn to publish: 0, or the seconds until it is worth a new try."""
        key = self._keys.home_turn(user.team, user.id)
        if await self._redis.set(key, 1, nx=True, px=HOME_TURN_LIFETIME):
            return 0.0
        return max(int(await self._redis.pttl(key)), 1) / 1000

    async def end(self, user: SlackUser, seconds: float) -> None:
        """Give back a turn that took so long; the next one begins a second after it began."""
        left = max(1, HOME_PAUSE_MS - round(seconds * 1000))
        await self._redis.pexpire(self._keys.home_turn(user.team, user.id), left)
