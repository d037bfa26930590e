"""Parse the modals in which an answer is watched, and the space of a scheduled question is chosen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.identity.model import SlackUser
from bot.records.question import Place
from handlers.payloads.actions import Click
from render.text.limits import METADATA
from render.watch.modal import WatchChoice, read_choice
from render.watch.schedule_modal import chosen_space


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSubmission:
    """The modal as its user left it, and which answer it is about."""

    question_id: str
    place: Place
    """The thread in which the answer stands."""
    user: str
    view: str
    choice: WatchChoice

    @property
    def person(self) -> SlackUser:
        """Return who submits it."""
        return SlackUser(self.place.team, self.user)


def watch_metadata(click: Click) -> str:
    """Serialise which answer is to be watched into a modal's `private_metadata`."""
    return json.dumps([click.question_id, click.place.team, click.place.channel, click.place.thread])


def read_watch(body: Mapping[str, Any]) -> WatchSubmission:
    """Read the modal from its submission."""
    view = body["view"]
    question_id, team, channel, thread = json.loads(view["private_metadata"])
    return WatchSubmission(
        question_id=question_id,
        place=Place(team, channel, thread),
        user=body["user"]["id"],
        view=view["id"],
        choice=read_choice(view["state"]["values"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A question that is to be asked by the clock."""

    mark: str
    """However often it is sent, it is one."""
    place: Place
    """Where it is asked."""
    user: str
    rhythm: str
    question: str = field(repr=False)
    space: str = ""
    """The id of its Genie space; empty where there is but one."""

    @property
    def person(self) -> SlackUser:
        """Return whose it is."""
        return SlackUser(self.place.team, self.user)

    def about(self) -> str:
        """Serialise it, but for its space, into a modal's `private_metadata`; empty if it does not fit."""
        kept = [self.mark, self.place.team, self.place.channel, self.rhythm, self.question]
        text = json.dumps(kept, ensure_ascii=False)
        return text if len(text) <= METADATA else ""


def read_schedule(body: Mapping[str, Any]) -> Schedule:
    """Read the modal from its submission."""
    view = body["view"]
    mark, team, channel, rhythm, question = json.loads(view["private_metadata"])
    return Schedule(
        mark=mark,
        place=Place(team, channel, None),
        user=body["user"]["id"],
        rhythm=rhythm,
        question=question,
        space=chosen_space(view["state"]["values"]),
    )
