"""Parse payloads of buttons, menus and modals into questions and jobs.

https://docs.slack.dev/reference/interaction-payloads
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.identity.model import SlackUser
from bot.records.job import Job, JobKind, job_id, published
from bot.records.question import Place, Question, Surface
from handlers.payloads.envelope import microseconds
from handlers.payloads.feedback import rated_question
from render.answer.chart_menu import CHART
from render.answer.space_menu import OTHER_SPACE
from render.blockkit.buttons import (
    CHECK_AGAIN,
    FEEDBACK,
    OVERFLOW_MENU,
    WHY,
    decode,
    rated,
    read_option,
)
from render.notices.spaces import CHOOSE_OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """A button that a user pressed, or an option that a user chose, and the thread in which it stands."""

    place: Place
    user: str
    message: str
    action_id: str
    action: str
    """The action id up to a colon or, in the menu below an answer, what the option is called."""
    question_id: str
    """The question whose answer it belongs to; empty if it does not say so."""
    suggestion: str
    """The question that it offers to ask."""
    value: str
    at: int
    """Microseconds since 1970."""
    external: bool
    """The user belongs to another company that shares this channel."""
    trigger_id: str = field(repr=False)
    """Opens one modal within three seconds."""
    response_url: str | None = field(repr=False)
    private: bool
    """Only the user sees the message."""
    view: str = ""
    """The Home tab or modal in which it stands, as it was published then; empty in a message."""

    @property
    def person(self) -> SlackUser:
        """Return who presses."""
        return SlackUser(self.place.team, self.user)

    @property
    def message_id(self) -> str:
        """Return how the message is called in which it stands."""
        return f"{self.place.team}.{self.place.channel}.{self.message}"

    def question(self, text: str, *, fresh: bool = False) -> Question:
        """Return the question that this click asks; however often it is pressed, that is one question."""
        return Question(
            id=f"{self.message_id}.{self.action_id}",
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

    def from_home(self, channel: str, text: str) -> Question:
        """Return the question that this click on the Home tab asks in the direct messages `channel`.

        Pressed twice before the tab is published anew, it is the same one.
        """
        place = Place(self.place.team, channel, None)
        mine = replace(self.question(text), place=place, surface=Surface.COMMAND)
        _, space, _ = self.action_id.split(":")
        return replace(mine, id=f"{place.team}.{channel}.{self.view}.{self.action_id}", space=space)

    def apart(self, mark: str, text: str) -> Question:
        """Return the question that this click asks outside of its thread, of which there is one by `mark`."""
        mine = replace(self.command(text), id=job_id(self.place, "question", mark))
        return replace(mine, asked_thread=self.place.thread or "")

    def thread_job(self, kind: JobKind) -> Job:
        """Return the job about the thread that this click starts."""
        return Job(job_id(self.place, kind, str(self.at)), kind, self.place, self.user)

    def answer_job(self, kind: JobKind, payload: str = "", *, name: str = "") -> Job:
        """Return the job about an answer that this click starts; each click on its button is that job.

        `name` tells it from other jobs about the answer, in place of its kind.
        """
        return Job(
            id=job_id(self.place, name or kind, self.question_id),
            kind=kind,
            place=self.place,
            user=self.user,
            about=self.question_id,
            payload=payload,
            response_url=self.response_url,
        )


def clicked(context: AsyncBoltContext) -> Click:
    """Return the click that the middleware has read."""
    click: Click = context["click"]
    return click


def is_foreign(body: Mapping[str, Any], team: str, enterprise: str | None = None) -> bool:
    """Tell whether a user who clicks or submits cannot be shown to be of our workspace or organization.

    In a channel shared with other companies the payload's team may be ours or the user's.
    """
    home = body["user"].get("team_id") or (body.get("team") or {}).get("id")
    organization = (body.get("enterprise") or {}).get("id")
    return home not in {team, enterprise or team} and (not enterprise or organization != enterprise)


def read_click(body: Mapping[str, Any], team: str, enterprise: str | None = None) -> Click:
    """Read a `block_actions` payload of an element in a message; `team` and `enterprise` are ours."""
    action, message, container = body["actions"][0], body.get("message") or {}, body.get("container") or {}
    view = body.get("view")
    ts = str(message.get("ts") or container.get("message_ts") or "")
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    thread = str(message.get("thread_ts") or container.get("thread_ts") or ts)
    value = action.get("value") or (action.get("selected_option") or {}).get("value") or ""
    meaning = decode(value)
    name, _, suffix = action["action_id"].partition(":")
    question_id = _question_id(name, suffix, value)
    if name == OVERFLOW_MENU:
        name, question_id = read_option(value)
    return Click(
        place=Place(team, str(channel), thread),
        user=body["user"]["id"],
        message=ts,
        action_id=action["action_id"],
        action=name,
        question_id=question_id,
        suggestion=meaning.question,
        value=value,
        at=microseconds(action.get("action_ts")),
        external=is_foreign(body, team, enterprise),
        trigger_id=str(body.get("trigger_id") or ""),
        response_url=body.get("response_url"),
        private=container.get("is_ephemeral") is True,
        view=f"{view['id']}.{view.get('hash', '')}" if view else "",
    )


def _question_id(name: str, suffix: str, value: str) -> str:
    """Return the question whose answer a button belongs to, wherever its value or action id names it."""
    if name in {CHART, OTHER_SPACE, CHOOSE_OTHER}:
        return suffix
    if name == FEEDBACK:
        return (rated(value) or ("", ""))[1]
    if name == WHY:
        return rated_question(value)
    return value if name == CHECK_AGAIN else decode(value).question_id


def thread_metadata(place: Place) -> str:
    """Serialise a thread into a modal's `private_metadata`."""
    return json.dumps([place.team, place.channel, place.thread])


def forget_job(body: Mapping[str, Any]) -> Job:
    """Read the job that a submitted modal starts; submitted twice, it is one job."""
    view = body["view"]
    place = Place(*json.loads(view["private_metadata"]))
    return Job(job_id(place, "forget", view["id"]), JobKind.FORGET, place, body["user"]["id"])


def publish_metadata(click: Click) -> str:
    """Serialise which private answer is to be shared into a modal's `private_metadata`."""
    place = click.place
    return json.dumps([click.question_id, place.team, place.channel, place.thread, click.response_url])


def publish_job(body: Mapping[str, Any]) -> Job:
    """Read the job that a submitted modal starts, in the thread of the private answer; it is one job."""
    question_id, team, channel, thread, response_url = json.loads(body["view"]["private_metadata"])
    return Job(
        published(question_id),
        JobKind.PUBLISH,
        Place(team, channel, thread),
        body["user"]["id"],
        about=question_id,
        response_url=response_url,
    )
