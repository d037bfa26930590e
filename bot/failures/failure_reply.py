"""Replies to questions that failed, without any text of a server or an exception."""

from collections.abc import Sequence

from bot.failures import causes
from bot.failures.model import Cause, Retry
from genie.model import MessageError
from render import words
from render.blockkit import blocks, buttons
from render.blockkit.blocks import Element
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import text_reply


def failure_reply(
    cause: Cause, question_id: str = "", *, as_users: bool = False, expert: Element | None = None
) -> Reply:
    """Explain a cause, with a button where another try may help and it is known of which question.

    `as_users`: the question was asked with its asker's own rights. `expert`: the button that asks one.
    """
    again = again_button(cause, question_id) if question_id else None
    return text_reply(cause.told(as_users=as_users), *filter(None, (again, expert)))


def message_error_reply(
    error: MessageError | None,
    suggestions: Sequence[str] = (),
    *,
    question_id: str = "",
    message_id: str = "",
    as_users: bool = False,
    expert: Element | None = None,
) -> Reply:
    """Explain why Genie gave up; its proposals come as buttons, an unknown reason with a reference."""
    cause = causes.of_message_error(error, as_users=as_users)
    reply = failure_reply(cause, question_id, as_users=as_users, expert=expert)
    more: list[Element] = buttons.suggestions(suggestions, question_id)
    below = [
        *([blocks.context(blocks.plain(words.failures.RELATED)), blocks.actions(*more)] if more else []),
        *(
            [blocks.context(blocks.plain(words.failures.reference(message_id)))]
            if message_id and cause is causes.NO_REASON
            else []
        ),
    ]
    shown = (*reply.variants[0].blocks, *below)
    return Reply(
        reply.text,
        (Variant(shown, chart_at=len(shown)), *([text_reply(reply.text).variants[0]] if below else [])),
    )


def again_button(cause: Cause, question_id: str) -> Element | None:
    """Offer another try of a question in the way that may help, if one does."""
    if cause.retry is Retry.NEVER:
        return None
    if cause is causes.OVERDUE:  # Genie may still be working
        return buttons.check_again(question_id)
    if cause is causes.NOT_KNOWN:
        return buttons.ask_again(question_id, words.failures.ASK_AGAIN)
    return buttons.start_fresh(question_id) if cause.fresh else buttons.ask_again(question_id)
