"""Questions as people ask them: records that Redis keeps."""

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from bot.identity.model import SlackUser

QUESTIONS, RESEARCH = "questions", "research"
"""Names of the two limits: of questions in chat mode, and of those in agent mode."""


class Surface(StrEnum):
    """Where in Slack a question was asked."""

    MENTION = "mention"
    REPLY = "reply"
    DIRECT = "direct"
    COMMAND = "command"
    BUTTON = "button"


class Notice(StrEnum):
    """What a message gets that is no question about data: words of the bot's own, without Genie."""

    NONE = ""
    HELP = "help"
    THANKS = "thanks"
    NO_FILES = "no files"


class Aside(StrEnum):
    """What only the writer of a message is told about it."""

    OFFER = "offer"
    """It may be asked of Genie."""
    AS_MYSELF = "as myself"
    """It may be asked with the own rights, privately."""
    NO_FILES = "no files"
    TOO_MANY_BY_PERSON = "too many by person"
    """As many questions of its writer wait already as may."""
    TOO_MANY_IN_CHANNEL = "too many in channel"


@dataclass(frozen=True, slots=True)
class Place:
    """A thread in Slack; `thread` is the `ts` of its first message, None while we have yet to post that."""

    team: str
    channel: str
    thread: str | None

    @property
    def is_direct(self) -> bool:
        """Whether it is in direct messages with one person, whose ids begin with D."""
        return self.channel.startswith("D")


LATER_FIELDS = frozenset(
    {
        *("published_from", "asked_thread", "notice", "above", "revises", "space", "unseen"),
        *("research", "deepens", "result_of", "attachment", "scheduled"),
    }
)
"""Of a question: written only where they say something, as the version before does not know them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a user asked, as Slack sent it; never changes."""

    id: str
    text: str = field(repr=False)
    """Slack's own form: mentions as `<@U…>`, the three control characters escaped."""
    place: Place
    asker: str
    surface: Surface
    written_at: int = 0
    """Microseconds since 1970 by Slack's clock; decides who was first."""
    external: bool = False
    """The asker belongs to another company that shares this channel."""
    response_url: str | None = field(default=None, repr=False)
    """Lets us answer the asker of a slash command where we may not post."""
    fresh: bool = False
    """Wants a new conversation."""
    published_from: str = ""
    """The private question whose answer this one shows to everybody."""
    asked_in: str = ""
    """The channel of a question that is answered privately, in its asker's direct messages."""
    asked_thread: str = ""
    """The thread of that channel in which its message stands; empty for a slash command."""
    notice: Notice = Notice.NONE
    """Answered with that, without Genie."""
    above: bool = False
    """Wants the first message of its thread, which another app wrote, taken along."""
    revises: str = ""
    """The question as its message said it first, if that was edited into this one."""
    space: str = ""
    """The Genie space that its asker named; empty if it is to be found."""
    scheduled: str = ""
    """The watch that asks it by the clock; it stands in line behind what people ask."""
    unseen: bool = False
    """Nobody saw it being asked, as it was in a modal: a thread hears nothing of a private answer to it, and
    where its answer cannot be posted, that is private."""
    research: bool = False
    """It is asked in Genie's agent mode, which runs several queries and writes a report."""
    deepens: str = ""
    """The question whose answer this research goes deeper into."""
    result_of: str = ""
    """The research whose report this is a result of: one query, with a message and buttons of its own."""
    attachment: str = ""
    """The query of that result, as Genie's message names it."""

    @property
    def bucket(self) -> str:
        """Whose token it waits for."""
        return RESEARCH if self.research else QUESTIONS

    @property
    def origin(self) -> str:
        """The question as its message said it first; all that it was edited into has the same."""
        return self.revises or self.id

    @property
    def asked_at(self) -> Place:
        """Where it was asked, wherever it is answered."""
        return (
            Place(self.place.team, self.asked_in, self.asked_thread or None) if self.asked_in else self.place
        )

    @property
    def begins_thread(self) -> bool:
        """Whether its message is the first of a thread."""
        return self.origin.endswith(f".{self.asked_at.thread or ''}")

    @property
    def for_genie(self) -> bool:
        """Whether it is more than a call for a notice, and nobody of another company asks it."""
        return not (self.notice or self.external)

    @property
    def identity(self) -> SlackUser:
        """As whom Databricks is asked."""
        return SlackUser(self.place.team, self.asker)

    @property
    def queue_name(self) -> str:
        """Whose turn in the fair line this question takes."""
        return self.identity.queue_name

    def to_json(self) -> str:
        """Return the form that Redis keeps; a replica of the version before reads it, too."""
        stored = {key: value for key, value in asdict(self).items() if value or key not in LATER_FIELDS}
        return json.dumps(stored, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Question":
        """Read what `to_json` wrote."""
        data = json.loads(text)
        data |= {"place": Place(**data["place"]), "surface": Surface(data["surface"])}
        return cls(**data | {"notice": Notice(data.get("notice", ""))})
