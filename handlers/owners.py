"""Whom buttons, menus and modals serve where people ask as themselves: the owner of answer or thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.records.question import Place, Question
from handlers.payloads.actions import Click, forget_job, publish_job
from handlers.payloads.feedback import reason_from_view
from handlers.payloads.watches import read_watch
from handlers.services import Services
from render import words
from render.answer import actions as answer_actions
from render.answer.chart_menu import CHART
from render.answer.confirmed import SIMILAR
from render.answer.space_menu import OTHER_SPACE
from render.blockkit import buttons
from render.blockkit.blocks import mention
from render.blockkit.buttons import ButtonValue
from render.blockkit.reply import Reply
from render.expert import card as expert_card
from render.expert import listing as expert_listing
from render.expert import modals as expert_modals
from render.home import settings_modal, view
from render.notices import (
    as_myself,
    ask_modal,
    feedback,
    forget_thread,
    listening,
    message_above,
    share_modal,
    sign_in,
    spaces,
)
from render.notices.help import STARTER
from render.research.progress import STOP
from render.watch import message, schedule_modal
from render.watch import modal as watch_modal


class Of(StrEnum):
    """What somebody has to own who presses."""

    ANSWER = "answer"
    THREAD = "thread"
    """It asks something in the thread or changes it, beside the answer below which it stands, if any."""


OWNED: Mapping[str, Of] = {
    **dict.fromkeys(
        (
            *(answer_actions.PUBLISH, answer_actions.DISMISS, answer_actions.SHARE, answer_actions.INSIGHTS),
            *(answer_actions.EXPORT_CSV, answer_actions.EXPORT_EXCEL, answer_actions.EXPLAIN, CHART),
            *(buttons.FEEDBACK, buttons.WHY, buttons.TAKE_BACK),
            *(buttons.CHECK_AGAIN, buttons.WITHDRAW, buttons.ASK_EDITED, OTHER_SPACE, STOP),
            *(spaces.CHOOSE, spaces.CHOOSE_OTHER, buttons.ASK_EXPERT, answer_actions.WATCH),
        ),
        Of.ANSWER,
    ),
    **dict.fromkeys(
        (
            *(buttons.SUGGESTION, SIMILAR, buttons.ASK_AGAIN, buttons.START_FRESH, STARTER),
            *(message_above.ASK_WITH_ABOVE, message_above.ASK_WITHOUT),
            *(answer_actions.FRESH, answer_actions.FORGET, listening.QUIET, listening.LISTEN),
            *(answer_actions.RESEARCH, buttons.ASK_ANEW),
        ),
        Of.THREAD,
    ),
}
"""By action."""
FREE: Mapping[str, str] = {
    sign_in.SIGN_IN: "a link of the person who presses it",
    sign_in.NEW_LINK: "makes a link for the person who presses it",
    sign_in.SIGN_OUT: "of the person who presses it",
    listening.ASK_REPLY: "asks privately in the thread of somebody else",
    listening.ONLY_MENTIONS: "is about the user's own replies",
    as_myself.ASK_AS_MYSELF: "asks as the user who presses",
    view.STARTER: "asks in the direct messages of the person who presses",
    view.WITHDRAW: "withdraws a question of the person who presses, and no other",
    view.SETTINGS: "of the person who presses",
    **dict.fromkeys(
        (expert_card.TAKE, expert_card.CONFIRM, expert_card.CORRECT, expert_card.CANNOT_ANSWER),
        "shows no rows, and the handler looks at who is an expert",
    ),
    **dict.fromkeys((message.PAUSE, message.RESUME), "changes a watch of the person who presses alone"),
    message.STOP: "stops a watch of the person who presses, or for an admin any",
    message.TABLE: "serves the owner of the watch alone",
    expert_listing.DELETE: "deletes no answer, and the handler looks at who is an admin",
    ask_modal.STARTER: "fills the modal of the person who presses",
    ask_modal.SPACE: "fills the modal of the person who chooses",
}
"""Actions that serve everybody, and why they may."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What somebody acts on: a thread, and perhaps the question whose answer it is about."""

    of: Of
    place: Place
    question_id: str = ""


def _forgotten(body: Mapping[str, Any]) -> Subject:
    return Subject(Of.THREAD, forget_job(body).place)


def _rated(body: Mapping[str, Any]) -> Subject:
    rater, _ = reason_from_view(body)
    return Subject(Of.ANSWER, rater.place, rater.question_id)


def _shared(body: Mapping[str, Any]) -> Subject:
    job = publish_job(body)
    return Subject(Of.ANSWER, job.place, job.about)


def _watched(body: Mapping[str, Any]) -> Subject:
    form = read_watch(body)
    return Subject(Of.ANSWER, form.place, form.question_id)


OWNED_VIEWS: Mapping[str, Callable[[Mapping[str, Any]], Subject]] = {
    forget_thread.CALLBACK: _forgotten,
    feedback.CALLBACK: _rated,
    share_modal.CALLBACK: _shared,
    watch_modal.CALLBACK: _watched,
}
"""What a submitted modal acts on, by its callback id."""
FREE_VIEWS: Mapping[str, str] = {
    settings_modal.CALLBACK: "of the person who submits it",
    **dict.fromkeys((expert_modals.CORRECTED, expert_modals.CANNOT), "the handler looks at who is an expert"),
    ask_modal.CALLBACK: "asks as the person who submits it",
    schedule_modal.CALLBACK: "asks as the person who submits it",
}
"""Modals that serve everybody, and why they may."""


async def refused_click(services: Services, click: Click) -> Reply | None:
    """Return what a user is told whom a click does not serve: whose it is, and how to ask instead."""
    of = OWNED.get(click.action) if services.as_users else None
    if of is None:
        return None
    subject = Subject(of, click.place, click.question_id)
    asked, owner = await _asked_and_owner(services, subject, click.user)
    if not owner:
        return None
    if click.suggestion:
        about = ButtonValue(click.question_id or click.message_id, click.suggestion)
        return as_myself.instead(mention(owner), about, click.action_id)
    asks = asked and asked.for_genie
    return as_myself.instead(mention(owner), ButtonValue(click.question_id) if asks else None)


async def refused_submission(services: Services, body: Mapping[str, Any]) -> str:
    """Return what a user is told whose modal is about what is somebody else's; empty for the owner."""
    callback = body["view"]["callback_id"]
    if not services.as_users or callback in FREE_VIEWS:
        return ""
    subject = OWNED_VIEWS[callback](body)
    _, owner = await _asked_and_owner(services, subject, body["user"]["id"])
    return words.owners.served_only(mention(owner)) if owner else ""


async def is_anothers(services: Services, place: Place, user: str) -> bool:
    """Tell whether a thread belongs to somebody else."""
    return services.as_users and bool((await _asked_and_owner(services, Subject(Of.THREAD, place), user))[1])


async def _asked_and_owner(services: Services, subject: Subject, user: str) -> tuple[Question | None, str]:
    """Return the question of a subject, if it is known, and its owner, if that is somebody else."""
    asked = await services.questions.find(subject.question_id) if subject.question_id else None
    owners = [asked.asker] if asked else []
    if subject.of is Of.THREAD or not asked:
        owners.append(await services.questions.owner(subject.place))
    return asked, next((owner for owner in owners if owner not in {"", user}), "")
