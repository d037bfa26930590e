"""Which variant of a reply Slack took, found again in a reply that is composed later."""

import pytest

from genie.model import Answer, MessageRef
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.chart.model import Charts

ANSWER = Answer(MessageRef("s", "c", "m"), texts=("EMEA leads.",))


@pytest.mark.parametrize(
    ("saved", "number"),
    [("native", 0), ("sections", 3), ("", 0), ("of a later version", 0), ("2", 2), ("9", 3)],
)
def test_a_variant_is_found_by_what_was_saved_of_it(saved: str, number: int) -> None:
    """By its name, by its number in a record of an older version, and else it is the best one."""
    assert compose(AnswerContext(ANSWER)).variant_number(saved) == number


def test_a_variant_keeps_its_name_when_the_operator_allows_native_charts() -> None:
    """Another setting of CHARTS adds a variant, and the one that Slack took is still found."""
    reply = compose(AnswerContext(ANSWER, charts=Charts.NATIVE))
    assert reply.variants[reply.variant_number("aligned")].name == "aligned"
