"""The form in which an answer is watched, and what comes back from it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from genie.model import Column, Table
from render import words
from render.watch.modal import (
    ASKS,
    BELOW,
    CHOICE,
    COLUMN,
    RHYTHM,
    SIDE,
    VALUE,
    WHAT,
    WatchChoice,
    WatchForm,
    limits_of,
    read_choice,
    watch_modal,
)
from render.watch.model import Condition, Limit, When
from sandbox.slack.blocks.check import BlockRules, view_faults
from tests import hostile
from tests.shown import alive
from tests.stories.world import texts

TABLE = Table(
    (Column("region"), Column("revenue_eur", "DECIMAL", scale=2), Column("return_rate", "DOUBLE")),
    (("EMEA", "1.00", "0.021"), ("APAC", "2.00", "0.034")),
)
LIMITS = (Limit("revenue_eur", "Revenue (EUR)"), Limit("return_rate", "Return rate", in_percent=True))
FORM = WatchForm(
    about="[]",
    question="revenue by region",
    limits=LIMITS,
    channel="C1",
    time_zone="Europe/Amsterdam",
    hour=8,
    quiet=(20, 7),
)


def chosen(**values: str) -> dict[str, Any]:
    """Return what Slack sends of a form."""
    return {
        block: {CHOICE: {"value": value} if block == VALUE else {"selected_option": {"value": value}}}
        for block, value in values.items()
    }


def test_columns_of_numbers_may_be_watched_for_a_value() -> None:
    """By the names that the table shows; no column of names or texts is offered."""
    assert limits_of(TABLE) == LIMITS


def test_the_form_says_who_is_told_where_and_by_which_clock() -> None:
    """And when it is quiet, within what Slack takes."""
    [view] = watch_modal(FORM).views
    assert [*view_faults(view["blocks"], "modal", BlockRules())] == []
    said = "\n".join(texts(view["blocks"]))
    for part in ("everybody in <#C1>", "Europe/Amsterdam", "20:00 to 7:00", "Each morning at 8:00"):
        assert part in said


@pytest.mark.parametrize("text", hostile.SHORT)
def test_nothing_in_the_form_is_more_than_text(text: str) -> None:
    """Neither a question nor the name of a column."""
    [view] = watch_modal(
        WatchForm(about="[]", question=text, limits=(Limit("x", text),), hour=8, quiet=(0, 0), time_zone=text)
    ).views
    assert [*view_faults(view["blocks"], "modal", BlockRules())] == []
    assert {*alive(view["blocks"])} == set()


def test_an_answer_without_a_query_can_only_be_asked_again() -> None:
    """The form offers nothing else then, or says why there is nothing to choose."""
    in_words = replace(FORM, has_query=False)
    [view] = watch_modal(in_words).views
    said = [*texts(view["blocks"])]
    assert words.watches.ASKS in said
    assert words.watches.EACH_TIME not in said
    assert words.watches.COLUMN not in said
    [view] = watch_modal(replace(in_words, stands_alone=False)).views
    assert [*texts(view["blocks"])] == [words.watches.GOES_ON]


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ({RHYTHM: "hourly", WHAT: When.EACH_TIME}, WatchChoice("hourly")),
        ({RHYTHM: "mondays", WHAT: When.CHANGED}, WatchChoice("mondays", condition=Condition(When.CHANGED))),
        ({RHYTHM: "mornings", WHAT: ASKS}, WatchChoice("mornings", asks=True)),
        (
            {RHYTHM: "mornings", WHAT: When.CROSSES, COLUMN: "|revenue_eur", SIDE: BELOW, VALUE: "1e6"},
            WatchChoice(
                "mornings", condition=Condition(When.CROSSES, "revenue_eur", above=False, value="1000000")
            ),
        ),
        (
            {RHYTHM: "mornings", WHAT: When.CROSSES, COLUMN: "%|return_rate", VALUE: "2.5"},
            WatchChoice(
                "mornings", condition=Condition(When.CROSSES, "return_rate", value="0.025", shown="2.5%")
            ),
        ),
        (
            {RHYTHM: "mornings", WHAT: When.CROSSES, SIDE: BELOW},
            WatchChoice("mornings", errors={COLUMN: words.watches.NO_COLUMN, VALUE: words.watches.NO_VALUE}),
        ),
    ],
)
def test_what_is_chosen_is_read(values: dict[str, str], read: WatchChoice) -> None:
    """A percentage becomes a fraction; a crossing without column or value is an error at that field."""
    assert read_choice(chosen(**values)) == read


@pytest.mark.parametrize(
    "condition",
    [
        Condition(),
        Condition(When.CHANGED),
        Condition(When.CROSSES, "x", above=False, value="1"),
        Condition(When.CROSSES, "x", value="0.025", shown="2.5%"),
    ],
)
def test_a_condition_comes_back_from_where_it_is_kept(condition: Condition) -> None:
    """As a part of its watch."""
    assert Condition.from_list(json.loads(json.dumps(condition.to_list()))) == condition
