"""What holds for any text that somebody writes in Slack."""

import re
from dataclasses import asdict, replace
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.progress import Placeholder, Progress, State
from bot.records.question import Place, Question, Surface
from bot.slack.users import mentioned, question_text

pytestmark = pytest.mark.property

BOT = "U0BOT"
NAMES = {"U0ADA": "Ada <b> &amp; Sons", "U0BEN": ""}
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
plain = words.map(lambda text: escape(text, quote=False))
entity = st.sampled_from(
    [
        f"<@{BOT}>",
        f"<@{BOT}|genie>",
        "<@U0ADA>",
        "<@U0ADA|ada>",
        "<@U0BEN|>",
        "<@W0NEW>",
        "<#C1|sales>",
        "<#C1|>",
        "<#C1>",
        "<!here>",
        "<!subteam^S1|@team>",
        "<!subteam^S1>",
        "<!date^1^{date}|today>",
        "<https://x.example>",
        "<https://x.example|x>",
        "<mailto:a@x.example|a@x.example>",
        "<mailto:a@x.example>",
    ]
)
message = st.lists(plain | entity, max_size=8).map("".join)


@given(message)
def test_no_mention_of_the_bot_is_left(text: str) -> None:
    """Genie never gets to see Slack's form of a mention."""
    without_names = question_text(text, BOT, {})
    assert f"<@{BOT}" not in without_names
    assert "<@U0ADA>" not in without_names
    assert "<#C1" not in without_names


@given(words)
def test_typed_text_comes_back_as_it_was_typed(text: str) -> None:
    """Slack escapes three characters; they are unescaped exactly once, and only blanks are tidied."""
    said = question_text(escape(text, quote=False), BOT, {})
    assert "".join(said.split()) == "".join(text.split())


@given(words)
def test_text_that_looks_escaped_is_unescaped_once(text: str) -> None:
    """Somebody who types `&lt;` means these four characters."""
    twice = escape(escape(text, quote=False), quote=False)
    assert "".join(question_text(twice, BOT, {}).split()) == "".join(escape(text, quote=False).split())


@given(message)
def test_a_mention_of_the_bot_says_nothing(text: str) -> None:
    """Genie gets the words around it, apart from commas and colons that would set it off."""

    def said(written: str) -> str:
        return re.sub(r"^[\s,:،、，：]+|[\s,:،、，：]+$", "", question_text(written, BOT, {}))

    assert said(f"<@{BOT}|genie> {text} <@{BOT}>") == said(text)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"what was revenue, <@{BOT}>?", "what was revenue?"),
        (f"<@{BOT}>, revenue by region", "revenue by region"),
        (f"<@{BOT}>: revenue by region", "revenue by region"),
        (f"<@{BOT}>، كم الإيرادات؟", "كم الإيرادات؟"),
        (f"<@{BOT}>、売上は？", "売上は？"),
        (f"收入，<@{BOT}>？", "收入？"),
        (f"hey <@{BOT}>, did we sell", "hey, did we sell"),
        (f"hey, <@{BOT}> , did we sell", "hey, did we sell"),
        (f"revenue <@{BOT}|genie> by region", "revenue by region"),
        (f"revenue by region, <@{BOT}> <@{BOT}>", "revenue by region"),
        (f"revenue\n<@{BOT}>\nby region", "revenue\n\nby region"),
        ("rows of <http://orders.store|orders.store>", "rows of orders.store"),
        ("sales of <mailto:ann@example.com|ann@example.com>", "sales of ann@example.com"),
        ("sales of <mailto:ann@example.com>", "sales of ann@example.com"),
        ("see <https://ex.com/a/b|ex.com/a[…]b> now", "see https://ex.com/a/b now"),
        ("see <https://ex.com/a/b/c?x=1&amp;y=2|ex.com/a…y=2>", "see https://ex.com/a/b/c?x=1&y=2"),
        ("see <https://ex.com/a/b|the report> now", "see the report now"),
        ("see <https://ex.com/a/b|wait...> now", "see wait... now"),
        ("see <https://ex.com/a/b> now", "see https://ex.com/a/b now"),
    ],
)
def test_genie_gets_what_a_person_meant(written: str, said: str) -> None:
    """A mention leaves no stray comma; a link is what was typed, or its target where Slack shortened that."""
    assert question_text(written, BOT, {}) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a" + " ," * 200_000 + "b", "a" + " ," * 200_000 + "b"),
        ("a" + "\t" * 400_000 + f"<@{BOT}>" + " " * 400_000 + "b", "a b"),
        ("\n" * 100_000 + f"a <@{BOT}> " * 20_000, "a " * 19_999 + "a"),
        (f"<@{BOT}|" * 50_000, f"<@{BOT}|" * 50_000),
        (f"<https://{'a' * 3_000}|{'a…' * 40}b>", f"{'a…' * 40}b"),
    ],
    ids=["commas", "blanks", "mentions", "beginnings", "link"],
)
def test_a_long_text_is_read_at_once(written: str, said: str) -> None:
    """Twice the text takes twice the time: with its square these would take hours."""
    assert question_text(written, BOT, {}) == said


@given(message)
def test_names_are_put_in_as_they_are(text: str) -> None:
    """A name is data: nothing in it is read as an entity."""
    said = question_text(text, BOT, NAMES)
    assert said.count("Ada <b> & Sons") >= text.count("<@U0ADA")


@given(message)
def test_mentions_are_found_whatever_surrounds_them(text: str) -> None:
    """Everybody whose name will be needed is asked for."""
    assert {user for user in ("U0ADA", "W0NEW", BOT) if f"<@{user}" in text} <= mentioned(text)


questions = st.builds(
    Question,
    id=words,
    text=words,
    place=st.builds(Place, team=words, channel=words, thread=st.none() | words),
    asker=words,
    surface=st.sampled_from(Surface),
    written_at=st.integers(0, 2**53),
    external=st.booleans(),
    response_url=st.none() | words,
)


@given(questions)
def test_a_question_survives_redis(question: Question) -> None:
    """What is stored is what is read."""
    assert Question.from_json(question.to_json()) == question
    assert question.to_json().encode()


@given(questions)
def test_a_question_is_not_in_its_repr(question: Question) -> None:
    """A log line about a question does not hold it."""
    assert repr(question) == repr(replace(question, text="", response_url=None))


progresses = st.builds(
    Progress,
    state=st.sampled_from(State),
    thread=st.none() | words,
    ts=st.none() | words,
    text=words,
    placeholder=st.sampled_from(Placeholder),
    attempts=st.integers(0, 99),
    asked_at=st.integers(0, 2**53),
    polls=st.integers(0, 9999),
    conversation=words,
    note=words,
)


@given(progresses)
def test_progress_survives_redis(progress: Progress) -> None:
    """A hash of texts gives back the progress that was saved; absent fields keep their defaults.

    Older records have the variant that Slack took as a number, under another name.
    """
    saved = {name: str(value) for name, value in asdict(progress).items() if value is not None}
    assert Progress.from_hash(saved | {"field_of_a_later_version": "x"}) == progress
    assert Progress.from_hash({"state": "received"}) == Progress(State.RECEIVED)


@given(words)
def test_unescaping_knows_only_slacks_three_characters(text: str) -> None:
    """Slack escapes `&`, `<` and `>`; anything else that looks like HTML was typed."""
    typed = f"&copy; &amp;nbsp; {text}"
    assert question_text(escape(typed, quote=False), BOT, {}).startswith("&copy; &amp;nbsp;")
