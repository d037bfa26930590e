"""How fast the Home tab is published after the event that it was opened, beside the event's acknowledgement.

    python -m bench.home

The real bot over Socket Mode, just restarted. Ten people, of whom each has asked twenty questions, open the
tab again and again, as often as Slack allows: while nothing else happens, while questions are answered, and
while their own questions want more publications than Slack takes. Loopback only; four minutes.
"""

import asyncio
import signal
import statistics
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from functools import partial

from redis.asyncio import Redis

from bot.records.progress import State
from bot.records.question import Place, Question, Surface
from bot.store.keys import Keys
from bot.store.questions import QuestionStore
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.transport.outbox import Delivery
from tests.redis_server import redis_server
from tests.stories.world import CHLOE, GENIE, SALES, World, company

PEOPLE = 10
ROUNDS = 8
QUESTIONS = 20
"""As many as are kept of a person."""
PAUSE_SECONDS, LONG_PAUSE_SECONDS = 0.75, 1.7
"""Between two openings: fewer than Slack allows, also beside refreshes."""


UNLIMITED = Limits.none()


@dataclass(frozen=True, slots=True)
class Opening:
    """Seconds from the event to what came of it."""

    acknowledged: float
    published: float
    """Slack has the view."""


async def main() -> None:
    """Measure both and print a table."""
    with redis_server() as address:
        async with company(
            address,
            limits=replace(UNLIMITED, per_minute={**UNLIMITED.per_minute, "tier4": 100}),
            databricks={"question_limit": 10_000},
            QUESTIONS_PER_MINUTE="10000",
            PORT="0",
        ) as world:
            others = (user for user in world.slack.workspace.users.values() if user.id != CHLOE)
            people = [user.id for user in others if not user.team_id][:PEOPLE]
            async with Redis.from_url(address, decode_responses=True) as redis:
                await _have_asked(redis, Keys(world.environment["REDIS_PREFIX"]), world, people)
            print("after the event (ms)                            p50     p99     max   openings")
            first = await world.start_command()
            _row("people whom the bot meets first", await _open(world, people, 1))
            await first.end(signal.SIGTERM)
            await world.start_command()
            _row("after a restart, idle", await _open(world, people, ROUNDS))
            _row(
                "while questions are answered", await _open(world, people, ROUNDS, partial(_ask, CHLOE, 1.0))
            )
            here = world.slack.workspace.channels[SALES].members
            asking = [partial(_ask, user, 6.0) for user in people if user in here]
            _row(
                "while refreshes wait",
                await _open(world, people, ROUNDS // 2, *asking, pause=LONG_PAUSE_SECONDS),
            )


async def _have_asked(redis: "Redis", keys: Keys, world: World, people: list[str]) -> None:
    store, team = QuestionStore(redis, keys), world.slack.workspace.team_id
    for user in people:
        for number in range(QUESTIONS):
            ts = f"{1_795_000_000 + number}.000100"
            place = Place(team, SALES, ts)
            asked = Question(f"{team}.{SALES}.{user}.{ts}", f"revenue {number}", place, user, Surface.MENTION)
            await store.accept(asked)
            key = keys.question(asked.id)
            for field, value in (("state", State.DELIVERED), ("message", "m"), ("ts", ts)):
                await redis.hset(key, field, value)
            await redis.zrem(keys.due, asked.id)
            await redis.zrem(keys.line, asked.id)


async def _open(
    world: World,
    people: list[str],
    rounds: int,
    *meanwhile: Callable[[World], Coroutine[None, None, None]],
    pause: float = PAUSE_SECONDS,
) -> list[Opening]:
    """Let everybody open the tab so often; return how long each took."""
    times: list[Opening] = []
    working = [asyncio.create_task(each(world)) for each in meanwhile]
    for _ in range(rounds):
        for user in people:
            times.append(await _opening(world, user))
            await asyncio.sleep(pause)
    for each in working:
        each.cancel()
    return times


async def _opening(world: World, user: str) -> Opening:
    calls, sent = len(world.slack.request_log), len(world.slack.deliveries)

    def published() -> float | None:
        found = (each for each in world.slack.request_log[calls:] if each.method == "views.publish")
        return next((each.at for each in found if each.arguments["user_id"] == user), None)

    def acknowledged() -> Delivery | None:
        opened = (each for each in world.slack.deliveries[sent:] if each.type == "app_home_opened")
        return next((each for each in opened if each.acked_at), None)

    await world.slack.open_home(user)
    shown = await world.slack.until(published)
    event = await world.slack.until(acknowledged)
    return Opening((event.acked_at or 0) - event.sent_at, shown - event.sent_at)


async def _ask(user: str, pause: float, world: World) -> None:
    """Ask again and again until cancelled: together more than Genie's limit would let through."""
    while True:
        await world.ask(f"{GENIE} revenue by region last year", user)
        await asyncio.sleep(pause)


def _row(name: str, openings: list[Opening]) -> None:
    for what in ("acknowledged", "published"):
        times = sorted(getattr(each, what) * 1000 for each in openings)
        worst = times[min(len(times) - 1, int(len(times) * 0.99))]
        median = statistics.median(times)
        print(f"{name:<30} {what:<12} {median:7.1f} {worst:7.1f} {times[-1]:7.1f}   {len(times)}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
