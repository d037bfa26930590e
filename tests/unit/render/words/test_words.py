"""The sentences that people read."""

import importlib
import pkgutil
import re

import pytest

from render import words
from render.words.results.values import NOTHING

FOR_THE_OPERATOR = "render.words.operator"
SENTENCES = {
    f"{module.name}.{name}": value
    for module in pkgutil.walk_packages(words.__path__, "render.words.")
    if not module.name.startswith(FOR_THE_OPERATOR)
    for name, value in vars(importlib.import_module(module.name)).items()
    if name.isupper() and isinstance(value, str) and value.endswith((".", "!", "?"))
}


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_sentences_are_short_plain_and_safe(name: str) -> None:
    """No sentence blames, shouts, names an API or holds anything that mrkdwn would make live."""
    sentence = SENTENCES[name]
    assert not re.search(
        r"[<>]|!|error|exception|invalid|failed to|unfortunately|sorry|JSON|API\b", sentence, re.IGNORECASE
    )
    assert max(len(part.split()) for part in re.split(r"[.!?:;\n]", sentence)) <= 25
    first = re.sub(r"^(\*|:\w+: )", "", sentence)
    assert first[0].isupper() or first.startswith(NOTHING)


FIRST = "Showing the first {} of {} rows."
CUT = "Genie cut the result here, so there are more: narrow the question to see them."
UNREAD = "I could read no more than these: narrow the question to see the others."


@pytest.mark.parametrize(
    ("numbers", "truncated", "said"),
    [
        ((4, 4, 4), False, ["4 rows."]),
        ((1, 1, 1), False, ["1 row."]),
        ((31, 5000, 5000), False, [FIRST.format(31, "5,000"), "The attached CSV has all 5,000."]),
        ((31, 60, 900), False, [FIRST.format(31, 900), "The attached CSV has the first 60."]),
        ((60, 60, 900), False, [FIRST.format(60, 900), UNREAD]),
        ((60, 60, 60), True, ["60 rows.", CUT]),
        ((1, 1, 1), True, ["1 row.", CUT]),
        ((1, 1, 5000), True, ["Showing 1 of 5,000 rows.", CUT]),
        ((31, 5000, 5000), True, [FIRST.format(31, "5,000"), CUT, "The attached CSV has the first 5,000."]),
    ],
)
def test_the_row_line_tells_the_truth(
    numbers: tuple[int, int, int], *, truncated: bool, said: list[str]
) -> None:
    """How many rows there are, how many are shown and where the others are."""
    assert words.answer.rows_shown(*numbers, truncated=truncated) == " ".join(said)


def test_columns_that_are_not_shown_are_named() -> None:
    """What there is no room to name is counted."""
    said = "Columns not shown, but in the attached CSV: Region, Day"
    without = words.answer.columns_left_out(["Region", "Day"], 0, attached=False)
    assert without == "Columns not shown: Region, Day."
    assert words.answer.columns_left_out(["Region", "Day"], 0) == f"{said}."
    assert words.answer.columns_left_out(["Region", "Day"], 1_200) == f"{said} and 1,200 more."


def test_a_question_is_shown_as_it_was_typed() -> None:
    """The visible root message names the asker, and nothing in the question becomes live."""
    said = words.questions.asked("<@U1>", "*sales* <!channel> <https://evil.example|bank>")
    assert said == "<@U1> asked: \u2217sales\u2217 &lt;!channel&gt; &lt;https://evil.example|bank&gt;"
    assert words.questions.asked("", "q") == "Somebody asked: q"


def test_an_unnamed_space_is_not_named() -> None:
    """Provenance is there with and without a title."""
    generated = "AI-generated, check before you decide · Powered by Genie"
    asked_as = words.readers.with_rights_of("<Ana>")
    assert words.answer.provenance("Sales", asked_as, "today") == (
        f"Genie space: Sales · Asked with the rights of &lt;Ana&gt; · Data read today · {generated}"
    )
    assert words.answer.provenance("", "", "") == generated


def test_caveats_are_said_in_one_way() -> None:
    """A period, a row of totals and currencies are told alike by the table, the picture and Stats."""
    caveats = words.caveats
    assert caveats.unfinished(["November 2026"]) == "November 2026 is not complete yet."
    assert caveats.unfinished(["A", "B", "C"]) == "A to C are not complete yet."
    assert caveats.so_far("Nov 2026") == "Nov 2026 (so far)"
    assert caveats.totals(["Total"]) == "The row Total adds up others and is left out."
    assert caveats.totals(["EMEA", "APAC", "Total"]) == "3 rows add up others and are left out."
    assert caveats.currencies(["USD", "EUR"]) == "Several currencies (USD, EUR): amounts are not added up."
    assert "(A, B, C, D, E and 2 more)" in caveats.currencies("ABCDEFG")
