"""A question whose space is not sure: its thread asks once, with buttons, and stays with the choice."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot.records.progress import Placeholder
from bot.store.keys import SPACE_WAIT_LIFETIME, Keys
from render import words
from render.notices.spaces import CHOOSE_OTHER
from sandbox.slack.state.records import Message
from tests.stories.kill import kill
from tests.stories.privacy import DIRECT
from tests.stories.spaces.three import (
    UNSURE,
    asked_in,
    buttons,
    choose_other,
    company_with_spaces,
    menu,
    offer,
    other_spaces,
    press,
    space_id,
)
from tests.stories.world import ADA, BEN, GENIE, SALES, World, kinds, words_of

pytestmark = pytest.mark.redis


def other_choices(offered: Message) -> dict[str, str]:
    """Return the ids of the spaces that have no button, by their names."""
    return {each["text"]["text"]: each["value"] for each in menu(offered, CHOOSE_OTHER)["options"]}


def told(world: World) -> list[str]:
    """Return what only one person was told."""
    return [each.text for each in world.slack.ephemerals]


async def test_an_unsure_question_is_asked_where_somebody_says(redis_url: str) -> None:
    """Anybody may press, the first press counts, and the thread does not ask again."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(UNSURE)
        offered = await offer(world, thread)
        assert [*buttons(offered)] == ["Finance", "Supply chain", words.changes.WITHDRAW]
        assert world.databricks.questions() == []
        assert other_choices(offered) == {"Sales": space_id(world, "sales")}
        await press(world, offered, "finance", BEN)
        answer = await world.answer(thread)
        assert answer.ts == offered.ts
        assert "Genie space: Finance" in words_of(answer)
        await world.ask("stock by warehouse", thread=thread)
        await world.answer(thread, 2)
        assert asked_in(world) == ["finance", "finance"]
        assert [each for each in told(world) if each] == []


@pytest.mark.slow
async def test_a_space_without_a_button_is_chosen_from_the_menu(redis_url: str) -> None:
    """Where its words say nothing of it."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(UNSURE)
        offered = await offer(world, thread)
        action = menu(offered, CHOOSE_OTHER)["action_id"]
        await world.slack.click(
            ADA, SALES, offered.ts, action, selected_option=other_choices(offered)["Sales"]
        )
        assert "Genie space: Sales" in words_of(await world.answer(thread))
        assert asked_in(world) == ["sales"]


@pytest.mark.parametrize("name", ["finance", pytest.param(f"{GENIE} Supply chain!", marks=pytest.mark.slow)])
async def test_a_reply_with_the_name_of_a_space_chooses_it(redis_url: str, name: str) -> None:
    """It is no question; once a space is chosen, it is one."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(UNSURE)
        await offer(world, thread)
        await world.ask(name, BEN, thread=thread)
        await world.answer(thread)
        assert [each.content for each in world.databricks.questions()] == ["costs last year"]
        assert asked_in(world) == ["finance" if name == "finance" else "supply-chain"]
        await world.ask(f"{GENIE} finance", BEN, thread=thread)
        await world.answer(thread, 2)
        assert [each.content for each in world.databricks.questions()] == ["costs last year", "finance"]


async def test_a_second_press_changes_nothing(redis_url: str) -> None:
    """Two people press at once: one space is asked, once, and the other one is told."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(UNSURE)
        offered = await offer(world, thread)
        await asyncio.gather(
            press(world, offered, "finance", ADA), press(world, offered, "supply-chain", BEN)
        )
        await world.answer(thread)
        assert len(asked_in(world)) == 1
        assert told(world) == [words.spaces.CHOSEN_ALREADY]


async def test_replies_wait_behind_the_choice(redis_url: str) -> None:
    """They are asked after it, in its space, and without buttons of their own."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(UNSURE)
        offered = await offer(world, thread)
        await world.ask(f"{GENIE} by month?", BEN, thread=thread)
        await world.slack.until(lambda: len(world.ours(thread)) == 2)
        await press(world, offered, "finance")
        await world.answer(thread, 2)
        assert asked_in(world) == ["finance", "finance"]
        assert [each.content for each in world.databricks.questions()] == ["costs last year", "by month?"]


async def test_the_choice_survives_the_death_of_the_bot(redis_url: str) -> None:
    """Killed while a question waits, its successor knows the buttons; they are not posted again."""
    async with company_with_spaces(redis_url) as world:
        bot = await world.start_bot()
        thread = await world.ask(UNSURE)
        offered = await offer(world, thread)
        await kill(world, bot)
        await world.start_bot()
        await press(world, offered, "supply-chain")
        await world.answer(thread)
        assert asked_in(world) == ["supply-chain"]
        assert len(world.ours(thread)) == 1


@pytest.mark.slow
async def test_any_replica_takes_the_press(redis_url: str) -> None:
    """Events and presses are spread over two."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        await world.start_bot(PORT="0")
        threads = [await world.ask(UNSURE, user) for user in (ADA, BEN) * 2]
        for thread in threads:
            await press(world, await offer(world, thread), "finance")
        for thread in threads:
            await world.answer(thread)
            assert len(world.ours(thread)) == 1
        assert asked_in(world) == ["finance"] * 4


@pytest.mark.slow
async def test_a_waiting_question_holds_nobody_up(redis_url: str) -> None:
    """It stands outside of the line; and its asker may withdraw it."""
    async with company_with_spaces(redis_url, QUESTIONS_PER_MINUTE="1") as world:
        await world.start_bot()
        waits = await world.ask(UNSURE)
        offered = await offer(world, waits)
        await world.answer(await world.ask(f"{GENIE} revenue by region", BEN))
        await world.slack.click(ADA, SALES, offered.ts, buttons(offered)[words.changes.WITHDRAW])
        await world.slack.until(lambda: world.ours(waits) == [])
        assert asked_in(world) == ["sales"]


@pytest.mark.slow
async def test_new_words_may_say_what_was_not_sure(redis_url: str) -> None:
    """An edit takes the place of the question: its own words find the space, or its name does."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(UNSURE)
        offered = await offer(world, thread)
        await world.slack.edit(ADA, SALES, thread, f"{GENIE} finance: costs last year")
        answer = await world.answer(thread)
        assert answer.ts == offered.ts
        assert asked_in(world) == ["finance"]
        assert world.databricks.questions()[0].content == "costs last year"


async def test_a_choice_that_nobody_makes_ends_in_words(redis_url: str) -> None:
    """After an hour, with a button that asks again."""
    async with company_with_spaces(redis_url) as world:
        bot = await world.start_bot()
        thread = await world.ask(UNSURE)
        await offer(world, thread)
        await kill(world, bot)
        keys = Keys(world.environment["REDIS_PREFIX"])
        async with Redis.from_url(redis_url, decode_responses=True) as redis:
            [waiting] = map(str, await redis.zrange(keys.due, 0, -1))
            await redis.hincrby(keys.question(waiting), "choosing_at", -SPACE_WAIT_LIFETIME)
            # Killed just after the post, the bot may not have saved it.
            await redis.hset(keys.question(waiting), "placeholder", Placeholder.CHOOSING_SPACE)
            await redis.zadd(keys.due, {waiting: 0})
        await world.start_bot()
        ended = await world.answer(thread)
        assert words.spaces.NOT_CHOSEN in words_of(ended)
        await world.slack.click(ADA, SALES, ended.ts, buttons(ended)[words.failures.TRY_AGAIN])
        await press(world, await offer(world, thread), "finance")
        await world.answer(thread, 2)
        assert asked_in(world) == ["finance"]


async def test_the_first_answer_offers_the_other_spaces(redis_url: str) -> None:
    """The same question there has a thread of its own, once; later answers have no such menu."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(f"{GENIE} stock by warehouse")
        answer = await world.answer(thread)
        assert [*other_spaces(answer)] == ["Sales", "Finance"]
        for _ in range(2):
            await choose_other(world, answer, "Finance", BEN)
        await world.asked(2)
        assert asked_in(world) == ["supply-chain", "finance"]
        root = next(each for each in world.slack.workspace.roots(SALES) if each.bot_id)
        assert words_of(root) == words.questions.asked(f"<@{BEN}>", "stock by warehouse")
        there = await world.answer(root.ts)
        assert "Genie space: Finance" in words_of(there)
        assert told(world) == [words.spaces.asked_in("Finance"), words.spaces.ASKED_THERE]
        await world.ask("by product?", thread=thread)
        later = await world.answer(thread, 2)
        assert "data_table" in kinds(later)
        assert other_spaces(later) == {}


@pytest.mark.slow
async def test_one_space_looks_as_before(world: World) -> None:
    """No buttons, no menu, and a word before a colon is a word of the question."""
    thread = await world.ask(f"{GENIE} sales: revenue by region")
    answer = await world.answer(thread)
    assert other_spaces(answer) == {}
    assert world.databricks.questions()[0].content == "sales: revenue by region"


@pytest.mark.slow
async def test_a_private_question_is_chosen_for_in_private(redis_url: str) -> None:
    """The buttons stand in the asker's direct messages, and the thread there stays with the choice."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        await world.slack.command(ADA, SALES, "/genie", "private costs last year")
        root = await world.slack.until(lambda: next(iter(world.slack.workspace.roots(DIRECT)), None))
        await press(world, await offer(world, root.ts, DIRECT), "finance", channel=DIRECT)
        answer = await world.answer(root.ts, channel=DIRECT)
        assert "Genie space: Finance" in words_of(answer)
        await world.ask("by month?", channel=DIRECT, thread=root.ts)
        await world.answer(root.ts, 2, channel=DIRECT)
        assert asked_in(world) == ["finance", "finance"]
