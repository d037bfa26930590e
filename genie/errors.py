"""Errors of the client: who can fix each, and whether a retry can help.

GenieError
├── NotSent            the request never left us: safe to ask again
├── Ambiguous          the question may have arrived: look it up, never repeat it blindly
├── Refused            Databricks answered, and the answer is no; nothing was started
│   ├── BadRequest         400 and other refusals of what was sent
│   ├── SignInFailed       401, a 403 about the token, a login page, or no usable credentials
│   │   ├── GrantEnded         what a person gave at a sign-in serves no more
│   │   └── ScopeRefused       the client may not have a scope that it asks for
│   ├── Forbidden          403
│   ├── NotFound           404
│   ├── Conflict           409
│   ├── RateLimited        429
│   └── NotEnabled         501, or 404 with FEATURE_DISABLED
│       └── AgentModeOff       the same of agent mode, or no such endpoint
├── Unavailable        503, another 5xx on a read; nothing was started
│   └── Unreachable        a read got no reply at all
├── StreamBroken       a run of agent mode is not told to its end: look it up, never ask again
├── LinkExpired        a pre-signed link is not valid any more: export again
├── Malformed          a reply that cannot be read
└── StatementFailed    the SQL behind the rows failed or was canceled

`str()` and `repr()` hold fixed words, codes and ids only, so an error may be logged. What the server
wrote is in `detail`: it can quote tables and SQL, so show it only where SQL may be shown.
"""

# ruff: noqa: N818 - named for what happened, as the vendor and HTTP name it
from enum import Enum
from http import HTTPStatus
from typing import ClassVar


class Fault(Enum):
    """Who can mend it."""

    ASKER = "asker"
    OPERATOR = "operator"
    GENIE = "genie"
    NETWORK = "network"


class GenieError(Exception):
    """Any failure of a call to Databricks.

    `code` is the server's `error_code`, `status` the HTTP status, `request_id` what Databricks' support asks
    for, `retry_after` the seconds that the server asked us to wait.
    """

    fault: ClassVar[Fault] = Fault.GENIE
    retryable: ClassVar[bool] = False
    words: ClassVar[str] = "the call to Databricks failed"

    def __init__(
        self,
        words: str | None = None,
        *,
        status: int | None = None,
        code: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(words or self.words)
        self.status = status
        self.code = code
        self.request_id = request_id
        self.retry_after = retry_after
        self.detail = detail

    def __str__(self) -> str:
        facts = [
            f"HTTP {self.status}" if self.status else "",
            self.code or "",
            f"request {self.request_id}" if self.request_id else "",
        ]
        known = ", ".join(fact for fact in facts if fact)
        return f"{self.args[0]} ({known})" if known else str(self.args[0])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class NotSent(GenieError):
    """The connection was never made, or not in time: nothing reached Databricks, asking again is safe."""

    fault = Fault.NETWORK
    retryable = True
    words = "the request was not sent"


class Ambiguous(GenieError):
    """A question or comment was sent and its fate is unknown: look for it before it may be sent again."""

    fault = Fault.NETWORK
    words = "the request may or may not have arrived"


class Refused(GenieError):
    """Databricks said no before it started anything."""


class BadRequest(Refused):
    """400 and the like: the question is empty or too long, an id is wrong, or the state does not allow it."""

    fault = Fault.ASKER
    words = "Databricks refused the request"


class SignInFailed(Refused):
    """401, a 403 about the token, a redirect to a login page, or credentials that are missing or wrong."""

    fault = Fault.OPERATOR
    words = "Databricks did not accept our sign-in"

    @property
    def is_page(self) -> bool:
        """Whether a web page or the way to one came, often a proxy's and gone the next moment."""
        return self.status is not None and self.status < HTTPStatus.BAD_REQUEST

    @property
    def token_refused(self) -> bool:
        """Whether Databricks refused the token, or shows the way to a login page: another one may do."""
        return self.status is not None and self.status >= HTTPStatus.MULTIPLE_CHOICES


class GrantEnded(SignInFailed):
    """A code or refresh token is used up, revoked, expired or of another client: sign in again."""

    fault = Fault.ASKER
    words = "this sign-in has ended"


class ScopeRefused(SignInFailed):
    """Databricks does not give the client a scope that it asks for: ask for others."""

    words = "Databricks refused a scope"


class Forbidden(Refused):
    """403: no right to the space, its tables or its warehouse, or a token that lacks a scope."""

    fault = Fault.OPERATOR
    words = "Databricks does not allow this"

    @property
    def missing_scope(self) -> bool:
        """Whether the server's text says that the token lacks an OAuth scope (the one text that we match)."""
        return "required scope" in self.detail.lower()


class NotFound(Refused):
    """404: the space, conversation, message or result does not exist any more, or not for us."""

    fault = Fault.OPERATOR
    words = "Databricks does not find it"


class Conflict(Refused):
    """409: another question is running in this conversation; ask again when it has ended."""

    fault = Fault.ASKER
    retryable = True
    words = "another question is running in this conversation"


class RateLimited(Refused):
    """429: over the workspace's limit; wait `retry_after` seconds, or a default of your own."""

    retryable = True
    words = "Genie is at its limit"


class NotEnabled(Refused):
    """The Genie API is switched off in this workspace."""

    fault = Fault.OPERATOR
    words = "the Genie API is not enabled in this workspace"


class AgentModeOff(NotEnabled):
    """Agent mode is switched off in this workspace, or does not exist there; chat mode may still work."""

    words = "agent mode is not enabled in this workspace"


class Unavailable(GenieError):
    """Databricks is overloaded, in maintenance or failing; nothing was started by this call."""

    retryable = True
    words = "Databricks is unavailable"


class Unreachable(Unavailable):
    """A read got no reply: no connection, a reset, or silence until its deadline."""

    fault = Fault.NETWORK
    words = "Databricks cannot be reached"


class StreamBroken(GenieError):
    """The events of a run broke off, fell silent or cannot be read; it goes on without us: look it up."""

    fault = Fault.NETWORK
    words = "the events of the run broke off"


class LinkExpired(GenieError):
    """The storage refuses a pre-signed link, which lives 15 minutes at most; a new export gives new ones."""

    words = "the link to the result is not valid any more"


class Malformed(GenieError):
    """A reply that is not what the API promises: not JSON, too large, or the wrong shape."""

    retryable = True
    words = "the reply cannot be read"


class StatementFailed(GenieError):
    """The SQL statement ended as FAILED, CANCELED or CLOSED; `sql_state` is its five-character SQLSTATE."""

    words = "the SQL statement did not succeed"

    def __init__(
        self, state: str, *, sql_state: str | None = None, code: str | None = None, detail: str = ""
    ) -> None:
        super().__init__(f"the SQL statement ended as {state}", code=code, detail=detail)
        self.state = state
        self.sql_state = sql_state
