"""What went wrong, in words that a person can act on; no server's or exception's text among them."""

from collections.abc import Sequence

from bot.failures import causes
from bot.failures.model import Again, Cause
from genie.errors import GenieError
from genie.model import CANCELLED, MessageError
from render import words
from render.blockkit import blocks, buttons
from render.blockkit.blocks import Element
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import note


def told(cause: Cause, question_id: str = "") -> Reply:
    """Explain a cause; the button asks again where that can help, and it is known what to ask."""
    if cause.again is Again.NO or not question_id:
        return note(cause.words)
    button = buttons.start_fresh(question_id) if cause.fresh else buttons.ask_again(question_id)
    return note(cause.words, button)


def of_error(error: GenieError, *, question_id: str = "") -> Reply:
    """Explain a failed call to Databricks."""
    return told(causes.of_error(error), question_id)


def of_message_error(
    error: MessageError | None,
    suggestions: Sequence[str] = (),
    *,
    question_id: str = "",
    message_id: str = "",
) -> Reply:
    """Explain why Genie gave up; its proposals come as buttons, an unknown reason with a reference."""
    cause = causes.of_message_error(error)
    reply = told(cause, question_id)
    more: list[Element] = buttons.suggestions(suggestions, question_id)
    below = [
        *([blocks.context(blocks.plain(words.general.RELATED)), blocks.actions(*more)] if more else []),
        *(
            [blocks.context(blocks.plain(words.general.reference(message_id)))]
            if message_id and cause is causes.NO_REASON
            else []
        ),
    ]
    shown = (*reply.variants[0].blocks, *below)
    return Reply(
        reply.text, (Variant(shown, chart_at=len(shown)), *([note(cause.words).variants[0]] if below else []))
    )


def cancelled(question_id: str = "") -> Reply:
    """Say that somebody stopped the question, or that its warehouse stopped."""
    return told(causes.STATUSES[CANCELLED], question_id)


def deadline(question_id: str) -> Reply:
    """Say that we stopped waiting, though Genie may not have stopped working."""
    return note(causes.OVERDUE.words, buttons.check_again(question_id))


def not_known(question_id: str) -> Reply:
    """Say that nobody knows whether Genie got the question, so a person decides about asking again."""
    return note(causes.NOT_KNOWN.words, buttons.ask_again(question_id, words.general.ASK_AGAIN))


def crashed(question_id: str = "") -> Reply:
    """Own up to a bug of ours."""
    return told(causes.CRASHED, question_id)


def slack_refused() -> Reply:
    """Say that Slack took none of an answer's variants."""
    return told(causes.SLACK_REFUSED)
