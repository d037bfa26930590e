"""Map error replies to our errors; no other module maps statuses to classes.

Vendor's page: https://docs.databricks.com/api/workspace/introduction (error codes)
"""

import re
import time
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from genie.errors import (
    AgentModeOff,
    Ambiguous,
    BadRequest,
    Conflict,
    Forbidden,
    GenieError,
    Malformed,
    NotEnabled,
    NotFound,
    NotSent,
    RateLimited,
    SignInFailed,
    Unavailable,
    Unreachable,
)
from genie.protocol.coerce import Object, as_code, as_list, as_number, as_object, as_text, parse
from genie.protocol.reply import Reply

_CLASSES: dict[int, type[GenieError]] = {
    401: SignInFailed,
    403: Forbidden,
    404: NotFound,
    410: NotFound,
    409: Conflict,
    429: RateLimited,
    501: NotEnabled,
}
"""Every other 3xx is a way to a sign-in page, every other 4xx a BadRequest, every other 5xx Unavailable.

A 403 about the token is a SignInFailed too.
"""

_SWITCHED_OFF = frozenset({400, 403, 404})
"""With which a workspace says that Genie is off, if the code says so too."""

_NO_SUCH_ENDPOINT = "ENDPOINT_NOT_FOUND"

_CODES = {
    "BAD_REQUEST": 400,
    "INVALID_PARAMETER_VALUE": 400,
    "INVALID_STATE": 400,
    "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403,
    "ENDPOINT_NOT_FOUND": 404,
    "FEATURE_DISABLED": 404,
    "NOT_FOUND": 404,
    "RESOURCE_DOES_NOT_EXIST": 404,
    "ABORTED": 409,
    "ALREADY_EXISTS": 409,
    "RATE_LIMIT_EXCEEDED": 429,
    "REQUEST_LIMIT_EXCEEDED": 429,
    "RESOURCE_EXHAUSTED": 429,
    "NOT_IMPLEMENTED": 501,
    "TEMPORARILY_UNAVAILABLE": 503,
}
"""The status with which Databricks sends each of these codes."""

_FATE_UNKNOWN = frozenset({408, 499})
"""Client errors by number, but the request may have got through before it was given up."""

_SPELLED = re.compile(r"\s*([A-Z][A-Z0-9_]{2,60}): ")
"""The code at the head of an error that came as text."""

_NAMED = r"(?:(?:oauth|access|bearer|personal|jwt)[ _]*){0,3}token"
_TOKEN_REFUSED = re.compile(
    r"(?:error 403:? |[a-z_]+: )?(?:(?:the|your|provided) ){0,2}"
    rf"(?:(?:invalid|expired|revoked)[ _]*{_NAMED}\b"
    rf"|{_NAMED}[ _]*(?:is |has |was )?(?:been )?(?:invalid|not valid|expir|revoked))",
    re.IGNORECASE,
)
"""How a 403 begins that is about the token and not about a right: "Invalid access token."."""

_TITLE = re.compile(rb"<title>([^<]{1,200})", re.IGNORECASE)

_WAIT_AT_MOST = 3600.0
_DETAIL_AT_MOST = 2000


def error_for_reply(
    reply: Reply, *, once: bool, json: bool = True, agent_mode: bool = False, now: float | None = None
) -> GenieError | None:
    """Return the error that a reply stands for, or None when it is a success.

    `once`: the request started something, so a failure after which it may have arrived is Ambiguous.
    `json`: the body of a success has to be JSON.
    `agent_mode`: the request needs agent mode, which may be off where the rest of Genie is on.
    `now`: seconds since 1970, for a Retry-After that is a date.
    """
    if reply.ok:
        if reply.is_page:
            return SignInFailed("a web page came instead of an API reply", status=reply.status)
        return None if reply.is_json or not json else Malformed("the reply is not JSON", status=reply.status)
    body = _error_body(reply)
    code = as_code(body.get("error_code") or body.get("scimType"))
    detail = as_text(body.get("message") or body.get("detail") or body.get("error"))[:_DETAIL_AT_MOST]
    wait = _retry_after(reply.headers.get("retry-after", ""), body, time.time() if now is None else now)
    kind = _class_of(reply.status, code, wait, once=once, agent_mode=agent_mode)
    return (SignInFailed if kind is Forbidden and _refuses_token(reply, code, detail) else kind)(
        status=reply.status,
        code=code,
        request_id=_request_id(reply.headers, body),
        retry_after=wait,
        detail=detail,
    )


def error_for_code(code: str, detail: str) -> GenieError:
    """Return the error for a code that came in a stream before anything had begun.

    A GenieError of no further kind when the code is none that we know: Genie has failed, in its own words.
    """
    known = as_code(code)
    status = _CODES.get(code)
    kind = GenieError if status is None else _class_of(status, code, None, once=True, agent_mode=True)
    return kind(status=status, code=known, detail=detail[:_DETAIL_AT_MOST])


def error_for_no_reply(reason: Exception, *, once: bool, sent: bool) -> GenieError:
    """Return the error for a request that got no reply; `sent` unless the connection was never made."""
    kind = Unreachable if not once else Ambiguous if sent else NotSent
    name = type(reason).__name__
    return kind(f"{kind.words} ({name})", detail=str(reason)[:_DETAIL_AT_MOST])


def _class_of(
    status: int, code: str | None, wait: float | None, *, once: bool, agent_mode: bool
) -> type[GenieError]:
    kind = _by_status(status, code, wait, once=once)
    missing = kind is NotFound and code == _NO_SUCH_ENDPOINT
    return AgentModeOff if agent_mode and (missing or kind is NotEnabled) else kind


def _by_status(status: int, code: str | None, wait: float | None, *, once: bool) -> type[GenieError]:
    if code == "FEATURE_DISABLED" and status in _SWITCHED_OFF:
        return NotEnabled
    if status in _CLASSES:
        return _CLASSES[status]
    if status in _FATE_UNKNOWN or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # A 503 that names its reason or a time to come back was refused at the door; a gateway's was not.
        refused = status == HTTPStatus.SERVICE_UNAVAILABLE and (code is not None or wait is not None)
        return Ambiguous if once and not refused else Unavailable
    return SignInFailed if status < HTTPStatus.BAD_REQUEST else BadRequest


def _refuses_token(reply: Reply, code: str | None, detail: str) -> bool:
    """Tell a token that is not accepted from a right that is missing; both are a 403."""
    title = _TITLE.search(reply.body) if reply.is_page else None
    reason = reply.headers.get("x-databricks-reason-phrase", "")
    said = (code or "", detail, reason, title[1].decode("utf-8", "replace") if title else "")
    return any(_TOKEN_REFUSED.match(text.strip()) for text in said)


def _error_body(reply: Reply) -> Object:
    """Read `{error_code, message, details}` if the body is that; it can also be text, HTML or nothing.

    Text is `CODE: message` or a message alone.
    """
    if reply.is_page or not reply.body:
        return {}
    try:
        parsed = parse(reply.body)
    except Malformed:
        parsed = reply.body[:_DETAIL_AT_MOST].decode("utf-8", "replace")
    if not isinstance(parsed, str):
        return as_object(parsed)
    spelled = _SPELLED.match(parsed)
    return {"error_code": spelled[1] if spelled else None, "message": parsed}


def _request_id(headers: Mapping[str, str], body: Object) -> str | None:
    details = [as_object(detail).get("request_id") for detail in as_list(body.get("details"))]
    candidates = [headers.get("x-request-id"), headers.get("x-databricks-request-id"), *details]
    return next((name for name in map(as_code, candidates) if name), None)


def _retry_after(header: str, body: Object, now: float) -> float | None:
    """Read the header (seconds or a date), else a RetryInfo in the body; between 0 and an hour."""
    wait = as_number(header.strip())
    if wait is None and header:
        wait = _until(header, now)
    if wait is None:
        delays = (as_object(detail).get("retry_delay") for detail in as_list(body.get("details")))
        wait = next((delay for delay in map(_duration, delays) if delay is not None), None)
    return None if wait is None else float(min(max(wait, 0.0), _WAIT_AT_MOST))


def _until(date: str, now: float) -> float | None:
    try:
        until = parsedate_to_datetime(date)
        return (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now
    except (ValueError, OverflowError):
        return None


def _duration(value: Any) -> float | None:
    """Read a protobuf duration: `{"seconds": 20, "nanos": 0}` or "20s"."""
    if isinstance(value, str):
        return as_number(value.removesuffix("s"))
    seconds, nanos = as_number(as_object(value).get("seconds")), as_number(as_object(value).get("nanos"))
    return None if seconds is None else seconds + (nanos or 0) / 1e9
