"""What holds for the normal form of any question."""

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.same_words import same_words

pytestmark = pytest.mark.property

WORD = re.compile(r"[^\W_]+(?:[.,:/%&'+-][^\W_]+)*[%°²³]?")
"""A word, or a number with its unit."""
piece = st.sampled_from(
    [
        *(
            "revenue",
            "Revenue",
            "REVENUE",
            "maße",
            "masse",
            "é",
            "e\u0301",
            "İ",
            "ΟΔΟΣ",
            "売上",
            "ﬁ",
            "order_id",
        ),
        *(
            "1.5",
            "15",
            "-5",
            "5",
            "5%",
            "10²",
            "102",
            "$5",
            "5*",
            "5.",
            "1,000",
            "Q1",
            "US",
            "us",
            "2*3",
            "#4",
            "5m",
            "5M",
            "5 MBps",
        ),
        *(
            " ",
            "  ",
            "\n",
            "\t",
            "\u00a0",
            "*",
            "_",
            "`",
            "~",
            "?",
            "!",
            ".",
            "…",
            "？",
            "¿",
            "(",
            ")",
            '"',
            "“",
            "’",
        ),
    ]
)
written = st.lists(piece, max_size=12).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=40
)


def said(text: str) -> list[str]:
    """Return the words and numbers of a text, whatever else is in it."""
    straight = normalize("NFC", normalize("NFC", text).lower()).replace("’", "'").replace("‘", "'")
    return WORD.findall(straight)


@given(written)
def test_a_normal_form_is_its_own(text: str) -> None:
    """What was kept of a question is compared with a new one in the same way, whichever comes first."""
    assert same_words(same_words(text)) == same_words(text)


@given(written)
def test_every_word_and_number_stays(text: str) -> None:
    """Two questions that differ in one of them are two questions."""
    assert said(same_words(text)) == said(text)


@given(written)
def test_only_what_ends_a_sentence_and_marks_go(text: str) -> None:
    """No sign gets in, and none goes but white space, punctuation at an end, and pairs of marks."""
    left = re.sub(r"[\s*_`.?!…。．？！؟¿¡]", "", normalize("NFC", normalize("NFC", text).lower()))
    kept = re.sub(r"[\s*_`.?!…。．？！؟¿¡]", "", normalize("NFC", same_words(text).lower()))
    assert normalize("NFC", kept) == normalize(
        "NFC", left.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    )


@pytest.mark.parametrize(
    "text",
    [
        "Revenue by region, last year?",
        "  revenue  by region,\n last year ",
        "*Revenue* by _region_, last year!",
        "revenue by region, *_last year_*?",
        "`revenue` by region, last year …",
        "¿Revenue by region, last year?",
        "REVENUE BY REGION, LAST YEAR",
    ],
)
def test_ways_to_write_one_question(text: str) -> None:
    """They are the same question."""
    assert same_words(text) == "revenue by region, last year"


def test_a_number_before_a_word() -> None:
    """The case of what may be a unit stays, and of nothing else."""
    assert same_words("Top 5 PRODUCTS of 10 MW") == "top 5 products of 10 MW"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("revenue of 2024", "revenue of 2025"),
        ("sales over 1.5", "sales over 15"),
        ("rows with -5", "rows with 5"),
        ("hotels with 5*", "hotels with 5"),
        ("a*b*c", "abc"),
        ("mean of order_id", "mean of orderid"),
        ("die Maße", "die Masse"),
        ("area in 10²", "area in 102"),
        ("revenue by region", "revenue by month"),
        ("revenue, by region", "revenue by region"),
        ("~EMEA~ APAC", "EMEA APAC"),
        ("share of 5%", "share of 5"),
        ("what's new", "whats new"),
        ("deals over $5M", "deals over $5m"),
        ("cables over 5 *m*", "cables over 5 *M*"),
        ("lines of 100 MBps", "lines of 100 Mbps"),
    ],
)
def test_questions_that_differ_a_little(one: str, other: str) -> None:
    """They are two questions."""
    assert same_words(one) != same_words(other)


@pytest.mark.parametrize(
    "text", ["*" * 40_000, "*a " * 20_000, "?" * 40_000, ("*_" * 150 + "a" + "_*" * 150 + " ") * 40]
)
def test_a_long_question_is_read_at_once(text: str) -> None:
    """Twice the text takes twice the time: with its square these would take minutes."""
    assert same_words(same_words(text)) == same_words(text)
