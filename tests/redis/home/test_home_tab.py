"""When a person's Home tab is published: when it is opened, and while it is, but no more than needed."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from slack_sdk.errors import SlackApiError

from bot.home import tab as tab_module
from bot.home.tab import HomeTab
from bot.identity.model import SlackUser
from bot.replies import asker_guard
from bot.slack.api import SlackError, SlackRefused, SlackUnreachable
from bot.slack.users import Person
from bot.store import people
from bot.store.limiter import Rate
from bot.store.people import HomeTurn, HomeTurns
from bot.store.queue import Queue
from render import words
from render.home.model import HomeContent, SpaceCard
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis

ADA = SlackUser("T1", "UADA")


def busy(seconds: float) -> SimpleNamespace:
    """Return the answer of a Slack that wants no call for so long."""
    headers = {"Retry-After": str(seconds)}
    return SimpleNamespace(status_code=429, data={"error": "ratelimited"}, headers=headers)


class Company:
    """A Slack that keeps what is published, with what there is to see of a person at each moment."""

    def __init__(self) -> None:
        self.now = "0"
        self.published: list[str] = []
        self.known, self.refusals, self.refusal = True, 0, busy(0.1)
        self.asks: list[SlackError] = []
        self.takes = asyncio.Event()
        self.takes.set()

    async def views_publish(self, *, user_id: str, view: dict[str, Any]) -> Any:
        """Take a view when Slack takes views, unless it wants fewer."""
        await self.takes.wait()
        if self.refusals:
            self.refusals -= 1
            raise SlackApiError("refused", self.refusal)  # type: ignore[no-untyped-call]
        assert user_id == ADA.id
        self.published.append(str(view["blocks"][0]["text"]["text"]))
        return SimpleNamespace(data={"ok": True})

    async def of(self, _user: SlackUser) -> HomeContent:
        """Return what there is to see now, in its title."""
        return HomeContent(spaces=(SpaceCard(id="s", title=self.now),))

    async def remembered(self, _team: str, users: list[str]) -> dict[str, Person]:
        """Tell whom the bot has met; of the others that Slack has not said who they are."""
        return dict.fromkeys(users, Person("Ada") if self.known else Person())

    async def known_person(self, _team: str, _user: str) -> Person:
        """Say who it is, unless there is an error left."""
        if self.asks:
            raise self.asks.pop(0)
        self.known = True
        return Person("Ada")

    async def rejection(self, *_who: str, external: bool) -> None:
        """Let everybody ask; nobody is of another company."""
        assert not external

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something that was published."""
        async with asyncio.timeout(20):
            while not condition():  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.005)


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> Company:
    """Have a Slack, and less time between two publications."""
    monkeypatch.setattr(people, "HOME_PAUSE_MS", 200)
    return Company()


@asynccontextmanager
async def replica(redis: "Redis", company: Company) -> AsyncIterator[HomeTab]:
    """Run what one process does for Home tabs."""
    fake = cast("Any", company)
    tab = HomeTab(slack=fake, turns=HomeTurns(redis, KEYS), contents=fake, users=fake, guard=fake)
    async with tab:
        yield tab


async def test_a_tab_that_nobody_opened_is_not_published(redis: "Redis", company: Company) -> None:
    """Whatever changes."""
    async with replica(redis, company) as tab:
        tab.changed(ADA)
        await company.until(lambda: not tab._tasks)
    assert company.published == []


async def test_only_who_has_the_tab_open_is_told_of(redis: "Redis") -> None:
    """The script that saves a step says so: a question costs no other look, whichever process has the tab."""
    bot, told, turns = Bot(redis), list[SlackUser](), HomeTurns(redis, KEYS)
    bot.queue = Queue(redis, KEYS, Rate(20, 60), "worker", 0, told.append)
    for name, asker in (("1", ADA.id), ("2", "UBEN")):
        await bot.questions.accept(question(name, asker))
    await turns.opened(ADA)
    await bot.announce()
    assert told == [ADA]
    for lease in await bot.granted():
        await bot.answer(lease)
    assert told == [ADA] * 3


async def test_a_tab_that_opens_while_a_change_is_looked_at_is_published(
    redis: "Redis", company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look at whether it is open came a moment too early."""
    looked, opened, take = asyncio.Event(), asyncio.Event(), HomeTurns.take

    async def late_reply(turns: HomeTurns, user: SlackUser, **how: Any) -> HomeTurn:
        found = await take(turns, user, **how)
        looked.set()
        await opened.wait()
        return found

    monkeypatch.setattr(HomeTurns, "take", late_reply)
    async with replica(redis, company) as tab:
        tab.changed(ADA)
        await looked.wait()
        await tab.opened(ADA)
        opened.set()
        await company.until(lambda: company.published == ["0"])


async def test_many_changes_are_few_publications_and_the_last_is_the_newest(
    redis: "Redis", company: Company
) -> None:
    """Also while Slack takes long, and in two processes at a time."""
    async with replica(redis, company) as one, replica(redis, company) as two:
        await one.opened(ADA)
        await company.until(lambda: company.published == ["0"])
        company.takes.clear()
        for number in range(1, 21):
            company.now = str(number)
            (one if number % 2 else two).changed(ADA)
            await asyncio.sleep(0.01)
        company.takes.set()
        await company.until(lambda: not (one._tasks or two._tasks))
    assert company.published[-1] == "20"
    assert len(company.published) <= 5


async def test_a_slack_that_wants_fewer_calls_gets_the_view_later(redis: "Redis", company: Company) -> None:
    """After the pause that it asks for."""
    company.refusals = 2
    async with replica(redis, company) as tab:
        await tab.opened(ADA)
        await company.until(lambda: company.published == ["0"])


async def test_no_process_publishes_while_slack_wants_no_call(redis: "Redis", company: Company) -> None:
    """One of them has heard it; the turn is nobody's meanwhile."""
    company.refusal, company.refusals = busy(60), 1
    async with replica(redis, company) as one, replica(redis, company) as two:
        await one.opened(ADA)
        await company.until(lambda: not company.refusals)
        ben = SlackUser("T1", "UBEN")
        await two.opened(ben)
        turn = await two.turns.take(ben, opened=True, changed_at=time.monotonic())
        assert 55 < turn.token_wait <= 60
        await company.until(lambda: one._lines[True].locked() and two._lines[True].locked())
        assert not await redis.exists(KEYS.home_turn(ADA))
        await redis.delete(KEYS.closed("slack:views.publish"))
    assert company.published == []


async def test_what_could_not_be_read_is_published_when_redis_is_back(
    redis: "Redis", company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not wait for the next change."""
    monkeypatch.setattr(tab_module, "PAUSE_SECONDS", 0.01)
    read, errors = company.of, [ConnectionError("away"), ConnectionError("away")]

    async def of(user: SlackUser) -> HomeContent:
        if errors:
            raise errors.pop()
        return await read(user)

    monkeypatch.setattr(company, "of", of)
    async with replica(redis, company) as tab:
        await tab.opened(ADA)
        await company.until(lambda: company.published == ["0"])


@pytest.mark.parametrize(("refusals", "published"), [(1, ["0"]), (2, [])])
async def test_a_view_that_slack_did_not_take_is_shown_once_more(
    redis: "Redis", company: Company, refusals: int, published: list[str]
) -> None:
    """What stands there may be that the tab loads; a Slack that is away is not asked for ever."""
    company.refusal, company.refusals = SimpleNamespace(status_code=503, data={}, headers={}), refusals
    async with replica(redis, company) as tab:
        await tab.opened(ADA)
        await company.until(lambda: not tab._tasks)
    assert (company.refusals, company.published) == (0, published)


async def test_who_is_not_known_yet_sees_no_space_before(redis: "Redis", company: Company) -> None:
    """Slack is asked in between, and may say that it is a guest."""
    company.known = False
    async with replica(redis, company) as tab:
        await tab.opened(ADA)
        await company.until(lambda: company.published == [words.home.LOADING, "0"])


async def test_who_is_not_known_sees_no_space_until_slack_says_who_it_is(
    redis: "Redis", company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked again, for as long as the tab is open."""
    monkeypatch.setattr(tab_module, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(asker_guard, "ASKS", 1)
    company.known, company.asks = False, [SlackUnreachable("slow"), SlackUnreachable("slow")]
    async with replica(redis, company) as tab:
        await tab.opened(ADA)
        await company.until(lambda: company.published[-1:] == ["0"])
    assert company.published == [words.home.LOADING, "0"]


async def test_who_slack_refuses_to_describe_is_judged_without(redis: "Redis", company: Company) -> None:
    """As with a question: the tab does not load for ever."""
    company.known, company.asks = False, [SlackRefused("missing_scope")]
    async with replica(redis, company) as tab:
        await tab.opened(ADA)
        await company.until(lambda: company.published == [words.home.LOADING, "0"])


async def test_a_process_that_died_keeps_nobody_waiting(redis: "Redis", company: Company) -> None:
    """Its turn ends by itself."""
    await redis.set(KEYS.home_turn(ADA), 1, px=300)
    async with replica(redis, company) as tab:
        await tab.opened(ADA)
        await company.until(lambda: company.published == ["0"])


async def test_a_process_that_ends_without_redis_waits_for_no_tab(
    redis: "Redis", company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the turn of a publication that is under way cannot be given back."""
    publishing = asyncio.Event()

    async def views_publish(**_view: object) -> None:
        publishing.set()
        await asyncio.Event().wait()

    async def end(_turns: HomeTurns, _user: SlackUser) -> None:
        raise RedisConnectionError

    monkeypatch.setattr(company, "views_publish", views_publish)
    monkeypatch.setattr(HomeTurns, "end", end)
    async with asyncio.timeout(1), replica(redis, company) as tab:
        await tab.opened(ADA)
        await publishing.wait()
