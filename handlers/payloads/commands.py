"""Parse slash commands: a subcommand, or a question.

https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from bot.identity.model import SlackUser
from bot.records.job import Job, JobKind, job_id, privately
from bot.records.question import Place, Question, Surface
from genie.protocol.coerce import as_text
from handlers.payloads.envelope import microseconds
from render import words

END = ".!?… "
"""What may end a text that names a subcommand alone."""


class Argument(Enum):
    """What may follow the name of a subcommand; with anything else it is a question."""

    NOTHING = "nothing"
    WORD = "a word or nothing"
    QUESTION = "a question or nothing"
    AFTER_COLON = "a colon and a question, or nothing"
    SCHEDULE = "how often, a colon and a question, or nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command of a user."""

    place: Place
    user: str
    name: str | None
    """The subcommand, None for a question."""
    argument: str = field(repr=False)
    """What follows the subcommand, or the question."""
    trigger_id: str = field(repr=False)
    """Opens one modal within three seconds; of each command another one."""
    response_url: str | None = field(default=None, repr=False)

    @property
    def id(self) -> str:
        """Return the id of what it asks for: a redelivery has the same."""
        return f"{self.place.team}.{self.place.channel}.{self.trigger_id}"

    @property
    def person(self) -> SlackUser:
        """Return whose command it is."""
        return SlackUser(self.place.team, self.user)

    def question(self) -> Question:
        """Return the question that it asks."""
        return Question(
            id=self.id,
            text=self.argument,
            place=self.place,
            asker=self.user,
            surface=Surface.COMMAND,
            written_at=microseconds(None),
            response_url=self.response_url,
        )

    def own_job(self, kind: JobKind) -> Job:
        """Return the job about its user that it starts: it is one, however often they ask for it."""
        own_id = f"{self.place.team}.{self.user}.{kind}"
        return Job(own_id, kind, self.place, self.user, response_url=self.response_url)

    def thread_job(self, kind: JobKind, place: Place) -> Job:
        """Return the job about a thread that it starts."""
        return Job(job_id(place, kind, self.trigger_id), kind, place, self.user)


def read_command(body: Mapping[str, Any], forms: Mapping[str, Argument]) -> Command:
    """Read a slash command; `forms` are the names of the subcommands, and what may follow each."""
    name, argument = parse(as_text(body.get("text")), forms)
    return Command(
        place=Place(str(body["team_id"]), str(body["channel_id"]), None),
        user=str(body["user_id"]),
        name=name,
        argument=argument,
        trigger_id=str(body["trigger_id"]),
        response_url=body.get("response_url"),
    )


def parse(text: str, forms: Mapping[str, Argument]) -> tuple[str | None, str]:
    """Return the subcommand that a text names and what follows it, or None and the question.

    A subcommand counts alone or with exactly its own argument: `new customers by month` is a question, and
    so is `research spending`.
    """
    alone = " ".join(text.lower().split()).rstrip(END)
    if alone in forms:
        return alone, ""
    word, colon, after = text.partition(":")
    if colon and forms.get(word.strip().lower()) is Argument.AFTER_COLON:
        return word.strip().lower(), after.strip()
    first, *rest = text.split(maxsplit=1) or [""]
    form = forms.get(first.lower())
    following = rest[0].strip() if rest else ""
    if form is Argument.WORD and len(following.split()) == 1:
        return first.lower(), following.rstrip(END)
    is_schedule = form is Argument.SCHEDULE and bool(rhythm_and_question(following)[1])
    if is_schedule or (form is Argument.QUESTION and following):
        return first.lower(), following
    return None, text.strip()


def rhythm_and_question(text: str) -> tuple[str, str]:
    """Read how often a question is to be asked, before a colon; both are empty where that is not said."""
    often, _, question = text.partition(":")
    known = words.watches.RHYTHMS | words.watches.OTHER_RHYTHMS
    rhythm = known.get(" ".join(often.lower().split()), "")
    return (rhythm, question.strip()) if rhythm and question.strip() else ("", "")


def private_job(question: Question) -> Job:
    """Return the job that asks a question privately."""
    asked = replace(question, id=privately(question.id))
    return Job(
        question.id,
        JobKind.PRIVATE,
        question.place,
        question.asker,
        about=asked.id,
        payload=asked.to_json(),
        response_url=question.response_url,
    )
