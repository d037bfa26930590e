"""Reads records of the version in which a job was a question without text.

Needed until seven days after the upgrade, when `QUESTION_LIFETIME` has removed the last. Then delete the
module, its calls, and `scripts/lua/lib/job.lua` and `'tries'` in the scripts.
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.records.job import Job, JobKind, Stage
from bot.records.progress import Placeholder
from bot.records.question import Place, Surface

RENAMED = {
    "tries": "attempts",
    "looks": "polls",
    "setbacks": "failures_in_a_row",
    "rung": "variant",
}
PLACEHOLDERS = {
    "working": Placeholder.WORKING,
    "behind": Placeholder.BEHIND,
    "blocked": Placeholder.BLOCKED,
    "again": Placeholder.ASKING_AGAIN,
    "long": Placeholder.STILL_RUNNING,
}
KINDS = {
    "telling": JobKind.FRESH,
    "forgetting": JobKind.FORGET,
    "sharing": JobKind.SHARE,
    "opening": JobKind.PRIVATE,
    "publishing": JobKind.PUBLISH,
    "dismissing": JobKind.DISMISS,
    "redrawing": JobKind.REDRAW_CHART,
    "rated": JobKind.FEEDBACK,
    "exporting": JobKind.EXPORT,
    "insights": JobKind.INSIGHTS,
}
"""By the state in which a job waited."""
WITH_WISH = {JobKind.EXPORT, JobKind.REDRAW_CHART, JobKind.FEEDBACK}
STAGES = {"delivered": Stage.DONE, "refused": Stage.REFUSED}


def upgraded(record: Mapping[Any, Any]) -> dict[str, str]:
    """Return a stored hash in today's form; fields that have it already are kept."""
    new = {RENAMED[name]: value for name, value in record.items() if name in RENAMED} | dict(record)
    if said := record.get("said"):
        new = _placeholder(said) | new
    question = json.loads(record.get("question", "{}"))
    if "wish" not in question:
        return new
    if (
        question["surface"] != "menu" or "message" in record
    ):  # an answer that was published was a job at first
        return new | {"question": json.dumps(_question(question), ensure_ascii=False)}
    state = record["state"]
    if state in KINDS:
        new["job"] = _job(question, KINDS[state]).to_json()
    saved = {"stage": STAGES.get(state, Stage.QUEUED), "waiting": str(int(bool(said)))}
    return saved | {"reviewed": str(int("status" in record))} | new


def _placeholder(said: str) -> dict[str, str]:
    name, _, place = said.partition(" ")
    if name == "place" and place.isdecimal():
        return {"placeholder": Placeholder.IN_LINE, "place": place}
    return {"placeholder": PLACEHOLDERS.get(said, Placeholder.NONE)}


def _question(old: Mapping[str, Any]) -> dict[str, Any]:
    new = {name: value for name, value in old.items() if name not in {"about", "wish"}}
    if old["surface"] == "menu":
        new |= {"surface": Surface.COMMAND, "published_from": old["about"]}
    return new


def _job(old: Mapping[str, Any], kind: JobKind) -> Job:
    payload = old["wish"] if kind in WITH_WISH else ""
    if kind is JobKind.PRIVATE:
        payload = json.dumps(_question(old), ensure_ascii=False)
    return Job(
        id=old["id"],
        kind=kind,
        place=Place(**old["place"]),
        user=old["asker"],
        about=old["about"],
        payload=payload,
        response_url=old["response_url"],
    )
