"""Several spaces: each question goes to the one that is meant, and its thread stays there."""

import pytest
from redis.asyncio import Redis

from bot.store.keys import Keys
from bot.store.spaces import SpaceStore
from render import words
from sandbox.databricks import Rights
from tests.stories.kill import kill
from tests.stories.spaces.three import (
    FINANCE_CHANNEL,
    asked_in,
    company_with_spaces,
    offer,
    space_id,
)
from tests.stories.world import ADA, GENIE, SALES, kinds, words_of

pytestmark = pytest.mark.redis

OVERDUE = "How much do we owe in overdue invoices?"


async def test_the_words_of_a_question_find_its_space(redis_url: str) -> None:
    """Without a model; each answer names its space, and what is asked below it goes on there."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        sales = await world.ask(f"{GENIE} revenue by region last year")
        assert "Genie space: Sales" in words_of(await world.answer(sales))
        finance = await world.ask(f"{GENIE} {OVERDUE}")
        assert "Genie space: Finance" in words_of(await world.answer(finance))
        await world.ask("and by vendor?", thread=finance)
        answer = await world.answer(finance, 2)
        assert "data_table" in kinds(answer)
        assert "Genie space: Finance" in words_of(answer)
        assert asked_in(world) == ["sales", "finance", "finance"]
        conversations = [each.conversation_id for each in world.databricks.questions()]
        assert conversations[1] == conversations[2]


async def test_a_question_names_its_space(redis_url: str) -> None:
    """After a mention and after the command, whatever its words are about; the name is not asked."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        await world.answer(await world.ask(f"{GENIE} Finance: spending by vendor and products we sell"))
        await world.slack.command(ADA, SALES, "/genie", "supply-chain: revenue by region")
        await world.asked(2)
        await world.answer(await world.ask(f"{GENIE} margin: by region"))
        assert asked_in(world) == ["finance", "supply-chain", "sales"]
        asked = [each.content for each in world.databricks.questions()]
        assert asked == ["spending by vendor and products we sell", "revenue by region", "margin: by region"]
        root = next(each for each in world.slack.workspace.roots(SALES) if each.bot_id)
        assert words_of(root) == words.questions.asked(f"<@{ADA}>", "revenue by region")


@pytest.mark.slow
async def test_a_named_space_counts_for_one_question_of_a_thread(redis_url: str) -> None:
    """The thread keeps its own, and each has its conversation there."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(f"{GENIE} revenue by region last year")
        await world.answer(thread)
        for number, text in enumerate(
            ("finance: spending by vendor", "by product?", "finance: by department?"), 2
        ):
            await world.ask(f"{GENIE} {text}", thread=thread)
            await world.answer(thread, number)
        assert asked_in(world) == ["sales", "finance", "sales", "finance"]
        first, second, third, fourth = (each.conversation_id for each in world.databricks.questions())
        assert (first, second) == (third, fourth)
        assert first != second


async def test_a_bound_channel_asks_its_space(redis_url: str) -> None:
    """What names no space is asked there; a name still counts, and other channels are not bound."""
    async with company_with_spaces(redis_url) as world:
        async with Redis.from_url(redis_url, decode_responses=True) as redis:
            store = SpaceStore(redis, Keys(world.environment["REDIS_PREFIX"]))
            team = world.slack.workspace.team_id
            await store.bind(team, FINANCE_CHANNEL, space_id(world, "finance"))
        await world.start_bot()
        revenue, named = f"{GENIE} revenue by region", f"{GENIE} sales: revenue by region"
        await world.answer(await world.ask(revenue, channel=FINANCE_CHANNEL), channel=FINANCE_CHANNEL)
        await world.answer(await world.ask(named, channel=FINANCE_CHANNEL), channel=FINANCE_CHANNEL)
        await world.answer(await world.ask(revenue))
        assert asked_in(world) == ["finance", "sales", "sales"]


@pytest.mark.slow
async def test_a_private_question_finds_its_space(redis_url: str) -> None:
    """As one in a channel does; and a named one."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        await world.slack.command(ADA, SALES, "/genie", "private freight by carrier last year")
        await world.asked(1)
        await world.slack.command(ADA, SALES, "/genie", "private finance: spending by vendor")
        await world.asked(2)
        assert asked_in(world) == ["supply-chain", "finance"]
        assert world.databricks.questions()[1].content == "spending by vendor"


async def test_a_space_that_refuses_the_bot_is_named_and_is_not_offered(redis_url: str) -> None:
    """The others serve; what could be asked there is asked in another one only if its words say so.

    Asked by name, it refuses in words that name it, too.
    """
    async with company_with_spaces(redis_url, rights=Rights(closed_spaces=frozenset({"Finance"}))) as world:
        bot = await world.start_bot()
        [line] = [each for each in bot.log if "space.refused" in each]
        assert "GENIE_SPACES finance" in line
        assert "CAN RUN" in line
        thread = await world.ask(f"{GENIE} {OVERDUE}")
        offered = await offer(world, thread)
        assert "Finance" not in words_of(offered)
        assert "Sales" in words_of(offered)
        await world.answer(await world.ask(f"{GENIE} stock by warehouse"))
        assert asked_in(world) == ["supply-chain"]
        refused = await world.answer(await world.ask(f"{GENIE} finance: spending by vendor"))
        assert words_of(refused) == f"{words.failures.FORBIDDEN}\n{words.answer.in_space('finance')}"


@pytest.mark.slow
async def test_an_unknown_space_among_others_does_not_stop_the_start(redis_url: str) -> None:
    """It is named, with what to check; asked there by name, the asker reads that it is not there."""
    async with company_with_spaces(redis_url) as world:
        gone = "01ef" + 28 * "0"
        world.environment["GENIE_SPACES"] += f"\nlegacy = {gone}"
        bot = await world.start_bot()
        [line] = [each for each in bot.log if "space.refused" in each]
        assert f"GENIE_SPACES legacy ({gone}) does not exist" in line
        told = await world.answer(await world.ask(f"{GENIE} legacy: revenue by region"))
        assert "data_table" not in kinds(told)


async def test_one_limit_holds_for_all_spaces(redis_url: str) -> None:
    """Databricks counts by workspace: with two questions a minute the third waits, wherever it is asked."""
    async with company_with_spaces(redis_url, QUESTIONS_PER_MINUTE="2") as world:
        await world.start_bot()
        texts = ("revenue by region", "spending by vendor", "stock by warehouse")
        threads = [await world.ask(f"{GENIE} {text}") for text in texts]

        def said() -> list[str]:
            return sorted(words_of(each) for thread in threads for each in world.ours(thread))

        await world.slack.until(lambda: sum("Genie space: " in each for each in said()) == 2)
        await world.slack.until(lambda: sum(" in line, about " in each for each in said()) == 1)
        assert len(asked_in(world)) == 2


async def test_the_help_introduces_the_spaces(redis_url: str) -> None:
    """With the title and the description that Genie has of each, and how to name it."""
    async with company_with_spaces(redis_url) as world:
        await world.start_bot()
        said = words_of(await world.answer(await world.ask(GENIE)))
        assert words.spaces.LISTED in said
        assert "*Supply chain* (`supply-chain: your question`) – Stock in our warehouses" in said
        await world.slack.command(ADA, SALES, "/genie", "help")
        assert "*Finance* (`finance: your question`)" in words_of(world.slack.ephemerals[-1])


@pytest.mark.slow
async def test_threads_from_before_go_on_in_their_space(redis_url: str) -> None:
    """A bot of one space becomes one of three; a space that is taken away leaves threads to the others."""
    async with company_with_spaces(redis_url) as world:
        several = world.environment["GENIE_SPACES"]
        bot = await world.start_bot(GENIE_SPACE=space_id(world, "finance"), GENIE_SPACES="")
        thread = await world.ask(f"{GENIE} spending by vendor")
        await world.answer(thread)
        await kill(world, bot)
        bot = await world.start_bot()
        await world.ask("by month?", thread=thread)
        await world.answer(thread, 2)
        first, second = world.databricks.questions()
        assert (first.conversation_id, asked_in(world)) == (second.conversation_id, ["finance"] * 2)
        await kill(world, bot)
        left = [line for line in several.splitlines() if not line.startswith("finance")]
        await world.start_bot(GENIE_SPACES="\n".join(left))
        await world.ask("revenue by region", thread=thread)
        assert "Genie space: Sales" in words_of(await world.answer(thread, 3))
