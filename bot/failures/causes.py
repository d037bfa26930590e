"""The one table of causes: who can mend it, may it be repeated, what the asker and the operator read.

Nothing else decides whether a question is asked again, by whom, and what is said about it.
"""

from dataclasses import replace

from bot.failures.message_causes import MESSAGES, wait
from bot.failures.model import Again, Cause
from genie import errors
from genie.errors import Fault, GenieError
from genie.model import CANCELLED, COMPLETED, FAILED, QUERY_RESULT_EXPIRED, MessageError
from render import words

NO_RIGHTS = "42501"
"""SQLSTATE of insufficient privileges."""
BUSY_FOR = 15.0
"""Seconds of waiting after a 429 that does not say how long."""
RUNNING_FOR = 3.0
"""Seconds until the first look whether the question that blocks a conversation has ended."""


def _call(
    kind: type[GenieError], again: Again, said: str, do: str, *, after: float = 0.0, looks: int = 0
) -> tuple[type[GenieError], Cause]:
    return kind, Cause(kind.__name__, kind.fault, again, said, do, after=after, looks=looks)


LOST = Cause(
    "NotFound",
    errors.NotFound.fault,
    Again.ONCE,
    words.general.NOT_FOUND,
    words.operator.NOT_FOUND,
    fresh=True,
    note=words.general.CONTEXT_LOST,
)


CALLS = dict(
    (
        _call(errors.NotSent, Again.PATIENTLY, words.general.NOT_REACHED, words.operator.NOT_SENT),
        _call(errors.Ambiguous, Again.BUTTON, words.general.MAYBE_ASKED, words.operator.AMBIGUOUS),
        _call(errors.BadRequest, Again.NO, words.general.BAD_REQUEST, words.operator.BAD_REQUEST),
        _call(
            errors.SignInFailed,
            Again.NO,
            words.general.SIGN_IN_FAILED,
            words.operator.SIGN_IN_FAILED,
            looks=5,
        ),
        _call(errors.Forbidden, Again.NO, words.general.FORBIDDEN, words.operator.FORBIDDEN),
        (errors.NotFound, LOST),
        _call(
            errors.Conflict,
            Again.WHEN_FREE,
            words.general.CONFLICT,
            words.operator.CONFLICT,
            after=RUNNING_FOR,
        ),
        _call(
            errors.RateLimited,
            Again.PATIENTLY,
            words.general.RATE_LIMITED,
            words.operator.RATE_LIMITED,
            after=BUSY_FOR,
        ),
        _call(errors.NotEnabled, Again.NO, words.general.NOT_ENABLED, words.operator.NOT_ENABLED),
        _call(errors.Unavailable, Again.PATIENTLY, words.general.UNAVAILABLE, words.operator.UNAVAILABLE),
        _call(errors.Unreachable, Again.PATIENTLY, words.general.NOT_REACHED, words.operator.UNREACHABLE),
        _call(errors.LinkExpired, Again.BUTTON, words.general.ROWS_UNREADABLE, words.operator.LINK_EXPIRED),
        _call(errors.Malformed, Again.PATIENTLY, words.general.UNREADABLE, words.operator.MALFORMED),
        _call(
            errors.StatementFailed,
            Again.BUTTON,
            words.general.STATEMENT_FAILED,
            words.operator.STATEMENT_FAILED,
        ),
        _call(GenieError, Again.BUTTON, words.general.GENIE_HICCUP, words.operator.UNKNOWN),
    )
)
"""The cause behind each error of a call to Databricks; a kind that is not here is what its parent is."""

SCOPE_MISSING = replace(
    CALLS[errors.Forbidden],
    name="ScopeMissing",
    words=words.general.SCOPE_MISSING,
    do=words.operator.SCOPE_MISSING,
)
STATEMENT_FORBIDDEN = Cause(
    "StatementForbidden",
    Fault.OPERATOR,
    Again.NO,
    words.general.STATEMENT_FORBIDDEN,
    words.operator.STATEMENT_FORBIDDEN,
)
NO_REASON = Cause("unknown", Fault.GENIE, Again.BUTTON, words.general.NO_REASON, words.operator.NO_REASON)
NOT_KNOWN = replace(CALLS[errors.Ambiguous], name="not_known")
OVERDUE = Cause("overdue", Fault.GENIE, Again.BUTTON, words.general.DEADLINE, words.operator.OVERDUE)
BLOCKED = Cause(
    "blocked", Fault.GENIE, Again.BUTTON, words.threads.STILL_BLOCKED, words.operator.BLOCKED, fresh=True
)
CRASHED = Cause("crashed", Fault.OPERATOR, Again.BUTTON, words.general.CRASHED, words.operator.CRASHED)
SLACK_REFUSED = Cause(
    "slack_refused", Fault.OPERATOR, Again.NO, words.general.SLACK_REFUSED, words.operator.SLACK_REFUSED
)

STATUSES = {
    FAILED: NO_REASON,
    CANCELLED: Cause(
        "cancelled", Fault.ASKER, Again.BUTTON, words.general.CANCELLED, words.operator.CANCELLED
    ),
    COMPLETED: Cause("no_answer", Fault.GENIE, Again.NO, words.general.NO_ANSWER, words.operator.EMPTY),
    QUERY_RESULT_EXPIRED: Cause(
        "rows_gone", Fault.GENIE, Again.NO, words.general.ROWS_UNREADABLE, words.operator.ROWS_GONE
    ),
}
"""The cause behind each final status that brings no answer, or not all of it."""

ENDS = (
    SCOPE_MISSING,
    STATEMENT_FORBIDDEN,
    *STATUSES.values(),
    NOT_KNOWN,
    OVERDUE,
    BLOCKED,
    CRASHED,
    SLACK_REFUSED,
)
"""All other causes."""


def of_error(error: GenieError) -> Cause:
    """Return the cause behind a failed call to Databricks."""
    if isinstance(error, errors.Forbidden) and error.missing_scope:
        return SCOPE_MISSING
    if isinstance(error, errors.StatementFailed) and error.sql_state == NO_RIGHTS:
        return STATEMENT_FORBIDDEN
    return next(CALLS[kind] for kind in type(error).mro() if kind in CALLS)


def named(name: str) -> Cause:
    """Return the cause of a call to Databricks that has this name, or what an unknown one is."""
    known = {cause.name: cause for cause in (*CALLS.values(), SCOPE_MISSING)}
    return known.get(name, CALLS[GenieError])


def of_message_error(error: MessageError | None) -> Cause:
    """Return the cause behind a failed message, of which Genie may give an unknown reason or none."""
    if not error or error.type not in MESSAGES:
        return NO_REASON
    named = wait(error.type, error.detail)
    return replace(MESSAGES[error.type], after=named) if named else MESSAGES[error.type]


def table() -> tuple[tuple[tuple[str, ...], Cause], ...]:
    """Return every cause by the operator's sentence about it, with all the words for it in the log."""
    rows: dict[tuple[str, Fault, Again, bool], list[Cause]] = {}
    for cause in (*CALLS.values(), *ENDS, *MESSAGES.values()):
        rows.setdefault((cause.do, cause.fault, cause.again, cause.fresh), []).append(cause)
    return tuple((tuple(cause.name for cause in same), same[0]) for same in rows.values())
