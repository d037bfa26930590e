"""Parse reactions, and the modal that asks for a reason, into ratings.

https://docs.slack.dev/reference/events/reaction_added
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.records.question import Place
from bot.store.feedback import Feedback, Rater
from genie.model import Rating
from genie.protocol.coerce import as_text
from handlers.payloads.envelope import installed_team, microseconds
from render.notices.feedback import REASONS, WORDS
from render.text.escape import clean
from render.text.limits import INPUT_TEXT
from render.words.feedback import reason

REACTIONS = {
    "+1": Rating.POSITIVE,
    "thumbsup": Rating.POSITIVE,
    "-1": Rating.NEGATIVE,
    "thumbsdown": Rating.NEGATIVE,
}
"""Names of the reactions that are ratings, without the tone of the skin that may follow them."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """A thumb that a user put on a message of ours, or took from it."""

    place: Place
    """The message's workspace and channel; the payload does not name its thread."""
    ts: str
    user: str
    name: str
    feedback: Feedback
    shared: bool
    """The channel is shared with another company; the payload does not say to which the user belongs."""


def read_reaction(body: Mapping[str, Any], bot_user: str | None) -> Reaction | None:
    """Read a reaction that came or went; None if it is no thumb on a message of ours."""
    event = body["event"]
    item, user = event.get("item") or {}, event.get("user")
    rating = REACTIONS.get(as_text(event.get("reaction")).partition("::")[0])
    if not (rating and user and bot_user) or event.get("item_user") != bot_user:
        return None
    if item.get("type") != "message":
        return None
    given = event["type"] == "reaction_added"
    return Reaction(
        place=Place(installed_team(body), str(item["channel"]), None),
        ts=str(item["ts"]),
        user=user,
        name=event["reaction"],
        feedback=Feedback(rating if given else Rating.NONE, microseconds(event.get("event_ts"))),
        shared=bool(body.get("is_ext_shared_channel")),
    )


def feedback_metadata(rater: Rater, at: int) -> str:
    """Serialise what a reason is about, for the value of a button and a modal's `private_metadata`."""
    place = rater.place
    return json.dumps([rater.question_id, place.team, place.channel, place.thread, at, rater.source])


def rated_question(metadata: str) -> str:
    """Read the question whose answer a reason is about; empty for what we did not write."""
    try:
        question_id, *_ = json.loads(metadata)
    except (TypeError, ValueError):
        return ""
    return as_text(question_id)


def reason_from_view(body: Mapping[str, Any]) -> tuple[Rater, Feedback]:
    """Read a submitted modal: it follows the thumb, pressed or put, however often it is submitted."""
    view = body["view"]
    question_id, team, channel, thread, at, source = json.loads(view["private_metadata"])
    values = view["state"]["values"]
    options = (values.get(REASONS) or {}).get(REASONS, {}).get("selected_options") or ()
    words = (values.get(WORDS) or {}).get(WORDS, {}).get("value")
    comment = reason([str(option.get("value")) for option in options], clean(as_text(words))[:INPUT_TEXT])
    rater = Rater(question_id, Place(team, channel, thread), body["user"]["id"], source)
    return rater, Feedback(Rating.NEGATIVE, at + 1, comment)
