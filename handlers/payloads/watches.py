"""Parse the modal in which an answer is watched."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.identity.model import SlackUser
from bot.records.question import Place
from handlers.payloads.actions import Click
from render.watch.modal import WatchChoice, read_choice


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
