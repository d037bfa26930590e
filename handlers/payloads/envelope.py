"""Parse what payloads of every kind have around them: whose they are, of which workspace, and when.

https://docs.slack.dev/apis/events-api/#callback-field
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.identity.model import SlackUser
from bot.records.question import Place
from bot.store.oversight.heard import CLICKS, COMMANDS

MESSAGES = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
"""Slack's name of an event by where a message stands."""


def installed_team(body: Mapping[str, Any]) -> str:
    """Return our own workspace, which in a channel shared with another company may not be the event's."""
    return str(_installation(body).get("team_id") or body.get("context_team_id") or body["team_id"])


def _installation(body: Mapping[str, Any]) -> Mapping[str, Any]:
    return next(iter(body.get("authorizations") or ()), {})


def ours(context: AsyncBoltContext) -> tuple[str, str | None]:
    """Return our workspace and the organization of which it is a part, if any."""
    us = context.authorize_result
    return (str(us.team_id), us.enterprise_id) if us else ("", None)


def kind_of(body: Mapping[str, Any]) -> str:
    """Return what kind of request this is, as `bot.store.oversight.heard` names those that it keeps."""
    event: Mapping[str, Any] = body.get("event") or {}
    if event.get("type") == "message":
        return MESSAGES.get(event.get("channel_type", ""), "")
    return str(event.get("type") or (COMMANDS if "command" in body else CLICKS))


def changed_user(body: Mapping[str, Any]) -> SlackUser:
    """Return the user about whom a `user_change` tells, whoever that is."""
    return SlackUser(installed_team(body), str(body["event"]["user"]["id"]))


def changed_channel(body: Mapping[str, Any]) -> Place:
    """Return the channel about whose members, or companies, an event tells."""
    return Place(installed_team(body), str(body["event"]["channel"]), None)


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody's wish that the app stops its work in a thread."""

    wish: str
    """Names this wish alone, however often Slack tells of it."""
    place: Place
    user: str


def read_stop(body: Mapping[str, Any]) -> Stop:
    """Return who stopped the app's work, and in which thread."""
    event, team = body["event"], installed_team(body)
    place = Place(team, str(event["channel"]), str(event["thread_ts"]))
    return Stop(f"{team}.{body['event_id']}", place, str(event["user"]))


def is_external(body: Mapping[str, Any], team: str) -> bool:
    """Tell whether a message in a shared channel is from another company than ours.

    https://docs.slack.dev/apis/slack-connect
    """
    event = body["event"]
    if not (body.get("is_ext_shared_channel") or event.get("is_ext_shared_channel")):
        return False
    # With Enterprise Grid the person's home may be told as a workspace or as the whole organization.
    home = event.get("user_team") or event.get("source_team") or event.get("team") or team
    return home not in {team, _installation(body).get("enterprise_id") or body.get("context_enterprise_id")}


def microseconds(ts: str | None) -> int:
    """Read Slack's `1795324546.109225`; now, if it is absent or of another form."""
    seconds, _, fraction = (ts or "").partition(".")
    if seconds.isdecimal() and fraction.isdecimal():
        return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0"))
    return int(time.time() * 1_000_000)
