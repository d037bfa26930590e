"""Payloads to questions: which workspace, which thread, who asks, and from which company."""

from typing import Any

import pytest

from bot.records.question import Surface
from handlers.payloads.actions import read_click
from handlers.payloads.envelope import kind_of
from handlers.payloads.messages import read_message
from tests.unit.handlers.slack_app import BOT, CHANNEL, TEAM, TS, event, mention, press

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
    message = read_message(mention(**fields), BOT)
    assert message
    assert (message.question().external, message.place.team) == (external, TEAM)


@pytest.mark.parametrize(
    ("fields", "external"),
    [
        ({}, False),
        ({"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U2", "team_id": "T3"}}, False),
        ({"team": None, "enterprise": {"id": "E2"}, "user": {"id": "U2", "team_id": "T3"}}, True),
        ({"team": {"id": "T2"}, "user": {"id": "U2", "team_id": "T2"}}, True),
        ({"message": {"ts": TS}, "team": {"id": "T2"}, "user": {"id": "U2", "team_id": "T2"}}, True),
        ({"message": {"ts": TS}, "team": {"id": "T2"}, "user": {"id": "U2"}}, True),
        ({"message": {"ts": TS, "team": "T2"}, "user": {"id": "U2", "team_id": "T2"}}, True),
        ({"message": {"ts": TS}, "team": None, "user": {"id": "U2"}}, True),
        ({"user": {"id": "U2"}}, False),
    ],
)
def test_a_click_of_another_company_is_known(fields: dict[str, Any], *, external: bool) -> None:
    """Whoever cannot be shown to be of our workspace or organization is foreign."""
    pressed = read_click(press("suggestion:0", "{}", **fields), TEAM, "E1")
    assert (pressed.question("x").external, pressed.place.team) == (external, TEAM)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"event": {"type": "app_mention"}}, "app_mention"),
        ({"event": {"type": "message", "channel_type": "group"}}, "message.groups"),
        (
            {"event": {"type": "message", "channel_type": "mpim", "subtype": "message_changed"}},
            "message.mpim",
        ),
        ({"event": {"type": "message"}}, ""),
        ({"command": "/genie"}, "commands"),
        ({"type": "block_actions"}, "clicks"),
        ({"type": "view_submission"}, "clicks"),
    ],
)
def test_each_request_has_a_kind(body: dict[str, Any], kind: str) -> None:
    """Events by Slack's own names, as they are subscribed to, commands, and all that people press."""
    assert kind_of(body) == kind


def test_a_click_is_one_question_whoever_presses() -> None:
    """The question's id is the button's, and its thread that of the message."""
    one = read_click(press("suggestion:0", "{}"), TEAM).question("x")
    two = read_click(press("suggestion:0", "{}", user={"id": "U2", "team_id": TEAM}), TEAM).question("x")
    other = read_click(press("suggestion:1", "{}"), TEAM).question("x")
    assert one.id == two.id != other.id
    assert one.place.thread == TS


def test_a_click_in_a_private_message_has_a_place() -> None:
    """An ephemeral message comes without itself; the container tells where it stands."""
    container = {"message_ts": "1700000001.000100", "channel_id": CHANNEL, "thread_ts": TS}
    pressed = read_click(press("ask_again", "{}", message=None, channel=None, container=container), TEAM)
    assert (pressed.place.channel, pressed.place.thread, pressed.message) == (
        CHANNEL,
        TS,
        "1700000001.000100",
    )


@pytest.mark.parametrize("value", ["", "{", "[]", "1", '{"q": 1}', "null"])
def test_a_button_of_another_version_means_nothing(value: str) -> None:
    """Whatever a value says that we did not write, it is no question."""
    assert read_click(press("suggestion:0", value), TEAM).question_id == ""


def test_whatever_a_person_has_just_written_is_a_message() -> None:
    """One with a file, one that goes to the channel, too, and one after `/me`."""
    for subtype in (None, "file_share", "thread_broadcast", "me_message"):
        assert read_message(event("message", subtype=subtype, text="x", thread_ts=TS), BOT)
    for subtype in ("message_changed", "message_deleted", "channel_join", "bot_message", "channel_topic"):
        assert not read_message(event("message", subtype=subtype, text="x", thread_ts=TS), BOT)


@pytest.mark.parametrize(
    ("fields", "surface"),
    [
        ({"channel_type": "im"}, Surface.DIRECT),
        ({"channel_type": "im", "thread_ts": TS, "text": f"<@{BOT}> x"}, Surface.DIRECT),
        ({"channel_type": "channel", "thread_ts": TS}, Surface.REPLY),
        ({"channel_type": "mpim", "thread_ts": TS}, Surface.REPLY),
        ({"channel_type": "channel", "text": f"x <@{BOT}>"}, Surface.MENTION),
        ({"channel_type": "channel", "thread_ts": TS, "text": f"<@{BOT}|genie> x"}, Surface.MENTION),
        ({"channel_type": "channel", "text": "<@U0BEN> x"}, None),
    ],
)
def test_where_a_message_concerns_us(fields: dict[str, Any], surface: Surface | None) -> None:
    """A direct message does, and one with a mention of the bot, a reply may, and anything else does not."""
    message = read_message(event("message", **{"text": "x"} | fields), BOT)
    assert (message and message.surface) == surface


@pytest.mark.parametrize(
    ("text", "to_others"),
    [
        ("<@U0BEN> can you check this?", True),
        ("hey <@U0BEN>, thanks", True),
        ("<@U0BEN>", True),
        ("ok <@U0BEN> <@U0CHLOE|chloe> see above", True),
        ("what do <!subteam^S012|@finance> say?", True),
        ("<!here> look", True),
        ("what did <@U0BEN> sell?", False),
        (f"<@{BOT}> what did <@U0BEN> sell?", False),
        (f"<@{BOT}> and by month?", False),
        ("and in <#C1|sales>?", False),
    ],
)
def test_whom_a_message_addresses(text: str, *, to_others: bool) -> None:
    """Whoever is mentioned first is addressed, and so is every group; a name within a question is not."""
    message = read_message(event("message", text=text, thread_ts=TS), BOT)
    assert message
    assert message.to_others is to_others


@pytest.mark.parametrize(
    ("fields", "allowed", "read"),
    [
        ({"bot_id": "B9"}, (), False),
        ({"bot_id": "B9"}, ("B9",), True),
        ({"bot_id": "B9", "app_id": "A9"}, ("A9",), True),
        ({"bot_id": "B9", "user": "U9"}, ("U9",), True),
        ({"bot_id": "B9", "subtype": "bot_message", "user": None}, ("B9",), True),
        ({"bot_id": "B9"}, ("B8", "A9"), False),
    ],
)
def test_an_app_is_read_only_if_it_is_allowed(
    fields: dict[str, Any], allowed: tuple[str, ...], *, read: bool
) -> None:
    """By the id of its bot, of the app, or of its user; somebody has to be named as the asker."""
    message = read_message(mention(**fields), BOT, allowed)
    assert (message is not None and message.by_app and bool(message.user)) is read


@pytest.mark.parametrize(("ts", "at"), [("1700000000.000100", 1_700_000_000_000_100), ("1.5", 1_500_000)])
def test_the_time_of_a_question_is_slacks(ts: str, at: int) -> None:
    """In microseconds, because it decides who was first."""
    message = read_message(mention(ts=ts), BOT)
    assert message
    assert message.question().written_at == at
