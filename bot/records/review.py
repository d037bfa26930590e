"""Questions that experts look at: what a card shows of one, and what an expert has said."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from bot.identity.model import SlackUser
from bot.records.question import Place
from render.expert.model import ReviewState


class Reuse(StrEnum):
    """To whom a question may be shown that an expert has confirmed, besides those who ask the same."""

    NOBODY = ""
    """It was asked privately."""
    CHANNEL = "channel"
    """Who asks in the same channel, to which not everybody can come."""
    EVERYBODY = "everybody"
    """In the workspace, apart from guests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an expert is asked; never changes."""

    question_id: str
    question: str = field(repr=False)
    """In the words that Genie got."""
    place: Place
    """The thread of the answer."""
    asker: str
    sender: str
    """Who pressed *Ask an Expert*."""
    space: str
    sql: str = field(default="", repr=False)
    reading: str = field(default="", repr=False)
    """How Genie read the question."""
    cause: str = ""
    """The name of the cause for which there is no answer."""
    stands_alone: bool = True
    """It began a conversation, so that its words say all of it."""
    reuse: Reuse = Reuse.NOBODY

    @property
    def identity(self) -> SlackUser:
        """Whose answer it is."""
        return SlackUser(self.place.team, self.asker)

    def to_json(self) -> str:
        """Return the form that Redis keeps."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Asked":
        """Read what `to_json` wrote."""
        data = json.loads(text)
        return cls(**data | {"place": Place(**data["place"]), "reuse": Reuse(data["reuse"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A question before the experts, as it stands."""

    asked: Asked
    state: ReviewState = ReviewState.OPEN
    at: int = 0
    """Milliseconds by Redis's clock, since when that is so."""
    expert: str = ""
    """Who has taken or decided it; empty also for a person who was forgotten."""
    card: str = ""
    """The `ts` of its message in the experts' channel."""
    words: str = field(default="", repr=False)
    """A correction, or why there is none."""
    sql: str = field(default="", repr=False)
    """The SQL of a correction."""

    @property
    def confirmed_sql(self) -> str:
        """The SQL that an expert stands for; empty where there is none."""
        if self.state is ReviewState.CONFIRMED:
            return self.asked.sql
        return self.sql if self.state is ReviewState.CORRECTED else ""

    @classmethod
    def from_hash(cls, stored: Mapping[str, str]) -> "Review | None":
        """Read what Redis keeps; None where there is nothing."""
        if "asked" not in stored:
            return None
        return cls(
            asked=Asked.from_json(stored["asked"]),
            state=ReviewState(stored["state"]),
            at=int(stored["at"]),
            **{name: stored.get(name, "") for name in ("expert", "card", "words", "sql")},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an expert presses or submits."""

    question_id: str
    to: ReviewState
    expert: str
    card: str
    words: str = field(default="", repr=False)
    sql: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A question of a space with the SQL for which an expert stands: no rows, and not who asked."""

    id: str
    space: str
    question: str = field(repr=False)
    sql: str = field(repr=False)
    by: str
    """The expert; empty for one who was forgotten."""
    team: str
    at: int
    """Milliseconds by Redis's clock."""
    reuse: Reuse = Reuse.NOBODY
    channel: str = ""
    """Where it was asked; empty for a private question."""

    def may_be_offered_in(self, channel: str, *, colleague: bool) -> bool:
        """Tell whether who asks something similar in a channel may read the question."""
        if self.reuse is Reuse.EVERYBODY and colleague:
            return True
        return self.reuse is not Reuse.NOBODY and self.channel == channel
