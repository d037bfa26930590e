"""Asking for research: by a word, by the button below an answer, in the form; and stopping it."""

import pytest
from redis.asyncio import Redis

from bot.records.question import Question, Surface
from bot.records.research import deeper
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space
from bot.store.results import Withdrawn
from handlers.actions.research import STOPPED
from handlers.commands.subcommands import FORMS
from handlers.payloads.commands import parse
from render import words
from render.answer.actions import RESEARCH
from render.blockkit.buttons import WITHDRAW, ButtonValue, encode
from render.notices import ask_modal
from render.research.progress import STOP
from tests.unit.handlers.slack_app import (
    ADA,
    BOT,
    CHANNEL,
    KEYS,
    TEAM,
    TS,
    Listeners,
    ResponseUrl,
    command,
    mention,
    press,
)
from tests.unit.handlers.test_shortcuts import asked, filled

pytestmark = pytest.mark.redis

SPACES = Catalog((Space("sales", "01"), Space("finance", "02")))
ID = f"{TEAM}.{CHANNEL}.{TS}"
BEN = "U0BEN"


async def stored(redis: "Redis", question_id: str) -> Question:
    """Return a question."""
    return Question.from_json(str(await redis.hget(KEYS.question(question_id), "question")))


@pytest.mark.parametrize(
    ("text", "researched", "kept"),
    [
        (f"<@{BOT}> research: why?", True, f"<@{BOT}> why?"),
        (f"<@{BOT}>, Research : why?\nAnd how?", True, f"<@{BOT}>, why?\nAnd how?"),
        (f"research: why? <@{BOT}>", True, f"why? <@{BOT}>"),
        (f"<@{BOT}> research: finance: why?", True, f"<@{BOT}> finance: why?"),
        (f"<@{BOT}> research spending by team", False, f"<@{BOT}> research spending by team"),
        (f"<@{BOT}> our research: why?", False, f"<@{BOT}> our research: why?"),
        (f"<@{BOT}> research:", False, f"<@{BOT}> research:"),
    ],
)
async def test_the_word_before_a_colon_asks_for_research(
    text: str,
    researched: bool,  # noqa: FBT001 - a row of the table
    kept: str,
    redis: "Redis",
) -> None:
    """It is no part of the question; without the colon it is."""
    await Listeners(redis).take(mention(text=text))
    question = await stored(redis, ID)
    assert (question.research, question.text) == (researched, kept)


@pytest.mark.parametrize("text", ["finance: research: why?", "research: finance: why?"])
async def test_a_space_may_be_named_before_the_word_or_after_it(text: str, redis: "Redis") -> None:
    """It is the same research in that space, in a message and after `/genie`; of no other word."""
    listeners = Listeners(redis, catalog=SPACES)
    await listeners.take(mention(text=f"<@{BOT}> {text}"))
    await listeners.take(command(text))
    await listeners.take(command(f"private {text}") | {"trigger_id": "1.2.4"})
    for each in await asked(redis):
        named, rest = SPACES.named(each.text)
        assert each.research
        assert (each.space or (named and named.id), rest.split()[-1]) == ("02", "why?")
    await listeners.take(command("our: research: why?") | {"trigger_id": "1.2.5"})
    assert [each.research for each in await asked(redis)].count(False) == 1


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("research", ("research", "")),
        ("research:", ("research", "")),
        ("Research: why did revenue fall?", ("research", "why did revenue fall?")),
        ("research :finance: why?\nSince when?", ("research", "finance: why?\nSince when?")),
        ("research spending by team", (None, "research spending by team")),
        ("revenue: research", (None, "revenue: research")),
    ],
)
def test_the_command_needs_the_colon(text: str, read: tuple[str | None, str]) -> None:
    """Without it the word belongs to the question."""
    assert parse(text, FORMS) == read


async def test_the_command_researches_or_says_what_that_is(redis: "Redis") -> None:
    """With a colon, publicly or privately; alone it explains itself."""
    listeners = Listeners(redis)
    assert (await listeners.take(command("research"))).body == words.research.EXPLAINED
    assert await asked(redis) == []
    assert (await listeners.take(command("research: why?"))).body == words.questions.COMMAND_RECEIVED
    await listeners.take(command("private research: why so?") | {"trigger_id": "1.2.4"})
    found = {each.text: each.research for each in await asked(redis)}
    assert found == {"why?": True, "why so?": True}


@pytest.mark.parametrize("boxes", [[], [{"value": ask_modal.YES}]])
async def test_the_box_of_the_form_asks_for_research(boxes: list[dict[str, str]], redis: "Redis") -> None:
    """Without a tick it is a question like others."""
    body = filled("why?")
    values = body["view"]["state"]["values"]
    values[f"{ask_modal.RESEARCH}:0"] = {ask_modal.RESEARCH: {"selected_options": boxes}}
    await Listeners(redis).take(body)
    [question] = await asked(redis)
    assert question.research is bool(boxes)


async def test_dig_deeper_is_one_research_in_the_thread(redis: "Redis", replies: ResponseUrl) -> None:
    """However often and by whom it is pressed; it says about which answer, in words and by its id."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    await redis.hset(
        KEYS.question(ID), mapping={"text": "revenue < costs?", "space": "01", "state": "delivered"}
    )
    for user, message in ((ADA, "1700000001.000100"), (ADA, "1700000002.000100"), (BEN, "1700000001.000100")):
        body = press(RESEARCH, encode(ButtonValue(ID)), response_url=replies.url)
        body |= {"user": {"id": user, "team_id": TEAM}, "message": {"ts": message, "thread_ts": TS}}
        assert (await listeners.take(body)).status == 200
    question = await stored(redis, deeper(ID))
    assert (question.text, question.deepens) == ("Dig deeper: revenue &lt; costs?", ID)
    assert (question.research, question.space, question.asker) == (True, "01", ADA)
    assert (question.place.thread, question.surface) == (TS, Surface.BUTTON)
    assert replies.texts == [words.research.ALREADY] * 2


async def test_a_thread_that_began_with_research_goes_on_with_it(redis: "Redis") -> None:
    """By a suggestion and from the form, as by a reply; in another thread only the word does that."""
    for word, message in (("research: ", "1700000001.000100"), ("", "1700000002.000100")):
        listeners = Listeners(redis)
        root = TS if word else "1700000003.000100"
        await listeners.take(mention(text=f"<@{BOT}> {word}why?", ts=root))
        told = {"ts": message, "thread_ts": root}
        await listeners.take(press("suggestion:0", encode(ButtonValue("q", "so?")), message=told))
        question = await stored(redis, f"{TEAM}.{CHANNEL}.{message}.suggestion:0")
        assert question.research is bool(word)
    await Listeners(redis).take(filled("and then?"))
    assert [each.research for each in await asked(redis) if each.text == "and then?"] == [True]


async def test_an_answer_that_is_forgotten_is_too_old_to_dig(redis: "Redis", replies: ResponseUrl) -> None:
    """Nothing is asked then."""
    await Listeners(redis).take(press(RESEARCH, encode(ButtonValue("q")), response_url=replies.url))
    assert replies.texts == [words.questions.BUTTON_TOO_OLD]
    assert await asked(redis) == []


@pytest.mark.parametrize(
    ("user", "state", "told", "stopping"),
    [
        (ADA, "asked", None, True),
        (BEN, "asked", words.research.NOT_YOURS, False),
        (ADA, "delivered", words.research.ENDED, False),
    ],
)
async def test_stop_is_for_the_asker_of_what_runs(
    user: str,
    state: str,
    told: str | None,
    stopping: bool,  # noqa: FBT001 - a row of the table
    redis: "Redis",
    replies: ResponseUrl,
) -> None:
    """The message of the run says that it stops; others, and those who are late, are told why not."""
    listeners = Listeners(redis)
    await listeners.take(mention(text=f"<@{BOT}> research: why?"))
    await redis.hset(KEYS.question(ID), "state", state)
    body = press(STOP, encode(ButtonValue(ID)), response_url=replies.url, user={"id": user, "team_id": TEAM})
    await listeners.take(body)
    assert replies.texts == ([told] if told else [])
    assert await redis.hexists(KEYS.question(ID), "stopping") is stopping


@pytest.mark.parametrize("state", ["asking", "asked"])
async def test_who_withdraws_research_reads_that_genie_is_told(
    redis: "Redis", state: str, replies: ResponseUrl
) -> None:
    """Chat mode alone cannot be stopped; by the button and `/genie cancel`, also as a run begins."""
    listeners = Listeners(redis)
    await listeners.take(mention(text=f"<@{BOT}> research: why?"))
    await redis.hset(KEYS.question(ID), "state", state)
    await listeners.take(press(WITHDRAW, encode(ButtonValue(ID)), response_url=replies.url))
    assert replies.texts == [words.research.WITHDRAWN]
    await redis.hdel(KEYS.question(ID), "withdrawn")
    assert (await listeners.take(command("cancel"))).body == words.research.withdrawn("why?")


def test_each_end_of_a_stop_has_words_or_needs_none() -> None:
    """What is not in the table was no run any more."""
    assert {*STOPPED} == {Withdrawn.WAITING, Withdrawn.RUNNING, Withdrawn.NOT_YOURS}
