"""What went wrong, in words that a person can act on; no server's or exception's text among them."""

from collections.abc import Sequence

from genie import errors
from genie.errors import GenieError
from genie.model import MessageError
from render import blocks, buttons, words
from render.blocks import Element
from render.message_errors import MESSAGE_ERRORS
from render.note import note
from render.reply import Reply, Rung

NO_RIGHTS = "42501"
"""SQLSTATE of insufficient privileges."""

_ERRORS: dict[type[GenieError], tuple[str, bool]] = {
    errors.NotSent: (words.NOT_REACHED, True),
    errors.Ambiguous: (words.MAYBE_ASKED, True),
    errors.BadRequest: (words.BAD_REQUEST, False),
    errors.SignInFailed: (words.SIGN_IN_FAILED, False),
    errors.Forbidden: (words.FORBIDDEN, False),
    errors.NotFound: (words.NOT_FOUND, False),
    errors.Conflict: (words.CONFLICT, True),
    errors.RateLimited: (words.RATE_LIMITED, True),
    errors.NotEnabled: (words.NOT_ENABLED, False),
    errors.Unavailable: (words.UNAVAILABLE, True),
    errors.Unreachable: (words.NOT_REACHED, True),
    errors.Malformed: (words.UNREADABLE, True),
    errors.StatementFailed: (words.STATEMENT_FAILED, True),
    GenieError: (words.GENIE_HICCUP, True),
}
"""What each error means to the asker, and whether asking again can help."""


def of_error(error: GenieError, *, question_id: str = "") -> Reply:
    """Explain a failed call to Databricks; the button asks again where that can help."""
    sentence, retry = next(_ERRORS[kind] for kind in type(error).mro() if kind in _ERRORS)
    if isinstance(error, errors.Forbidden) and error.missing_scope:
        sentence = words.SCOPE_MISSING
    if isinstance(error, errors.StatementFailed) and error.sql_state == NO_RIGHTS:
        sentence, retry = words.STATEMENT_FORBIDDEN, False
    return _again(sentence, question_id) if retry else note(sentence)


def of_message_error(
    error: MessageError | None,
    suggestions: Sequence[str] = (),
    *,
    question_id: str = "",
    message_id: str = "",
) -> Reply:
    """Explain why Genie gave up; its proposals come as buttons, an unknown reason with a reference."""
    known = MESSAGE_ERRORS.get(error.type) if error else None
    sentence, retry = known or (words.NO_REASON, True)
    reply = _again(sentence, question_id) if retry else note(sentence)
    more = buttons.suggestions(suggestions, question_id)
    below = [
        *([blocks.context(blocks.plain(words.RELATED)), blocks.actions(*more)] if more else []),
        *([blocks.context(blocks.plain(words.reference(message_id)))] if message_id and not known else []),
    ]
    shown = (*reply.rungs[0].blocks, *below)
    return Reply(
        reply.text, (Rung(shown, chart_at=len(shown)), *([note(sentence).rungs[0]] if below else []))
    )


def cancelled(question_id: str = "") -> Reply:
    """Say that somebody stopped the question, or that its warehouse stopped."""
    return _again(words.CANCELLED, question_id)


def deadline(question_id: str) -> Reply:
    """Say that we stopped waiting, though Genie may not have stopped working."""
    return note(words.DEADLINE, buttons.check_again(question_id))


def not_known(question_id: str) -> Reply:
    """Say that nobody knows whether Genie got the question, so a person decides about asking again."""
    return note(words.MAYBE_ASKED, buttons.ask_again(question_id, words.ASK_AGAIN))


def crashed(question_id: str = "") -> Reply:
    """Own up to a bug of ours."""
    return _again(words.CRASHED, question_id)


def slack_refused() -> Reply:
    """Say that Slack took no rung of an answer."""
    return note(words.SLACK_REFUSED)


def _again(sentence: str, question_id: str) -> Reply:
    """Add "Try Again" to a sentence, when it is known what to try again."""
    again: list[Element] = [buttons.ask_again(question_id)] if question_id else []
    return note(sentence, *again)
