"""The table of causes: the party that can fix each, its retry, and texts for the user and the operator.

Nothing else decides whether a question is asked again, by whom, and what is said about it.
"""

from dataclasses import replace

from bot.failures.message_error_causes import MESSAGE_CAUSES, named_wait_seconds
from bot.failures.model import Cause, Retry
from genie import errors
from genie.errors import Fault, GenieError
from genie.model import CANCELLED, COMPLETED, FAILED, QUERY_RESULT_EXPIRED, MessageError
from genie.protocol.missing_right import missing_right
from render import words

NO_RIGHTS = "42501"
"""SQLSTATE of insufficient privileges."""


def _call(
    kind: type[GenieError],
    retry: Retry,
    said: str,
    do: str,
    *,
    retry_after: float = 0.0,
    tolerated: int = 0,
    own: str = "",
) -> tuple[type[GenieError], Cause]:
    return kind, Cause(
        kind.__name__, kind.fault, retry, said, do, retry_after=retry_after, tolerated=tolerated, own=own
    )


LOST = Cause(
    "NotFound",
    errors.NotFound.fault,
    Retry.AUTO_ONCE,
    words.failures.NOT_FOUND,
    words.operator.NOT_FOUND,
    fresh=True,
    note=words.answer.CONTEXT_LOST,
)


ERROR_CAUSES = dict(
    (
        _call(errors.NotSent, Retry.BACKOFF, words.failures.NOT_REACHED, words.operator.NOT_SENT),
        _call(errors.Ambiguous, Retry.MANUAL, words.failures.MAYBE_ASKED, words.operator.AMBIGUOUS),
        _call(errors.BadRequest, Retry.NEVER, words.failures.BAD_REQUEST, words.operator.BAD_REQUEST),
        _call(
            errors.SignInFailed,
            Retry.NEVER,
            words.failures.SIGN_IN_FAILED,
            words.operator.SIGN_IN_FAILED,
            tolerated=5,
            own=words.own_rights.SIGN_IN_FAILED,
        ),
        _call(errors.GrantEnded, Retry.NEVER, words.failures.GRANT_ENDED, words.operator.GRANT_ENDED),
        _call(errors.ScopeRefused, Retry.NEVER, words.failures.SCOPE_REFUSED, words.operator.SCOPE_REFUSED),
        _call(
            errors.Forbidden,
            Retry.NEVER,
            words.failures.FORBIDDEN,
            words.operator.FORBIDDEN,
            own=words.own_rights.FORBIDDEN,
        ),
        (errors.NotFound, LOST),
        _call(
            errors.Conflict,
            Retry.WHEN_IDLE,
            words.failures.CONFLICT,
            words.operator.CONFLICT,
        ),
        _call(
            errors.RateLimited,
            Retry.BACKOFF,
            words.failures.RATE_LIMITED,
            words.operator.RATE_LIMITED,
        ),
        _call(errors.NotEnabled, Retry.NEVER, words.failures.NOT_ENABLED, words.operator.NOT_ENABLED),
        _call(errors.AgentModeOff, Retry.NEVER, words.failures.AGENT_MODE_OFF, words.operator.AGENT_MODE_OFF),
        _call(errors.Unavailable, Retry.BACKOFF, words.failures.UNAVAILABLE, words.operator.UNAVAILABLE),
        _call(errors.Unreachable, Retry.BACKOFF, words.failures.NOT_REACHED, words.operator.UNREACHABLE),
        _call(errors.StreamBroken, Retry.MANUAL, words.failures.STREAM_BROKEN, words.operator.STREAM_BROKEN),
        _call(errors.LinkExpired, Retry.MANUAL, words.answer.ROWS_UNREADABLE, words.operator.LINK_EXPIRED),
        _call(errors.Malformed, Retry.BACKOFF, words.failures.UNREADABLE, words.operator.MALFORMED),
        _call(
            errors.StatementFailed,
            Retry.MANUAL,
            words.failures.STATEMENT_FAILED,
            words.operator.STATEMENT_FAILED,
        ),
        _call(GenieError, Retry.MANUAL, words.failures.GENIE_HICCUP, words.operator.UNKNOWN),
    )
)
"""The cause behind each error of a call to Databricks; a kind that is not here is what its parent is."""

AGENT_MODE_OFF = ERROR_CAUSES[errors.AgentModeOff]
SCOPE_MISSING = replace(
    ERROR_CAUSES[errors.Forbidden],
    name="ScopeMissing",
    words=words.failures.SCOPE_MISSING,
    do=words.operator.SCOPE_MISSING,
    own=words.own_rights.SCOPE_MISSING,
)
STATEMENT_FORBIDDEN = Cause(
    "StatementForbidden",
    Fault.OPERATOR,
    Retry.NEVER,
    words.failures.STATEMENT_FORBIDDEN,
    words.operator.STATEMENT_FORBIDDEN,
    own=words.own_rights.STATEMENT_FORBIDDEN,
)
NO_REASON = Cause("unknown", Fault.GENIE, Retry.MANUAL, words.failures.NO_REASON, words.operator.NO_REASON)
NOT_KNOWN = replace(ERROR_CAUSES[errors.Ambiguous], name="not_known")
OVERDUE = Cause("overdue", Fault.GENIE, Retry.MANUAL, words.failures.DEADLINE, words.operator.OVERDUE)
BLOCKED = Cause(
    "blocked", Fault.GENIE, Retry.MANUAL, words.threads.STILL_BLOCKED, words.operator.BLOCKED, fresh=True
)
CRASHED = Cause("crashed", Fault.OPERATOR, Retry.MANUAL, words.failures.CRASHED, words.operator.CRASHED)
OTHER_VERSION = Cause(
    "other_version", Fault.OPERATOR, Retry.NEVER, words.failures.OTHER_VERSION, words.operator.OTHER_VERSION
)
NOT_SIGNED_IN = Cause(
    "not_signed_in",
    Fault.ASKER,
    Retry.MANUAL,
    words.sign_in.NOT_SIGNED_IN,
    words.operator.NOT_SIGNED_IN,
)
SPACE_NOT_CHOSEN = Cause(
    "space_not_chosen",
    Fault.ASKER,
    Retry.MANUAL,
    words.spaces.NOT_CHOSEN,
    words.operator.SPACE_NOT_CHOSEN,
)
SIGNED_OUT = Cause(
    "signed_out", Fault.ASKER, Retry.MANUAL, words.sign_in.SIGNED_OUT_MEANWHILE, words.operator.SIGNED_OUT
)
IDENTITY_CHANGED = Cause(
    "identity_changed",
    Fault.OPERATOR,
    Retry.MANUAL,
    words.own_rights.CHANGED,
    words.operator.IDENTITY_CHANGED,
)
NO_EMAIL = Cause("no_email", Fault.OPERATOR, Retry.NEVER, words.sign_in.NO_EMAIL, words.operator.NO_EMAIL)
SLACK_REFUSED = Cause(
    "slack_refused", Fault.OPERATOR, Retry.NEVER, words.failures.SLACK_REFUSED, words.operator.SLACK_REFUSED
)

STATUS_CAUSES = {
    FAILED: NO_REASON,
    CANCELLED: Cause(
        "cancelled", Fault.ASKER, Retry.MANUAL, words.failures.CANCELLED, words.operator.CANCELLED
    ),
    COMPLETED: Cause("no_answer", Fault.GENIE, Retry.NEVER, words.answer.NO_ANSWER, words.operator.EMPTY),
    QUERY_RESULT_EXPIRED: Cause(
        "rows_gone", Fault.GENIE, Retry.NEVER, words.answer.ROWS_UNREADABLE, words.operator.ROWS_GONE
    ),
}
"""The cause behind each final status that brings no answer, or not all of it."""


def of_error(error: GenieError) -> Cause:
    """Return the cause behind a failed call to Databricks."""
    if isinstance(error, errors.Forbidden) and error.missing_scope:
        return SCOPE_MISSING
    if isinstance(error, errors.StatementFailed) and error.sql_state == NO_RIGHTS:
        return _forbidden(missing_right(error.detail))
    if type(error) is GenieError and error.code in MESSAGE_CAUSES:  # of a run that did not begin
        return MESSAGE_CAUSES[error.code]
    return next(ERROR_CAUSES[kind] for kind in type(error).mro() if kind in ERROR_CAUSES)


def by_name(name: str) -> Cause:
    """Return the cause of a call to Databricks that has this name, or what an unknown one is."""
    known = MESSAGE_CAUSES | {cause.name: cause for cause in (*ERROR_CAUSES.values(), SCOPE_MISSING)}
    return known.get(name, ERROR_CAUSES[GenieError])


def by_word(name: str) -> Cause | None:
    """Return any cause by the word that the log has for it; None for one of another version."""
    named = (value for value in globals().values() if isinstance(value, Cause))
    known = (*named, *STATUS_CAUSES.values(), *MESSAGE_CAUSES.values(), *ERROR_CAUSES.values())
    return next((cause for cause in known if cause.name == name), None)


def of_message_error(error: MessageError | None, *, as_users: bool = False) -> Cause:
    """Return the cause behind a failed message, of which Genie may give an unknown reason or none.

    `as_users`: people ask with their own rights, so one that is missing is theirs to ask for.
    """
    right = missing_right(error.detail) if error and as_users else None
    if right is not None:
        return _forbidden(right)
    if not error or error.type not in MESSAGE_CAUSES:
        return NO_REASON
    seconds = named_wait_seconds(error.type, error.detail)
    return replace(MESSAGE_CAUSES[error.type], retry_after=seconds) if seconds else MESSAGE_CAUSES[error.type]


def _forbidden(right: str | None) -> Cause:
    return replace(STATEMENT_FORBIDDEN, right=right) if right else STATEMENT_FORBIDDEN
