"""Input of an answer message: Genie's result, the user who asked, the place, the chart chosen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from genie.model import Answer
from render.chart.model import Charts
from render.expert.model import Confirmation
from render.sql.model import UNREAD, QueryReading
from render.text.locales import ANYWHERE, Locale


class Audience(StrEnum):
    """Who sees an answer."""

    CHANNEL = "channel"
    """All members of a channel, in its thread."""
    PERSON = "person"
    """A person who asked in a direct message."""
    ASKER = "asker"
    """A person who asked privately, from a channel in which the answer may be shared."""


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """An answer and all that decides how it looks."""

    answer: Answer
    question_id: str = ""
    """Comes back with each click; without it there are no buttons."""
    question: str = ""
    """Names files and charts where Genie gave its query no title."""
    asked_by: str = ""
    """The Slack id of the person who clicked, where nobody typed the question in the thread."""
    asked_as: str = ""
    """As whom Databricks was asked, in words that are safe mrkdwn."""
    note: str = ""
    """A plain sentence to put first."""
    asked_before: str = ""
    """When and by whom the question was asked first whose answer this is, in words that are safe mrkdwn."""
    space_title: str = ""
    other_spaces: tuple[tuple[str, str], ...] = ()
    """Ids and names of the spaces in which the question may be asked instead; of a thread's first answer."""
    audience: Audience = Audience.CHANNEL
    is_quiet: bool = False
    """The thread of the answer takes mentions only."""
    may_research: bool = True
    """Genie may be asked to look deeper into it."""
    has_model: bool = False
    """A model puts the figures of Insights into words."""
    wanted: str = ""
    """What was chosen in the chart menu."""
    charts: Charts = Charts.PNG
    """How the operator wants charts shown."""
    locale: Locale = ANYWHERE
    query_reading: QueryReading = UNREAD
    """What the query says about its result."""
    today: date | None = None
    """The reader's day when the rows were read; without it no period is judged."""

    experts: bool = False
    """There are experts to ask."""
    confirmation: Confirmation | None = None
    """What an expert has said about the same question."""
    similar: str = ""
    """A question in similar words that an expert has confirmed."""
    missing: frozenset[str] = frozenset()
    """The suffixes of files with what the message leaves out that did not get into Slack."""

    @property
    def title(self) -> str:
        """Return what the answer is about."""
        return (self.answer.query.title if self.answer.query else "") or self.question
