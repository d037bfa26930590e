"""Watches: an answer that is looked at again, or a question that is asked again, by the clock."""

import json
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from bot.identity.model import SlackUser
from bot.records.question import Place
from genie.model import MessageRef
from render.watch.model import Baseline, Condition

Quiet = tuple[int, int]
"""The hours of the day at which quiet hours begin and end; there are none where both are the same."""
QUIET: Quiet = (20, 7)
EACH_TIME = Condition()
PAUSED_BY_OWNER = "owner"
"""Why a watch is paused, where that is no failure."""


class WatchKind(StrEnum):
    """What is done when a watch is due."""

    ANSWER = "answer"
    """The stored SQL of an answer is run again, which asks no question."""
    QUESTION = "question"
    """A question is asked, which costs a token."""


class Rhythm(StrEnum):
    """When a watch is due, by its owner's clock."""

    HOURLY = "hourly"
    MORNINGS = "mornings"
    """Each day at 8:00."""
    MONDAYS = "mondays"
    """At 8:00, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a person wants to be told again and again; nothing of it changes but its hours."""

    id: str
    """Made by `watch_id`: it begins with its owner, and says its kind."""
    owner: SlackUser
    """As whom Databricks is asked, and who may pause and stop it."""
    place: Place
    """Where it tells: the thread in which it was set; of a private answer, that in direct messages."""
    kind: WatchKind
    rhythm: Rhythm
    time_zone: str
    """Its owner's, by the name that Slack has for it."""
    text: str = field(default="", repr=False)
    """The question: as Slack sent it for one that is to be asked, else in the words that Genie got."""
    quiet: Quiet = QUIET
    condition: Condition = EACH_TIME
    """When it tells; a question is answered each time."""
    about: str = ""
    """The question whose answer is watched; its record is gone after some days."""
    space: str = ""
    conversation: str = ""
    message: str = ""
    attachment: str = ""
    """The query in that message, where it is not the one that the bot would choose."""
    asked_as: str = ""
    """With whose rights the answer was asked, as `Progress.asked_as`."""
    created_at: int = 0
    """Milliseconds since 1970."""

    @property
    def ref(self) -> MessageRef:
        """Where the answer lives in Genie."""
        return MessageRef(self.space, self.conversation, self.message)

    def to_json(self) -> str:
        """Return the form that Redis keeps, without what is left as it is: there may be thousands."""
        place, left_as_is = self.place, {each.name: each.default for each in fields(self)}
        kept: dict[str, Any] = {
            name: value
            for name, default in left_as_is.items()
            if (value := getattr(self, name)) != default and name not in {"owner", "place", "condition"}
        }
        kept |= {"owner": self.owner.id, "place": [place.team, place.channel, place.thread]}
        if self.condition != left_as_is["condition"]:
            kept["condition"] = self.condition.to_list()
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Watch":
        """Read what `to_json` wrote; KeyError, TypeError or ValueError for one of another version."""
        data = json.loads(text)
        place = Place(*data["place"])
        data |= {
            "owner": SlackUser(place.team, data["owner"]),
            "place": place,
            "kind": WatchKind(data["kind"]),
            "rhythm": Rhythm(data["rhythm"]),
            "condition": Condition.from_list(data["condition"]) if "condition" in data else EACH_TIME,
            "quiet": tuple(data.get("quiet", QUIET)),
        }
        return cls(**data)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchProgress:
    """What has been saved about a watch; times are milliseconds since 1970."""

    due: int | None = None
    """When it runs next; None while it is paused."""
    run: int = 0
    """When its last run was due; 0 before the first one."""
    done: int = 0
    """The same of the last run that ended."""
    failures: int = 0
    """Of runs, in a row."""
    paused: str = ""
    """Why it is paused: PAUSED_BY_OWNER, or the name of a cause; empty while it runs."""
    baseline: Baseline | None = field(default=None, repr=False)
    """What is kept of its last result."""
    key: str = ""
    """The mark of the key with which that was made."""


@dataclass(frozen=True, slots=True)
class StoredWatch:
    """A watch as it is in the store."""

    watch: Watch
    progress: WatchProgress


def watch_id(owner: SlackUser, mark: str, kind: WatchKind = WatchKind.ANSWER) -> str:
    """Return the id of a watch that `mark` tells from its owner's others, such as the id of a view."""
    return f"{owner.queue_name}.{kind}.{mark}" if kind is WatchKind.QUESTION else f"{owner.queue_name}.{mark}"


def kind_of(watch_id: str) -> WatchKind:
    """Return the kind of a watch; other work that recurs counts as what asks no question."""
    return WatchKind.QUESTION if f".{WatchKind.QUESTION}." in watch_id else WatchKind.ANSWER


def is_of(watch_id: str, owner: SlackUser) -> bool:
    """Tell whether a watch is a person's: nobody else pauses or stops it."""
    return watch_id.startswith(f"{owner.queue_name}.")


def is_first_look(stored: StoredWatch) -> bool:
    """Tell whether a run only sees what there is to compare with, at once and whatever the hour."""
    return stored.watch.kind is WatchKind.ANSWER and not stored.progress.done


def run_id(watch_id: str, due: int) -> str:
    """Return the id of the job that is the run of a watch, or of other work that recurs, at a due time."""
    return f"{watch_id}.{due}"


def question_of(job_id: str) -> str:
    """Return the id of the question that a run asks."""
    return f"{job_id}.question"


def run_of(job_id: str) -> tuple[str, int]:
    """Return the watch of a job's id, and when that run was due."""
    watch_id, _, due = job_id.rpartition(".")
    return watch_id, int(due)
