"""Parse payloads of shortcuts, and of the modal that they open.

https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.records.job import job_id
from bot.records.question import Place, Question, Surface
from bot.slack.app_text import app_text
from genie.protocol.coerce import as_text
from handlers.payloads.actions import is_foreign
from handlers.payloads.envelope import microseconds
from handlers.payloads.messages import text_of
from render.notices.ask_modal import (
    ANSWER,
    CHANNEL,
    ONLY_ME,
    QUESTION,
    RESEARCH,
    SPACE,
    STARTER,
    AskForm,
    StarterChoice,
    Where,
    block_id,
    read_starter,
)
from render.text.escape import escape

MOST_CHARACTERS = 12_000
"""Of a message that are read; fewer fit into the modal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """What a user chose: a shortcut of a message, or the one that belongs to no place."""

    team: str
    user: str
    trigger_id: str = field(repr=False)
    channel: str = ""
    thread: str = ""
    """The thread of the message, or the one that a reply to it would begin."""
    text: str = field(default="", repr=False)
    """What people see of the message, in Slack's own form."""
    response_url: str | None = field(default=None, repr=False)
    external: bool = False
    """The user belongs to another company that shares this channel."""

    @property
    def place(self) -> Place:
        """Return the thread of the message."""
        return Place(self.team, self.channel, self.thread or None)

    def about(self, where: Where) -> str:
        """Serialise what a submitted modal is about into its `private_metadata`."""
        return json.dumps([self.team, self.channel, self.thread, self.response_url, where])


def read_shortcut(
    body: Mapping[str, Any], team: str, enterprise: str | None = None, *, bot_user: str = ""
) -> Shortcut:
    """Read a `message_action` or a `shortcut`; `team`, `enterprise` and `bot_user` are ours."""
    message: Mapping[str, Any] = body.get("message") or {}
    return Shortcut(
        team=team,
        user=body["user"]["id"],
        trigger_id=str(body.get("trigger_id") or ""),
        channel=str((body.get("channel") or {}).get("id") or ""),
        thread=as_text(message.get("thread_ts") or body.get("message_ts") or message.get("ts")),
        text=_seen(message, bot_user)[:MOST_CHARACTERS],
        response_url=body.get("response_url"),
        external=is_foreign(body, team, enterprise),
    )


def _seen(message: Mapping[str, Any], bot_user: str) -> str:
    """Return the words of a message: an app's with its attachments, a person's without previews of links.

    Of an answer of ours the text is the gist, and its blocks say how it was made, too.
    """
    text, is_ours = as_text(message.get("text")).strip(), message.get("user") == bot_user
    if not text or (message.get("bot_id") and not is_ours):
        return app_text(message)
    return text_of(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The modal as its user left it."""

    form: AskForm
    view: str
    place: Place
    """The thread of the message or, where it is about none, the user's direct messages."""
    user: str
    response_url: str | None = field(repr=False)

    @property
    def block(self) -> str:
        """Return the block in which the question stands."""
        return block_id(QUESTION, self.form.version)

    def in_thread(self) -> Question:
        """Return the question as it is asked in the thread of the message."""
        return self._question(self.place, Surface.BUTTON)

    def in_channel(self) -> Question:
        """Return the question as it is asked in the chosen channel, with a thread of its own."""
        return self._question(Place(self.place.team, self.form.channel, None), Surface.COMMAND)

    def in_direct_messages(self) -> Question:
        """Return the question as it is asked in the user's direct messages, about no message."""
        return self._question(replace(self.place, thread=None), Surface.COMMAND)

    def privately(self) -> Question:
        """Return the question to ask in the direct messages of its asker, about a message."""
        return replace(self.in_direct_messages(), asked_thread=self.place.thread or "")

    def _question(self, place: Place, surface: Surface) -> Question:
        """Make the question; however often this modal is submitted, it is the same one."""
        return Question(
            id=job_id(self.place, "ask", self.view),
            text=escape(self.form.question),
            place=place,
            asker=self.user,
            surface=surface,
            written_at=microseconds(None),
            response_url=self.response_url,
            space=self.form.space,
            unseen=True,
            research=self.form.research,
        )


def read_submission(body: Mapping[str, Any]) -> Submission:
    """Read the modal from its submission, or from a click in it."""
    view = body["view"]
    team, channel, thread, response_url, where = json.loads(view["private_metadata"])
    values = _Values.of(view["state"]["values"])
    kind = Where(where)
    form = AskForm(
        about=view["private_metadata"],
        where=kind,
        channel=values.text(CHANNEL, "selected_conversation") if kind is Where.ANYWHERE else channel,
        question=values.text(QUESTION, "value").strip(),
        version=values.version,
        space=values.option(SPACE),
        only_me=values.option(ANSWER) == ONLY_ME,
        research=values.is_checked(RESEARCH),
        starters=_starters(view["blocks"]),
    )
    place = Place(team, channel, thread or None)
    return Submission(
        form=form, view=view["id"], place=place, user=body["user"]["id"], response_url=response_url
    )


def _starters(blocks: Sequence[Mapping[str, Any]]) -> list[StarterChoice]:
    """Return what a modal offers to begin with."""
    buttons = [each for block in blocks if block["type"] == "actions" for each in block["elements"]]
    return [read_starter(each["value"]) for each in buttons if each["action_id"].startswith(STARTER)]


@dataclass(frozen=True, slots=True)
class _Values:
    """What stands in the inputs, by action id; and the version of the question's block."""

    states: Mapping[str, Mapping[str, Any]]
    version: int

    @classmethod
    def of(cls, values: Mapping[str, Mapping[str, Any]]) -> "_Values":
        states = {action: state for actions in values.values() for action, state in actions.items()}
        asked = next((each for each in values if each.startswith(f"{QUESTION}:")), "")
        version = asked.partition(":")[2]
        return cls(states, int(version) if version.isdecimal() else 0)

    def text(self, name: str, key: str) -> str:
        return as_text(self.states.get(name, {}).get(key))

    def is_checked(self, name: str) -> bool:
        return bool(self.states.get(name, {}).get("selected_options"))

    def option(self, name: str) -> str:
        return as_text((self.states.get(name, {}).get("selected_option") or {}).get("value"))
