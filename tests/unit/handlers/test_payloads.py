"""Payloads to questions: which workspace, which thread, who asks, and from which company."""

from typing import Any

import pytest

from bot.question import Surface
from handlers.payloads.actions import read_click
from handlers.payloads.events import question_from_message, surface_of_message
from tests.unit.handlers.slack_app import CHANNEL, TEAM, TS, event, mention, press

OURS = [{"team_id": TEAM, "enterprise_id": "E1"}]


@pytest.mark.parametrize(
    ("fields", "external"),
    [
        ({}, False),
        ({"user_team": "T2"}, False),
        ({"_is_ext_shared_channel": True}, False),
        ({"_is_ext_shared_channel": True, "team": TEAM}, False),
        ({"_is_ext_shared_channel": True, "user_team": TEAM, "source_team": TEAM}, False),
        ({"_is_ext_shared_channel": True, "_authorizations": OURS, "user_team": "E1"}, False),
        ({"_is_ext_shared_channel": True, "_context_enterprise_id": "E1", "user_team": "E1"}, False),
        ({"_is_ext_shared_channel": True, "user_team": "T2"}, True),
        ({"_is_ext_shared_channel": True, "user_team": "E2", "_authorizations": OURS}, True),
        ({"_is_ext_shared_channel": True, "team": "T2"}, True),
        ({"_is_ext_shared_channel": True, "team": "T2", "_team_id": "T2", "_authorizations": OURS}, True),
        ({"is_ext_shared_channel": True, "source_team": "T2"}, True),
    ],
)
def test_people_of_other_companies_are_known(fields: dict[str, Any], *, external: bool) -> None:
    """Only in a channel shared with another company, and only whose home is neither our team nor our Grid."""
    question = question_from_message(mention(**fields), Surface.MENTION)
    assert question
    assert (question.external, question.place.team) == (external, TEAM)


@pytest.mark.parametrize(
    ("fields", "external"),
    [
        ({}, False),
        ({"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U2", "team_id": "T3"}}, False),
        ({"team": {"id": "T2"}, "user": {"id": "U2", "team_id": "T2"}}, True),
        ({"user": {"id": "U2"}}, False),
    ],
)
def test_a_click_of_another_company_is_known(fields: dict[str, Any], *, external: bool) -> None:
    """Our own message tells our workspace, wherever the person who clicks is at home."""
    pressed = read_click(press("suggestion:0", "{}", **fields))
    assert (pressed.question("x").external, pressed.place.team) == (external, TEAM)


def test_a_click_is_one_question_whoever_presses() -> None:
    """The question's id is the button's, and its thread that of the message."""
    one = read_click(press("suggestion:0", "{}")).question("x")
    two = read_click(press("suggestion:0", "{}", user={"id": "U2", "team_id": TEAM})).question("x")
    other = read_click(press("suggestion:1", "{}")).question("x")
    assert one.id == two.id != other.id
    assert one.place.thread == TS


def test_a_click_in_a_private_message_has_a_place() -> None:
    """An ephemeral message comes without itself; the container tells where it stands."""
    container = {"message_ts": "1700000001.000100", "channel_id": CHANNEL, "thread_ts": TS}
    pressed = read_click(press("ask_again", "{}", message=None, channel=None, container=container))
    assert (pressed.place.channel, pressed.place.thread, pressed.message) == (
        CHANNEL,
        TS,
        "1700000001.000100",
    )


@pytest.mark.parametrize("value", ["", "{", "[]", "1", '{"q": 1}', "null"])
def test_a_button_of_another_version_means_nothing(value: str) -> None:
    """Whatever a value says that we did not write, it is no question."""
    assert read_click(press("suggestion:0", value)).question_id == ""


def test_a_message_that_shares_a_file_or_goes_to_the_channel_too_is_a_question() -> None:
    """Both are written by people just now."""
    for subtype in (None, "file_share", "thread_broadcast"):
        assert question_from_message(event("message", subtype=subtype, text="x"), Surface.DIRECT)


def test_where_a_message_concerns_us() -> None:
    """A direct message does, a reply may, and anything else does not."""
    assert surface_of_message({"channel_type": "im", "thread_ts": TS}) is Surface.DIRECT
    assert surface_of_message({"channel_type": "channel", "thread_ts": TS}) is Surface.REPLY
    assert surface_of_message({"channel_type": "channel"}) is None


@pytest.mark.parametrize(("ts", "at"), [("1700000000.000100", 1_700_000_000_000_100), ("1.5", 1_500_000)])
def test_the_time_of_a_question_is_slacks(ts: str, at: int) -> None:
    """In microseconds, because it decides who was first."""
    question = question_from_message(mention(ts=ts), Surface.MENTION)
    assert question
    assert question.written_at == at
