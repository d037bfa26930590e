"""Parse slash commands into questions, and what several payloads share.

https://docs.slack.dev/interactivity/implementing-slash-commands
"""

import time
from collections.abc import Mapping
from typing import Any

from bot.question import Job, JobKind, Place, Question, Surface
from genie.protocol.coerce import as_text


def installed_team(body: Mapping[str, Any]) -> str:
    """Return our own workspace, which in a channel shared with another company may not be the event's."""
    return str(_installation(body).get("team_id") or body.get("context_team_id") or body["team_id"])


def _installation(body: Mapping[str, Any]) -> Mapping[str, Any]:
    return next(iter(body.get("authorizations") or ()), {})


def is_external(body: Mapping[str, Any], team: str) -> bool:
    """Tell whether a message in a shared channel is from another company than ours.

    https://docs.slack.dev/apis/slack-connect
    """
    event = body["event"]
    if not (body.get("is_ext_shared_channel") or event.get("is_ext_shared_channel")):
        return False
    # With Enterprise Grid the person's home may be told as a workspace or as the whole organization.
    home = event.get("user_team") or event.get("source_team") or event.get("team") or team
    return home not in {team, _installation(body).get("enterprise_id") or body.get("context_enterprise_id")}


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


def job_id(place: Place, name: str, mark: str) -> str:
    """Return the id of a job of a thread, which `mark` tells from others."""
    return f"{place.team}.{place.channel}.{place.thread}.{name}.{mark}"


def fresh_job(command: Mapping[str, Any], place: Place) -> Job:
    """Return the job that `/genie new` starts in a thread."""
    return Job(job_id(place, "fresh", command["trigger_id"]), JobKind.FRESH, place, command["user_id"])


def private_job(question: Question) -> Job:
    """Return the job that asks a question privately."""
    return Job(
        question.id,
        JobKind.PRIVATE,
        question.place,
        question.asker,
        payload=question.to_json(),
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


def _words(command: Mapping[str, Any]) -> str:
    """Return what follows `/genie`, in small letters."""
    return as_text(command.get("text")).strip().lower()


def microseconds(ts: str | None) -> int:
    """Read Slack's `1795324546.109225`; now, if it is absent or of another form."""
    seconds, _, fraction = (ts or "").partition(".")
    if seconds.isdecimal() and fraction.isdecimal():
        return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0"))
    return int(time.time() * 1_000_000)
