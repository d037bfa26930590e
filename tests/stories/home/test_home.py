"""The Home tab: what a person finds there before and after asking, and what can be done from it."""

import asyncio
import signal
import time

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from render import words
from render.home.view import STARTER, WITHDRAW
from tests.stories.home.at_home import elements, home, open_home, press, said, shows
from tests.stories.world import ADA, BEN, GENIE, OWN_CHARTS, SALES, World, company, texts

pytestmark = pytest.mark.redis

GUEST = "U0GINA0011"

QUESTION = "revenue by region last year"


async def test_before_any_question_it_says_how_to_ask(world: World) -> None:
    """With the title of the space, and the settings as they are."""
    text = await open_home(world, words.home.NOTHING_ASKED)
    assert words.home.WELCOME in text
    assert words.home.IN_THREAD in text
    assert words.home.ADMIN_TITLE not in text


async def test_questions_are_listed_with_links_to_their_threads(world: World) -> None:
    """A person's own alone, each once, while the tab stays open and after it is opened again."""
    await open_home(world, words.home.NOTHING_ASKED)
    thread = await world.ask(f"{GENIE} {QUESTION}")
    answer = await world.answer(thread)
    await world.ask(f"{GENIE} orders by month", BEN)
    text = await shows(world, words.home.ANSWERED)
    assert text.count(QUESTION) == 1
    assert "orders by month" not in text
    [link] = [each["url"] for each in elements(home(world)) if "url" in each]
    client = AsyncWebClient(token=world.slack.bot_token, base_url=world.slack.api_url)
    told = await client.chat_getPermalink(channel=answer.channel, message_ts=answer.ts)
    assert link == told["permalink"]


@pytest.mark.slow
async def test_it_is_right_after_a_restart(redis_url: str) -> None:
    """Another process shows the same, without asking Slack or Genie about anything."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        first = await world.start_bot()
        await world.answer(await world.ask(f"{GENIE} {QUESTION}"))
        before = await open_home(world, QUESTION)
        await first.end(signal.SIGKILL)
        world.slack.workspace.homes.clear()
        await world.start_bot()
        calls, requests = len(world.slack.request_log), len(world.databricks.request_log)
        assert await open_home(world, QUESTION) == before
        assert [each.method for each in world.slack.request_log[calls:]] == ["views.publish"]
        assert len(world.databricks.request_log) == requests


@pytest.mark.slow
async def test_either_of_two_replicas_keeps_it_up_to_date(redis_url: str) -> None:
    """Whichever answers; no more than once a second, and the last view is the newest."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        await world.start_bot()
        await world.start_bot(PORT="0")
        await open_home(world, words.home.NOTHING_ASKED)
        since = time.monotonic()
        for number in range(6):
            await world.ask(f"{GENIE} {QUESTION} {number}")
        await world.slack.until(lambda: said(world).count(words.home.ANSWERED) == 6)
        published = [each for each in world.slack.request_log if each.method == "views.publish"]
        assert len(published) <= 3 + time.monotonic() - since


async def test_a_question_that_waits_can_be_withdrawn(redis_url: str) -> None:
    """It leaves the tab, its placeholder leaves the channel, and Genie is not asked."""
    once = OWN_CHARTS | {"question_limit": 1}
    async with company(redis_url, databricks=once, QUESTIONS_PER_MINUTE="1") as world:
        await world.start_bot()
        await world.ask(f"{GENIE} {QUESTION}", BEN)
        await world.asked()
        thread = await world.ask(f"{GENIE} orders by month")
        await world.slack.until(lambda: world.ours(thread))
        assert words.home.WAITS in await open_home(world, "orders by month")
        await press(world, WITHDRAW)
        await shows(world, words.home.NOTHING_ASKED)
        await world.slack.until(lambda: not world.ours(thread))
        assert len(world.databricks.questions()) == 1


async def test_a_starter_is_asked_in_direct_messages(redis_url: str) -> None:
    """Nobody else sees it, the tab leads there, and a double press asks once."""
    async with company(redis_url, databricks=OWN_CHARTS, STARTER_QUESTIONS=QUESTION) as world:
        await world.start_bot()
        await open_home(world, QUESTION)
        view = home(world)
        [starter] = [each for each in elements(view) if each["action_id"].startswith(STARTER)]
        before = set(world.slack.workspace.messages[SALES])
        await asyncio.gather(
            *(world.slack.click_in_view(ADA, view.id, starter["action_id"]) for _ in range(2))
        )
        text = await shows(world, words.home.ANSWERED)
        assert words.home.PRIVATE_TITLE in text
        assert words.home.RECENT_TITLE not in text
        assert set(world.slack.workspace.messages[SALES]) == before
        assert len(world.databricks.questions()) == 1


async def test_no_question_can_forge_what_the_tab_says(world: World) -> None:
    """Mentions, links and formatting in a question are its letters."""
    hostile = "revenue &lt;!channel&gt; &lt;https://evil.example|bank&gt; *bold* `code`\n&gt; quote by region"
    await world.answer(await world.ask(f"{GENIE} {hostile}"))
    text = await open_home(world, "evil.example")
    for forged in ("<!channel>", "<https://evil.example", "*bold*", "`code`"):
        assert forged not in text


async def test_who_is_not_answered_sees_nothing_else(world: World) -> None:
    """Not for a moment, also where Slack has not said yet who it is."""
    await open_home(world, words.questions.GUEST, GUEST)
    shown = [
        [*texts(each.arguments["view"]["blocks"])]
        for each in world.slack.request_log
        if each.method == "views.publish"
    ]
    assert shown == [[words.home.LOADING], [words.questions.GUEST]]
