"""Messages of a watch, and the list of a person's own, within what Slack takes."""

from dataclasses import replace

import pytest

from render import words
from render.blockkit.reply import Reply
from render.text.limits import MESSAGE_WIRE, wire
from render.watch.message import (
    PAUSE,
    RESUME,
    STOP,
    TABLE,
    paused_message,
    run_message,
    scheduled,
    started,
    watch_list,
)
from render.watch.model import Condition, WatchView, When, morning
from sandbox.slack.blocks.check import BlockRules, check_message
from tests import hostile
from tests.shown import alive
from tests.stories.world import texts

WATCH = WatchView(
    id="T1.U1.V1",
    question="revenue by region",
    rhythm="mornings",
    time_zone="Europe/Amsterdam",
    owner="U1",
    next_at=1_790_000_000,
    channel="C1",
    link="https://x.slack.com/archives/C1/p1",
)


def buttons(reply: Reply) -> list[str]:
    """Return the action ids in a reply."""
    elements = [each for block in reply.variants[0].blocks for each in block.get("elements", ())]
    return [each["action_id"] for each in elements if "action_id" in each]


def test_each_message_has_the_buttons_that_lead_on() -> None:
    """A run shows its table; what rests can go on."""
    assert buttons(started(WATCH)) == [PAUSE, STOP]
    assert buttons(run_message(WATCH, "Up.")) == [TABLE, PAUSE, STOP]
    assert buttons(paused_message(WATCH, "Why.")) == [RESUME, STOP]


def test_a_confirmation_says_when_it_tells_and_in_whose_time() -> None:
    """And since when, or that it is paused."""
    crosses = Condition(When.CROSSES, "revenue_eur", above=True, value="1000000")
    said = started(replace(WATCH, condition=crosses)).text
    for part in (
        "each morning at 8:00 (Europe/Amsterdam)",
        "Revenue EUR gets above 1,000,000",
        "<@U1>, from <!date",
    ):
        assert part in said
    assert started(replace(WATCH, next_at=0)).text.endswith(f"<@U1>: {words.watches.PAUSED}.")
    assert "time" not in started(replace(WATCH, rhythm="hourly", time_zone="time")).text.replace("{time}", "")


def test_a_list_of_any_length_is_one_message() -> None:
    """What it has no room for is counted."""
    long = replace(WATCH, question="a very long question about everything " * 40)
    for count in (1, 5, 40):
        [variant] = watch_list([long] * count).variants
        check_message([*variant.blocks], None, BlockRules())
        assert wire(variant.blocks) <= MESSAGE_WIRE
        shown = [*texts(variant.blocks)]
        listed = sum(each == words.watches.STOP for each in shown)
        assert listed == count or words.watches.more_watches(count - listed) in shown


@pytest.mark.parametrize("text", hostile.SHORT)
def test_a_question_is_only_text(text: str) -> None:
    """In the list and in each message."""
    watch = replace(WATCH, question=text, time_zone=text, condition=Condition(When.CROSSES, text, value="1"))
    told = started(watch), scheduled("U1", text, "V1"), run_message(watch, "Up."), paused_message(watch, "")
    for reply in (watch_list([watch]), *told):
        assert {*alive(reply.variants[0].blocks, urls=(WATCH.link,))} <= {"<#C1>", "<@U1>"}


@pytest.mark.parametrize(
    ("quiet", "hour"), [((20, 7), 8), ((20, 9), 9), ((7, 12), 12), ((0, 0), 8), ((9, 17), 8), ((12, 8), 8)]
)
def test_a_quiet_morning_begins_when_quiet_hours_are_over(quiet: tuple[int, int], hour: int) -> None:
    """Otherwise at eight."""
    assert morning(quiet) == hour
