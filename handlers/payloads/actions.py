"""Slack's payloads of buttons, menus and modals to questions and orders.

https://docs.slack.dev/reference/interaction-payloads
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.question import Place, Question, Surface
from handlers.payloads.events import microseconds, order
from render.blockkit.buttons import ButtonValue, decode


@dataclass(frozen=True, slots=True)
class Click:
    """A button of ours that somebody pressed, and the thread in which it stands."""

    place: Place
    user: str
    message: str
    action_id: str
    value: str
    at: int
    """Microseconds since 1970."""
    external: bool
    response_url: str | None = None
    private: bool = False
    """Only whoever pressed it sees the message."""

    def question(self, text: str, *, fresh: bool = False) -> Question:
        """Return the question that this click asks; however often it is pressed, that is one question."""
        return Question(
            id=f"{self.place.team}.{self.place.channel}.{self.message}.{self.action_id}",
            text=text,
            place=self.place,
            asker=self.user,
            surface=Surface.BUTTON,
            written_at=self.at,
            external=self.external,
            fresh=fresh,
        )

    def command(self, text: str) -> Question:
        """Return the question that this click asks as `/genie` would; pressed again it is the same one."""
        place = replace(self.place, thread=None)
        asked = replace(self.question(text), place=place, surface=Surface.COMMAND)
        return replace(asked, response_url=self.response_url)

    def order(self, what: str) -> Question:
        """Return the order about the thread that this click gives."""
        return order(self.place, self.user, what, str(self.at))

    def about(self, question_id: str, wish: str) -> Question:
        """Return the order for more of an answer; however often and by whomever it is given, it is one."""
        wanted = order(self.place, self.user, wish, question_id)
        return replace(wanted, about=question_id, wish=wish, response_url=self.response_url)

    @property
    def meaning(self) -> ButtonValue | None:
        """Return what the button says, or None if it is not of this version."""
        return decode(self.value)


def click(body: Mapping[str, Any]) -> Click:
    """Read a `block_actions` payload of a button in a message."""
    action, message, container = body["actions"][0], body.get("message") or {}, body.get("container") or {}
    ts = str(message.get("ts") or container.get("message_ts") or "")
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    home = body["user"].get("team_id")
    # Our message tells our workspace; the payload's may be that of somebody in a shared channel.
    team = message.get("team") or (body.get("team") or {}).get("id") or home or ""
    return Click(
        place=Place(
            str(team), str(channel), str(message.get("thread_ts") or container.get("thread_ts") or ts)
        ),
        user=body["user"]["id"],
        message=ts,
        action_id=action["action_id"],
        value=action.get("value") or (action.get("selected_option") or {}).get("value") or "",
        at=microseconds(action.get("action_ts")),
        external=bool(home) and home != team and not body.get("enterprise"),
        response_url=body.get("response_url"),
        private=container.get("is_ephemeral") is True,
    )


def place_text(place: Place) -> str:
    """Write a thread's place so that a modal can bring it back."""
    return json.dumps([place.team, place.channel, place.thread])


async def for_one_person(body: Mapping[str, Any]) -> bool:
    """Tell whether a click was in a message that only its reader sees."""
    return click(body).private


def order_from_view(body: Mapping[str, Any], what: str) -> Question:
    """Read the order that a submitted modal gives; submitting it twice is one order."""
    view = body["view"]
    team, channel, thread = json.loads(view["private_metadata"])
    return order(Place(team, channel, thread), body["user"]["id"], what, view["id"])
