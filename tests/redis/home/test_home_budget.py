"""What Slack allows a workspace of publications: shared by all processes, first for tabs that are opened."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest
from redis.asyncio import BlockingConnectionPool, Redis

from bot.home.tab import HomeTab
from bot.identity.model import SlackUser
from bot.slack.users import Person
from bot.store import people
from bot.store.limiter import Rate
from bot.store.people import HomeTurn, HomeTurns
from render.home.model import HomeContent, SpaceCard
from tests.redis.queue_moves import KEYS

pytestmark = pytest.mark.redis

WINDOW = 0.3
MANY = [SlackUser("T1", f"U{number:03}") for number in range(200)]
ADA, BEN, CHLOE = MANY[:3]


class Company:
    """A Slack that keeps what is published for whom, with what there is to see of all at each moment."""

    def __init__(self) -> None:
        self.now = "0"
        self.shown: defaultdict[str, list[str]] = defaultdict(list)
        self.at: list[float] = []

    async def views_publish(self, *, user_id: str, view: dict[str, Any]) -> Any:
        """Take a view."""
        self.at.append(time.monotonic())
        self.shown[user_id].append(str(view["blocks"][0]["text"]["text"]))
        return SimpleNamespace(data={"ok": True})

    async def of(self, _user: SlackUser) -> HomeContent:
        """Return what there is to see now, in its title."""
        return HomeContent(spaces=(SpaceCard(id="s", title=self.now),))

    async def remembered(self, _team: str, users: list[str]) -> dict[str, Person]:
        """Know everybody."""
        return dict.fromkeys(users, Person("Ada"))

    async def rejection(self, *_who: str, external: bool) -> None:
        """Let everybody ask; nobody is of another company."""
        assert not external

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something that was published."""
        async with asyncio.timeout(30):
            while not condition():  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.005)


@asynccontextmanager
async def replicas(redis: "Redis", company: Company, number: int) -> AsyncIterator[list[HomeTab]]:
    """Run what so many processes do for Home tabs."""
    fake = cast("Any", company)
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                HomeTab(slack=fake, turns=HomeTurns(redis, KEYS), contents=fake, users=fake, guard=fake)
            )
            for _ in range(number)
        ]


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> Company:
    """Have a Slack, and less time between two publications of one tab."""
    monkeypatch.setattr(people, "HOME_PAUSE_MS", 1)
    return Company()


def budget(monkeypatch: pytest.MonkeyPatch, publications: int, refreshes: int, window: float) -> None:
    """Allow so many publications in a window, and refreshes while there are fewer."""
    monkeypatch.setattr(people, "PUBLICATIONS", Rate(publications, window))
    monkeypatch.setattr(people, "REFRESHES", Rate(refreshes, window))


async def test_a_tab_that_opens_goes_before_refreshes_that_wait(
    redis: "Redis", company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that waits itself for a refresh."""
    budget(monkeypatch, 20, 3, 3600)
    async with replicas(redis, company, 2) as (one, two):
        for user in (ADA, BEN, CHLOE):
            await one.opened(user)
        await company.until(lambda: len(company.at) == 3)
        company.now = "1"
        for tab in (one, two):
            for user in (ADA, BEN, CHLOE):
                tab.changed(user)
        await two.opened(BEN)
        await company.until(lambda: company.shown[BEN.id] == ["0", "1"])
        await one.opened(MANY[3])
        await company.until(lambda: company.shown[MANY[3].id] == ["1"])
        assert company.shown[ADA.id] == company.shown[CHLOE.id] == ["0"]


@pytest.mark.parametrize("number", [30, pytest.param(200, marks=pytest.mark.slow)])
async def test_all_tabs_show_the_newest_in_the_end(
    redis_url: str, redis: "Redis", company: Company, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Within the budget of all processes, each tab about once, although it changes often and in each."""
    budget(monkeypatch, number, number // 5, WINDOW)
    users = MANY[:number]
    pool = BlockingConnectionPool.from_url(redis_url, max_connections=16, decode_responses=True)
    async with Redis.from_pool(pool) as busy, replicas(busy, company, 3) as tabs:
        for user in users:
            await tabs[0].opened(user)
        await company.until(lambda: len(company.at) == number)
        for change in range(1, 6):
            company.now = str(change)
            for user in users:
                for tab in tabs:
                    tab.changed(user)
            await asyncio.sleep(0.02)
        await company.until(lambda: not any(tab._tasks for tab in tabs))
    assert {company.shown[user.id][-1] for user in users} == {"5"}
    refreshes = company.at[number:]
    assert refreshes[-1] - refreshes[0] > WINDOW * 3
    assert len(refreshes) <= 1.5 * number


async def test_a_tab_that_nobody_looks_at_any_more_is_not_refreshed(
    redis: "Redis", company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its refresh has waited for longer than a tab counts as open."""
    budget(monkeypatch, 20, 1, WINDOW)
    async with replicas(redis, company, 1) as [tab]:
        for user in (ADA, BEN):
            await tab.opened(user)
        await company.until(lambda: len(company.at) == 2)
        company.now = "1"
        await tab.turns.pause(WINDOW)
        for user in (ADA, BEN):
            tab.changed(user)
        await redis.delete(KEYS.home(ADA))
        await company.until(lambda: not tab._tasks)
    assert company.shown == {ADA.id: ["0"], BEN.id: ["0", "1"]}


async def test_what_changes_after_a_publication_has_begun_is_in_the_next(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changed before is in this one, whichever process publishes it."""
    turns, began = HomeTurns(redis, KEYS), time.monotonic() - 1
    nothing, taken = HomeTurn(taken=False), HomeTurn(taken=True)
    assert await turns.take(ADA, opened=True, changed_at=began) == nothing
    await turns.opened(ADA)
    assert await turns.take(ADA, opened=True, changed_at=began) == taken
    await asyncio.sleep(0.01)
    changed_at = time.monotonic()
    during = await turns.take(ADA, opened=False, changed_at=changed_at)
    assert during.turn_wait > during.token_wait == 0
    assert await turns.take(ADA, opened=False, changed_at=began) == nothing
    await turns.end(ADA)
    await turns.opened(ADA)
    assert 0 < (await turns.take(ADA, opened=False, changed_at=changed_at)).wait <= 1
    monkeypatch.setattr(people, "HOME_PAUSE_MS", 0)
    assert await turns.take(ADA, opened=False, changed_at=changed_at) == taken
