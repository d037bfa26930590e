"""Parse what experts press and submit."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.records.question import Place
from bot.records.review import Decision
from genie.protocol.coerce import as_text
from handlers.payloads.actions import Click
from render.expert.modals import CORRECTED, REASON, SQL, WORDS
from render.expert.model import ReviewState
from render.text.escape import clean
from render.text.limits import INPUT_TEXT


@dataclass(frozen=True, slots=True)
class Expert:
    """A person who decides, in the channel in which the card stands."""

    place: Place
    user: str


def decision_of(click: Click, to: ReviewState) -> Decision:
    """Return what a button on a card says."""
    return Decision(question_id=click.question_id, to=to, expert=click.user, card=click.message)


def card_metadata(click: Click) -> str:
    """Serialise which card a form is about into its `private_metadata`."""
    return json.dumps([click.question_id, click.place.team, click.place.channel, click.message])


def submitted_decision(body: Mapping[str, Any]) -> tuple[Expert, Decision]:
    """Read a submitted form, and who submits it."""
    view, user = body["view"], body["user"]["id"]
    question_id, team, channel, card = json.loads(view["private_metadata"])
    values = view["state"]["values"]

    def text(name: str) -> str:
        return clean(as_text((values.get(name) or {}).get(name, {}).get("value"))).strip()[:INPUT_TEXT]

    corrects = view["callback_id"] == CORRECTED
    decision = Decision(
        question_id=question_id,
        to=ReviewState.CORRECTED if corrects else ReviewState.UNANSWERED,
        expert=user,
        card=card,
        words=text(WORDS) if corrects else text(REASON),
        sql=text(SQL) if corrects else "",
    )
    return Expert(Place(team, channel, None), user), decision
