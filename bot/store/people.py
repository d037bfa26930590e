"""What is kept of a person: settings, which questions were asked last, whether the Home tab is open."""

import json
import math
import time
from dataclasses import asdict, dataclass
from typing import TypeVar

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.old_records import upgraded
from bot.records.progress import Progress, State
from bot.records.question import Question
from bot.store.keys import HOME_LIFETIME, PREFERENCES_LIFETIME, Keys
from bot.store.limiter import Bucket, Rate
from bot.store.scripts import people
from render.home.model import HOURS, QUIET
from render.text.locales import Dates, Locale, Numbers, locale_of

HOME_PAUSE_MS = 1000
"""Between the beginnings of a publication of a Home tab and of a refresh."""
PUBLICATIONS = Rate(95, 62.0)
"""Of Home tabs, over all processes: Slack allows 100 a minute, and one may come 2 s after its token."""
REFRESHES = Rate(50, PUBLICATIONS.window)
"""Publications beyond which there are none but of tabs that are just opened."""
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
    quiet: tuple[int, int] = QUIET
    """The hours of the day between which no watch tells; none where both are the same."""

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
        quiet=_quiet(stored.get("quiet")),
    )


def _quiet(value: object) -> tuple[int, int]:
    """Read quiet hours; the usual ones for what are none."""
    hours = value if isinstance(value, list) else []
    known = [hour for hour in hours if isinstance(hour, int) and 0 <= hour < HOURS]
    return (known[0], known[1]) if len(known) == len(hours) == len(QUIET) else QUIET


def _member(kind: type[E], value: object) -> E:
    """Return the member of a value, and the default for one that this version does not know."""
    return next((each for each in kind if each.value == value), kind(""))


def nobody_looks(_user: SlackUser) -> None:
    """Tell nobody that something has changed."""


@dataclass(frozen=True, slots=True)
class HomeTurn:
    """What came of a try to take the turn to publish a Home tab."""

    taken: bool
    """If there is nothing to wait for either, there is nothing to publish."""
    turn_wait: float = 0.0
    """Seconds until the turn may be free."""
    token_wait: float = 0.0
    """Seconds until Slack takes another publication."""

    @property
    def wait(self) -> float:
        """Seconds until it is worth a new try, if that is needed."""
        return max(self.turn_wait, self.token_wait)


class HomeTurns:
    """Who publishes a person's Home tab, which one process at a time does. RedisError without Redis.

    All publications of a workspace share one budget, of which refreshes leave a part to tabs that are opened.
    """

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep the turns under `keys`."""
        self._redis, self._keys = redis, keys
        self._budget = Bucket(redis, keys, "slack:views.publish", PUBLICATIONS)

    async def opened(self, user: SlackUser) -> None:
        """Note that a person looks at the tab."""
        key = self._keys.home(user)
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.set(key, 0, px=HOME_LIFETIME, nx=True)
            pipe.pexpire(key, HOME_LIFETIME)
            await pipe.execute()

    async def is_open(self, user: SlackUser) -> bool:
        """Tell whether a person has looked at the tab within the last minutes."""
        return bool(await self._redis.exists(self._keys.home(user)))

    async def take(self, user: SlackUser, *, opened: bool, changed_at: float) -> HomeTurn:
        """Take the turn, unless nobody looks or a publication has begun since `changed_at` (monotonic)."""
        rate, pause_ms = (PUBLICATIONS, 0) if opened else (REFRESHES, HOME_PAUSE_MS)
        taken, turn, token = await people.take_home_turn(
            self._redis,
            home_key=self._keys.home(user),
            turn_key=self._keys.home_turn(user),
            grants_key=self._budget.grants,
            closed_key=self._budget.closed,
            ms_ago=math.floor((time.monotonic() - changed_at) * 1000),
            pause_ms=pause_ms,
            capacity=rate.capacity,
            window_ms=rate.window_ms,
        )
        return HomeTurn(bool(taken), turn / 1000, token / 1000)

    async def end(self, user: SlackUser) -> None:
        """Give the turn back."""
        await self._redis.delete(self._keys.home_turn(user))

    async def pause(self, seconds: float) -> None:
        """Let nobody publish for so long: Slack said so."""
        await self._budget.close(seconds)
