"""Another chart for an answer, or none: chosen from a menu, drawn in place, remembered in its thread."""

import asyncio
import signal
from typing import Any

import pytest

from render import words
from render.answer.chart_menu import CHART
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.kill import kill
from tests.stories.world import ADA, ANSWER_SECONDS, BEN, GENIE, OWN_CHARTS, SALES, World, company, kinds

pytestmark = pytest.mark.redis

QUESTION = "revenue by region last year"
BARS, DONUT, NONE = (words.charts.LABELS[kind] for kind in ("bar", "donut", "off"))


def menu(message: Message) -> dict[str, Any]:
    """Return the chart menu of an answer."""
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    [found] = [each for each in elements if str(each.get("action_id")).startswith(f"{CHART}:")]
    return dict(found)


def offered(message: Message) -> dict[str, str]:
    """Return the values of the menu by what stands there."""
    return {option["text"]["text"]: option["value"] for option in menu(message)["options"]}


def stands(message: Message) -> str:
    """Return what the menu shows as chosen."""
    return str(menu(message)["initial_option"]["text"]["text"])


def drawn(message: Message) -> str:
    """Say what the picture of an answer shows; empty when it has none."""
    return next((str(block["alt_text"]) for block in message.blocks if block["type"] == "image"), "")


def now(world: World, message: Message) -> Message:
    """Return an answer as it is now."""
    return world.slack.workspace.message(SALES, message.ts)


async def answered(world: World, question: str = QUESTION) -> tuple[str, Message]:
    """Ask; return the thread and the answer with its picture."""
    asked = await world.ask(f"{GENIE} {question}")
    answer = await world.answer(asked)
    await world.chart(answer)
    return asked, now(world, answer)


async def choose(world: World, answer: Message, label: str, user: str = BEN) -> None:
    """Choose from the menu."""
    found = menu(answer)["action_id"]
    await world.slack.click(user, SALES, answer.ts, found, selected_option=offered(answer)[label])


async def until_chosen(world: World, answer: Message, label: str, within: float = ANSWER_SECONDS) -> Message:
    """Wait until an answer shows what was chosen."""
    await world.slack.until(lambda: stands(now(world, answer)) == label or None, within)
    return now(world, answer)


async def test_a_chart_is_drawn_in_another_way(world: World) -> None:
    """The same message shows it, without a question to Genie; "Table only" takes it away."""
    _, answer = await answered(world)
    assert drawn(answer).startswith("Bar chart")
    assert stands(answer) == words.charts.AUTOMATIC
    await choose(world, answer, DONUT)
    assert drawn(await until_chosen(world, answer, DONUT)).startswith("Donut chart")
    await choose(world, answer, NONE)
    bare = await until_chosen(world, answer, NONE)
    assert drawn(bare) == ""
    assert "data_table" in kinds(bare)
    await choose(world, answer, words.charts.AUTOMATIC)
    assert drawn(await until_chosen(world, answer, words.charts.AUTOMATIC)) == drawn(answer)
    assert len(world.databricks.questions()) == 1


async def test_a_choice_counts_for_what_is_asked_next_in_the_thread(redis_url: str) -> None:
    """After a restart, too, and in no other thread."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        bot = await world.start_bot()
        asked, answer = await answered(world)
        await choose(world, answer, DONUT)
        await until_chosen(world, answer, DONUT)
        await bot.end(signal.SIGTERM)
        await world.start_bot()
        await world.ask("units by region last year", thread=asked)
        later = await world.answer(asked, 2)
        await world.chart(later)
        assert drawn(now(world, later)).startswith("Donut chart")
        assert stands(later) == DONUT
        _, elsewhere = await answered(world)
        assert stands(elsewhere) == words.charts.AUTOMATIC


async def test_of_two_choices_at_once_the_last_one_stands(world: World) -> None:
    """Menu and picture agree, and the thread remembers the same."""
    asked, answer = await answered(world)
    for _ in range(3):
        await asyncio.gather(choose(world, answer, DONUT, ADA), choose(world, answer, NONE, BEN))
    await choose(world, answer, BARS, ADA)
    await choose(world, answer, DONUT, BEN)
    shown = await until_chosen(world, answer, DONUT)
    await world.ask("units by region last year", thread=asked)
    later = await world.answer(asked, 2)
    assert stands(later) == DONUT
    assert drawn(now(world, shown)).startswith("Donut chart")
    assert stands(now(world, shown)) == DONUT


@pytest.mark.slow
async def test_a_kill_while_drawing_leaves_the_choice_standing(redis_url: str) -> None:
    """The next process draws what was chosen."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        bot = await world.start_bot()
        _, answer = await answered(world)
        world.slack.faults.add(Fault(path="*/files.getUploadURLExternal", delay=3.0))
        await choose(world, answer, DONUT)
        await kill(world, bot)
        await world.start_bot()
        assert drawn(await until_chosen(world, answer, DONUT)).startswith("Donut chart")


async def test_what_cannot_be_drawn_now_leaves_the_answer_as_it_is(redis_url: str) -> None:
    """Whoever chose is told privately, and may choose again."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        await world.start_bot()
        _, answer = await answered(world)
        full = '{"ok": false, "error": "storage_limit_reached"}'
        refusal = Fault(path="*/files.getUploadURLExternal", status=200, body=full)
        world.slack.faults.add(refusal)
        await choose(world, answer, DONUT)
        [told] = await world.slack.until(lambda: world.slack.ephemerals or None)
        assert (told.for_user, told.text) == (BEN, words.charts.NOT_DRAWN)
        assert now(world, answer) == answer
        await choose(world, answer, DONUT)
        assert drawn(await until_chosen(world, answer, DONUT)).startswith("Donut chart")


@pytest.mark.slow
async def test_a_chart_that_stands_beside_its_answer_makes_way(redis_url: str) -> None:
    """In a rush charts stand below their answers; the one that is chosen stands in the answer, alone."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        await world.start_bot()
        refusal = Fault(path="*/files.info", status=200, body='{"ok": false, "error": "missing_scope"}')
        world.slack.faults.add(refusal)
        asked = await world.ask(f"{GENIE} {QUESTION}")
        answer = await world.answer(asked)
        beside = await world.slack.until(
            lambda: next((each for each in world.ours(asked) if each.files), None)
        )
        await choose(world, answer, DONUT)
        assert drawn(await until_chosen(world, answer, DONUT)).startswith("Donut chart")
        await world.slack.until(lambda: not now(world, beside).files or None)


@pytest.mark.slow
async def test_genies_own_chart_is_one_of_the_choices(redis_url: str) -> None:
    """It is what the bot shows unasked; ours goes before it once somebody chose that."""
    async with company(redis_url) as world:
        await world.start_bot()
        _, answer = await answered(world)
        assert list(offered(answer))[:2] == [words.charts.AUTOMATIC, words.charts.GENIES]
        await choose(world, answer, BARS)
        assert drawn(await until_chosen(world, answer, BARS)).startswith("Bar chart")
        await choose(world, answer, words.charts.GENIES)
        assert drawn(await until_chosen(world, answer, words.charts.GENIES)) == drawn(answer)


@pytest.mark.slow
async def test_a_single_number_has_no_menu(redis_url: str) -> None:
    """Where the data allow one form only there is nothing to choose."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        await world.start_bot()
        asked = await world.ask(f"{GENIE} how many orders last year")
        answer = await world.answer(asked)
        assert words.charts.AUTOMATIC not in str(answer.blocks)
