"""Every status and body becomes one of our errors, and none of them tells what it must not."""

import time

import pytest

from genie import errors
from genie.errors import Fault, GenieError
from genie.protocol.error_mapping import error_for_no_reply, error_for_reply
from genie.protocol.reply import Reply
from tests.unit.genie.genie_server import PAYLOADS

JSON = {"content-type": "application/json"}


def refused(
    status: int, body: bytes = b"", *, once: bool = False, headers: dict[str, str] | None = None
) -> GenieError:
    error = error_for_reply(Reply(status, headers or JSON, body), once=once, now=1_000_000_000.0)
    assert error is not None
    return error


@pytest.mark.parametrize(
    ("status", "read", "asked"),
    [
        (302, errors.SignInFailed, errors.SignInFailed),
        (400, errors.BadRequest, errors.BadRequest),
        (401, errors.SignInFailed, errors.SignInFailed),
        (403, errors.Forbidden, errors.Forbidden),
        (404, errors.NotFound, errors.NotFound),
        (408, errors.Unavailable, errors.Ambiguous),
        (409, errors.Conflict, errors.Conflict),
        (410, errors.NotFound, errors.NotFound),
        (413, errors.BadRequest, errors.BadRequest),
        (429, errors.RateLimited, errors.RateLimited),
        (499, errors.Unavailable, errors.Ambiguous),
        (500, errors.Unavailable, errors.Ambiguous),
        (501, errors.NotEnabled, errors.NotEnabled),
        (502, errors.Unavailable, errors.Ambiguous),
        (503, errors.Unavailable, errors.Ambiguous),
        (504, errors.Unavailable, errors.Ambiguous),
        (599, errors.Unavailable, errors.Ambiguous),
    ],
)
def test_each_status_has_one_meaning_for_a_read_and_one_for_a_question(
    status: int, read: type[GenieError], asked: type[GenieError]
) -> None:
    """After a 5xx a question may have arrived; a read can simply be read again."""
    assert type(refused(status)) is read
    assert type(refused(status, once=True)) is asked


def test_no_status_is_without_an_error() -> None:
    """Whatever comes that is not a success is one of ours, for a read and for a question."""
    for status in range(300, 600):
        assert isinstance(refused(status), GenieError)
        assert isinstance(refused(status, once=True), GenieError)


def test_a_503_that_says_why_refused_the_question() -> None:
    """A named reason or a time to come back is the service's own no; a gateway's page is not."""
    named = refused(503, b'{"error_code": "TEMPORARILY_UNAVAILABLE"}', once=True)
    timed = refused(503, headers={**JSON, "retry-after": "7"}, once=True)
    page = refused(503, b"<html>bad gateway</html>", once=True)
    assert [type(error) for error in (named, timed, page)] == [
        errors.Unavailable,
        errors.Unavailable,
        errors.Ambiguous,
    ]


def test_a_switched_off_feature_is_not_a_missing_conversation() -> None:
    """404 with FEATURE_DISABLED must not make anyone open a new conversation."""
    for status in (400, 403, 404):
        assert type(refused(status, b'{"error_code": "FEATURE_DISABLED"}')) is errors.NotEnabled
        assert type(refused(status, b"FEATURE_DISABLED: not for you")) is errors.NotEnabled
    assert type(refused(429, b'{"error_code": "FEATURE_DISABLED"}')) is errors.RateLimited


@pytest.mark.parametrize(
    ("body", "code", "detail"),
    [
        (b'{"error_code": "NOT_FOUND", "message": "gone"}', "NOT_FOUND", "gone"),
        (b'{"error_code": 404, "message": "gone"}', "404", "gone"),
        (b"NOT_FOUND: gone", "NOT_FOUND", "NOT_FOUND: gone"),
        (b'"NOT_FOUND: gone"', "NOT_FOUND", "NOT_FOUND: gone"),
        (b"gone: NOT_FOUND", None, "gone: NOT_FOUND"),
        (b'{"detail": "gone", "status": "404", "scimType": "noTarget"}', "noTarget", "gone"),
        (b'{"detail": "gone", "status": "404"}', None, "gone"),
        (b'{"error": "gone"}', None, "gone"),
        (b'{"error_code": {"a": 1}, "message": ["gone"]}', None, ""),
        (b"<html>NOT_FOUND: gone</html>", None, ""),
        (b"", None, ""),
    ],
)
def test_code_and_words_are_found_in_each_form_of_an_error(
    body: bytes, code: str | None, detail: str
) -> None:
    """Today's object, an integer code, text, the form of the identity API, and what is none of them."""
    error = refused(404, body)
    assert (type(error), error.code, error.detail) == (errors.NotFound, code, detail)


def test_the_servers_facts_travel_with_the_error() -> None:
    """Code, request id and wait are read from the body's details."""
    error = refused(429, (PAYLOADS / "error_rate_limited.json").read_bytes())
    assert (error.code, error.request_id, error.retry_after) == (
        "RESOURCE_EXHAUSTED",
        "8f1e2d3c-aaaa-bbbb-cccc-0123456789ab",
        20.0,
    )
    assert error.detail == "Rate limit exceeded for this workspace."


@pytest.mark.parametrize(
    ("name", "missing"), [("error_missing_scope", True), ("error_forbidden", False), ("error_gone", None)]
)
def test_a_missing_scope_is_told_from_a_missing_right(name: str, *, missing: bool | None) -> None:
    """The one text that is matched, with the code as an integer."""
    error = refused(403 if missing is not None else 404, (PAYLOADS / f"{name}.json").read_bytes())
    assert getattr(error, "missing_scope", None) is missing


@pytest.mark.parametrize(
    "body",
    [
        b'{"error_code": 403, "message": "Invalid access token."}',
        b'{"error_code": 403, "message": "Invalid access token. [ReqId: 145ae51b-da74-40a7]"}',
        b'{"error_code": "403", "message": "Invalid Token"}',
        b'{"error_code": 403, "message": "Token is expiring within 30 seconds. (token expired)"}',
        b'{"error_code": "PERMISSION_DENIED", "message": "The access token has expired"}',
        b'{"error_code": "INVALID_TOKEN", "message": ""}',
        b'{"error": "invalid_token", "error_description": "signature"}',
        b"UNAUTHENTICATED: token expired",
        b"<html><head><title>Error 403 Invalid access token.</title></head></html>",
    ],
)
def test_a_403_about_the_token_is_a_failed_sign_in(body: bytes) -> None:
    """Databricks says 403 too when a token has ended; another token may do, and no right is missing."""
    for once in (True, False):
        error = refused(403, body, once=once)
        assert type(error) is errors.SignInFailed
        assert error.token_refused


def test_a_403_without_a_body_tells_its_reason_in_a_header() -> None:
    """So it does when a proxy keeps the body back."""
    reason = {**JSON, "x-databricks-reason-phrase": "Invalid access token."}
    assert type(refused(403, headers=reason)) is errors.SignInFailed


@pytest.mark.parametrize(
    "body",
    [
        b'{"error_code": "PERMISSION_DENIED", "message": "You need \\"Can View\\" permission."}',
        b'{"error_code": 403, "message": "Provided OAuth token does not have required scopes: genie"}',
        b'{"error_code": "PERMISSION_DENIED", "message": "User lacks SELECT on auth.invalid_token"}',
        b'{"error_code": "PERMISSION_DENIED", "message": "Source IP address: 1.2.3.4 is blocked"}',
        b'{"error_code": "PERMISSION_DENIED", "message": "Invalid token_usage table: no access"}',
        b"<html><title>403 Forbidden</title><p>invalid token</p></html>",
        b"",
    ],
)
def test_a_403_about_a_right_stays_one(body: bytes) -> None:
    """Words of tables and pages that speak of tokens further on do not make it a sign-in."""
    assert type(refused(403, body)) is errors.Forbidden


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("12", 12.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("Sun, 09 Sep 2001 01:47:10 GMT", 30.0),
        ("Sun, 09 Sep 2001 01:46:00 GMT", 0.0),
        ("Sunday, 09-Sep-01 01:47:10 GMT", 30.0),
        ("Sun Sep  9 01:47:10 2001", 30.0),
        ("Sun, 09 Sep 2001 01:47:10 -0000", 30.0),
        ("99999999", 3600.0),
        ("soon", None),
        ("inf", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, wait: float | None) -> None:
    """Never negative, never more than an hour, and nonsense is nothing."""
    assert refused(429, headers={**JSON, "retry-after": header}).retry_after == wait


def test_a_date_without_a_zone_is_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever this machine is."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "America/New_York")
        time.tzset()
        headers = {**JSON, "retry-after": "Sun Sep  9 01:47:10 2001"}
        wait = refused(429, headers=headers).retry_after
    time.tzset()
    assert wait == 30.0


@pytest.mark.parametrize("delay", ['"20s"', '{"seconds": "20"}', '{"seconds": 20, "nanos": 0}'])
def test_a_wait_in_the_body_has_two_forms(delay: str) -> None:
    """Text or object."""
    assert refused(429, f'{{"details": [{{"retry_delay": {delay}}}]}}'.encode()).retry_after == 20.0


@pytest.mark.parametrize(
    "delay",
    [f'"{10**400}s"', f'{{"seconds": {10**400}, "nanos": 5}}', f'{{"seconds": 1, "nanos": {10**400}}}'],
)
def test_a_wait_that_no_clock_counts_is_still_an_error_of_ours(delay: str) -> None:
    """JSON's numbers have no end, and Python's do not fit into a float."""
    wait = refused(429, f'{{"details": [{{"retry_delay": {delay}}}]}}'.encode()).retry_after
    assert wait is None or wait <= 3600


@pytest.mark.parametrize("body", [b"", b"<html>", b"NOT_FOUND: gone", b"[1]", b'{"details": 3}', b"\xff\xfe"])
def test_an_error_body_may_be_anything(body: bytes) -> None:
    """Text, a page, nothing, or JSON of another shape."""
    assert type(refused(404, body)) is errors.NotFound


def test_a_page_in_place_of_json_is_a_sign_in_failure() -> None:
    """A login form or a private-link page comes with 200."""
    page = error_for_reply(Reply(200, {"content-type": "text/html; charset=utf-8"}, b"<html>"), once=False)
    bare = error_for_reply(Reply(200, JSON, b"\n <!doctype html>"), once=True)
    assert isinstance(page, errors.SignInFailed)
    assert isinstance(bare, errors.SignInFailed)


def test_another_content_type_is_malformed() -> None:
    """Only JSON is parsed."""
    assert isinstance(
        error_for_reply(Reply(200, {"content-type": "text/csv"}, b"1"), once=False), errors.Malformed
    )
    assert error_for_reply(Reply(200, {}, b"{}"), once=False) is None


def test_what_an_error_shows_holds_nothing_that_came_as_prose() -> None:
    """Message, details and odd codes of the server stay out of str and repr."""
    secret = "SELECT secret FROM hr.payroll"
    error = refused(400, f'{{"error_code": "{secret}", "message": "{secret}"}}'.encode())
    failure = errors.StatementFailed("FAILED", detail=secret)
    gone = error_for_no_reply(OSError(secret), once=False, sent=True)
    for shown in (error, failure, gone):
        assert secret not in f"{shown} {shown!r}"
        assert secret in shown.detail


def test_lost_requests_depend_on_what_was_lost() -> None:
    """A question that never left is not sent, one that left is ambiguous, a read is unreachable."""
    kinds = [
        type(error_for_no_reply(OSError(), once=once, sent=sent))
        for once, sent in [(True, False), (True, True), (False, False), (False, True)]
    ]
    assert kinds == [errors.NotSent, errors.Ambiguous, errors.Unreachable, errors.Unreachable]


def test_every_error_says_who_can_mend_it() -> None:
    """The tree is whole: each class has a fault, words, and a word on repeating."""

    def tree(cls: type[GenieError]) -> list[type[GenieError]]:
        return [cls, *(found for child in cls.__subclasses__() for found in tree(child))]

    for kind in tree(GenieError):
        assert isinstance(kind.fault, Fault)
        assert isinstance(kind.retryable, bool)
        assert kind.words
        assert kind.__name__ in (errors.__doc__ or "")
