"""Which words after `/genie` are a subcommand, and which a question."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from bot.config.spaces import RESERVED
from bot.records.job import Stage
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space, SpaceInfo
from handlers.commands.subcommands import BY_NAME, FORMS, SUBCOMMANDS
from handlers.payloads.commands import END, Argument, parse
from render import words
from render.notices.help import help_reply
from tests.unit.handlers.slack_app import ADA, CHANNEL, KEYS, TEAM, Listeners, command

ALONE = sorted(name for name, row in BY_NAME.items() if row.argument is Argument.NOTHING and name)

QUESTIONS = """
new customers by month
New customers, please
new vs returning customers
newest orders
spaces per office
spaces left in the parking garage
use of warehouse by team
use finance data for the report
use cases by customer
use tax by state last year
used cars sold
user growth
history of orders by region
history of churn, by month
historical revenue
cancel rate
cancel rate by region?
cancellations last month
cancelled orders
canceled orders by reason
quiet hours by store
quiet quarters since 2020
quietest store
listen time per listener
listeners by month
status of order 17
status by order
status code counts
statuses of orders
forget rate of passwords
forgotten baskets by month
forget me not sales
sign-in events by day
sign in rate by app
sign-ins yesterday
sign-out times
sign out events
sign up conversion
signin failures
signups by channel
help desk tickets by month
help tickets
helpdesk load
asks per bid
asked questions by topic
asking price by region
privately held companies
privacy requests by month
what is new
how do I cancel an order
can you help me with revenue
revenue by status
please cancel
new: customers
cancel, then new
finance: new customers
help: desk tickets
"""


@pytest.mark.parametrize("text", [line for line in QUESTIONS.splitlines() if line])
def test_a_subcommand_with_other_words_is_a_question(text: str) -> None:
    """As it was typed, whatever it begins with."""
    assert parse(f" {text}  ", FORMS) == (None, text)


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("written", ["{}", "  {} ", "{}.", "{}!", "{} ?", "{}…"])
def test_a_subcommand_alone_counts(name: str, written: str) -> None:
    """In letters of any size, with what ends a sentence or blanks around it."""
    assert parse(written.format(name), FORMS) == (name, "")
    assert parse(written.format(name.upper().replace(" ", "   ")), FORMS) == (name, "")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ("", "")),
        (" ? ", ("", "")),
        ("ask", ("ask", "")),
        ("ask cancel", ("ask", "cancel")),
        ("ask help", ("ask", "help")),
        ("ask ask price by day", ("ask", "ask price by day")),
        ("ASK private equity deals", ("ask", "private equity deals")),
        ("ask  new customers\nby month ", ("ask", "new customers\nby month")),
        ("private", ("private", "")),
        ("private revenue by region?", ("private", "revenue by region?")),
        ("Private\nrevenue", ("private", "revenue")),
        ("private cancel", ("private", "cancel")),
        ("use", ("use", "")),
        ("use finance", ("use", "finance")),
        ("Use  Supply-Chain.", ("use", "Supply-Chain")),
        ("use off", ("use", "off")),
        ("forget me", ("forget me", "")),
    ],
)
def test_an_argument_is_what_follows(text: str, read: tuple[str, str]) -> None:
    """`ask` always asks, and `private` privately, whatever the question begins with."""
    assert parse(text, FORMS) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("pick", ("pick", "")),
        ("pick finance", ("pick", "finance")),
        ("Pick Finance.", ("pick", "Finance")),
        ("pick finance by month", (None, "pick finance by month")),
    ],
)
def test_one_word_is_the_argument_of_some(text: str, read: tuple[str | None, str]) -> None:
    """With two it is a question."""
    assert parse(text, {"pick": Argument.WORD}) == read


@given(st.sampled_from(sorted(FORMS)), st.text(max_size=40))
def test_nothing_of_a_question_is_lost(name: str, more: str) -> None:
    """What is read is a subcommand alone, or all of the words, but for the name before an own argument."""
    text = f"{name} {more}"
    read, argument = parse(text, FORMS)
    if read is None:
        assert argument == text.strip()
    elif argument:
        assert FORMS[read] is not Argument.NOTHING
        assert text.strip().lower().startswith(read)
        assert text.strip().rstrip(END).endswith(argument.rstrip(END))
    else:
        assert " ".join(text.lower().split()).rstrip(END) == read


@given(st.sampled_from(ALONE), st.from_regex(r"[a-z]{1,9}( [a-z]{1,9}){0,4}", fullmatch=True))
def test_no_word_beside_a_subcommand_is_dropped(name: str, more: str) -> None:
    """Whatever follows one that takes nothing, it is a question."""
    text = f"{name} {more}"
    expected = (text, "") if text in FORMS else (None, text)
    assert parse(text, FORMS) == expected


def test_each_name_belongs_to_one_subcommand() -> None:
    """No row hides another one."""
    names = [name for row in SUBCOMMANDS for name in (row.name, *row.aliases)]
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name in names)


def lines(body: str) -> list[str]:
    """Return the forms that a help lists."""
    text = json.loads(body)["text"]
    return [line.split("`")[1].removeprefix("/genie ") for line in text.splitlines() if line.startswith("•")]


@pytest.mark.redis
async def test_help_shows_only_what_there_is(redis: "Redis") -> None:
    """Signing in where people do, in the order of the table."""
    plain = ["ask …", "private …", "research: …", "new", "watches", "schedule each morning: …", "history"]
    plain += ["cancel", "quiet", "listen", "status", "forget", "forget me"]
    for text in ("", "help", "Help!"):
        assert lines((await Listeners(redis).take(command(text))).body) == plain
    signing_in = await Listeners(redis, as_users=True).take(command("help"))
    assert lines(signing_in.body) == [*plain, "sign-in", "sign-out"]
    by_mention = help_reply((), as_users=True).text.splitlines()
    by_command = json.loads(signing_in.body)["text"].splitlines()
    assert {*by_mention} & {*by_command} == {*words.commands.signing_in()}


SPACES = Catalog([Space("sales", "01a"), Space("finance", "01b", "invoices")])


@pytest.mark.redis
@pytest.mark.parametrize(("admins", "more"), [((), ["spaces"]), ((ADA,), ["spaces", "use …"])])
async def test_help_shows_spaces_where_there_are_several(
    admins: tuple[str, ...], more: list[str], redis: "Redis"
) -> None:
    """And to admins how to bind a channel; a space that is named without a question asks for help, too."""
    listeners = Listeners(redis, named={"admins": admins}, catalog=SPACES)
    for text in ("help", "finance: "):
        shown = lines((await listeners.take(command(text))).body)
        assert [form for form in shown if form in {"spaces", "use …"}] == more


@pytest.mark.redis
async def test_a_channel_is_bound_by_admins_alone(redis: "Redis") -> None:
    """Others read to which space it is bound; a name that is none of a space binds nothing."""
    admin = Listeners(redis, named={"admins": (ADA,)}, catalog=SPACES)
    other = Listeners(redis, catalog=SPACES)
    said = words.commands
    for listeners, text, told in (
        (other, "use", said.BOUND_TO_NONE),
        (other, "use finance", said.ADMINS_BIND),
        (other, "use off", said.ADMINS_BIND),
        (admin, "use finanse", said.no_such_space("finanse", ["sales", "finance"])),
        (admin, "use", said.BOUND_TO_NONE),
        (admin, "use Finance", said.bound_now("finance")),
        (other, "use", said.bound_to("finance")),
        (admin, "use off", said.UNBOUND),
        (other, "use", said.BOUND_TO_NONE),
    ):
        assert (await listeners.take(command(text))).body == told


@pytest.mark.redis
async def test_no_channel_is_bound_to_a_space_that_refuses_the_bot(redis: "Redis") -> None:
    """Its questions would all end in the same refusal."""
    catalog = Catalog(SPACES.spaces)
    catalog.learn(SpaceInfo(space=catalog.spaces[1], title="Finance", problem="may not be used"))
    listeners = Listeners(redis, named={"admins": (ADA,)}, catalog=catalog)
    told = (await listeners.take(command("use finance"))).body
    assert told == words.commands.not_reached("Finance")
    assert (await listeners.take(command("use"))).body == words.commands.BOUND_TO_NONE


@pytest.mark.redis
async def test_with_one_space_there_is_nothing_to_choose(redis: "Redis") -> None:
    """Nothing is asked either: the words are no question that anybody means."""
    listeners = Listeners(redis, named={"admins": (ADA,)})
    for text in ("use", "use finance", "spaces"):
        assert words.commands.ONE_SPACE in (await listeners.take(command(text))).body
    assert await redis.exists(KEYS.due) == 0


def test_no_space_can_have_the_name_of_a_subcommand() -> None:
    """`/genie status: …` would be hidden by it."""
    assert {name for name in FORMS if name.replace("-", "").isalpha()} <= RESERVED


@pytest.mark.redis
async def test_status_names_what_does_not_answer(redis: "Redis") -> None:
    """With what follows for who asks."""
    listeners = Listeners(redis)
    said = (await listeners.take(command("status"))).body
    assert words.commands.NOBODY_WAITS in said
    assert words.commands.ALL_WORKS in said

    async def broken() -> dict[str, bool]:
        return {"slack": True, "databricks": False, "redis": True}

    listeners = Listeners(redis, works=broken)
    said = (await listeners.take(command("status"))).body
    assert words.commands.PARTS["databricks"] in said
    assert words.commands.ALL_WORKS not in said


async def test_status_is_told_without_redis() -> None:
    """That is what people want to know then."""
    async with Redis.from_url("redis://127.0.0.1:9", decode_responses=True) as away:
        assert (await Listeners(away).take(command("status"))).body == words.commands.DATABASE_DOWN


@pytest.mark.redis
async def test_forget_me_is_left_to_the_worker(redis: "Redis") -> None:
    """Reading all keys takes longer than Slack waits; however often one asks for it, it is one job."""
    listeners = Listeners(redis)
    for number, channel in enumerate((CHANNEL, CHANNEL, "C2")):
        asked = command("forget me") | {"trigger_id": f"1.2.{number}", "channel_id": channel}
        assert (await listeners.take(asked)).body == words.commands.FORGETTING_PERSON
    jobs = [key async for key in redis.scan_iter(match="*forget_person*")]
    assert len(jobs) == 1
    assert json.loads(str(await redis.hget(jobs[0], "job")))["kind"] == "forget_person"
    await redis.hset(jobs[0], "stage", Stage.DONE)
    await listeners.take(command("forget me"))  # there may be something new to forget
    assert await redis.hget(jobs[0], "stage") == Stage.QUEUED


@pytest.mark.redis
async def test_ask_always_asks(redis: "Redis") -> None:
    """Also what is a subcommand alone."""
    listeners = Listeners(redis)
    assert (await listeners.take(command("ask cancel"))).body == words.questions.COMMAND_RECEIVED
    stored = await listeners.questions.find(f"{TEAM}.{CHANNEL}.1.2.3")
    assert stored
    assert stored.text == "cancel"
    assert (await listeners.take(command("ask"))).body == words.commands.ASK_EXPLAINED


@pytest.mark.redis
async def test_there_may_be_no_thread_to_forget(redis: "Redis") -> None:
    """In this channel, of this user."""
    assert (await Listeners(redis).take(command("forget"))).body == words.threads.FORGET_NO_THREAD
