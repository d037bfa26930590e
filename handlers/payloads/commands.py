"""Parse slash commands into questions and jobs.

https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.records.job import Job, JobKind, job_id, privately
from bot.records.question import Place, Question, Surface
from genie.protocol.coerce import as_text
from handlers.payloads.envelope import microseconds


def question_from_command(command: Mapping[str, Any]) -> Question | None:
    """Read `/genie question`; None for `/genie` and `/genie help`."""
    text = as_text(command.get("text")).strip()
    if text.lower() in {"", "help"}:
        return None
    team, channel = str(command["team_id"]), str(command["channel_id"])
    return Question(
        id=f"{team}.{channel}.{command['trigger_id']}",
        text=text,
        place=Place(team, channel, None),
        asker=command["user_id"],
        surface=Surface.COMMAND,
        written_at=microseconds(None),
        response_url=command.get("response_url"),
    )


def fresh_job(command: Mapping[str, Any], place: Place) -> Job:
    """Return the job that `/genie new` starts in a thread."""
    return Job(job_id(place, "fresh", command["trigger_id"]), JobKind.FRESH, place, command["user_id"])


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


def private_command(command: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return `/genie private question` without that word; None for a command that does not begin with it."""
    first, _, rest = as_text(command.get("text")).strip().partition(" ")
    return {**command, "text": rest} if first.lower() == "private" else None


def wants_to_cancel(command: Mapping[str, Any]) -> bool:
    """Tell whether a slash command is `/genie cancel`; with more words it is a question like any other."""
    return _words(command) == "cancel"


def wanted_replies(command: Mapping[str, Any]) -> bool | None:
    """Tell whether a slash command is `/genie listen` or `/genie quiet`; None for any other."""
    return {"listen": True, "quiet": False}.get(_words(command))


def wants_fresh_start(command: Mapping[str, Any]) -> bool:
    """Tell whether a slash command is `/genie new`; with more words it is a question like any other."""
    return _words(command) == "new"


def wanted_sign_in(command: Mapping[str, Any]) -> bool | None:
    """Tell whether a slash command is `/genie sign-in` or `/genie sign-out`; None for any other."""
    return {"sign-in": True, "sign in": True, "sign-out": False, "sign out": False}.get(_words(command))


def _words(command: Mapping[str, Any]) -> str:
    """Return what follows `/genie`, in small letters."""
    return as_text(command.get("text")).strip().lower()
