"""The table of causes is whole: whatever Databricks can say has its row."""

from collections.abc import Iterator

import pytest
from databricks.sdk.service.dashboards import MessageErrorType, MessageStatus

from bot.failures import causes
from bot.failures.message_error_causes import MESSAGE_CAUSES, TYPE_THAT_NAMES_A_WAIT
from bot.failures.model import Cause, Retry
from genie import errors
from genie.errors import GenieError
from genie.model import FINAL_STATUSES, MessageError
from genie.protocol.error_mapping import error_for_reply
from genie.protocol.reply import Reply
from tests.unit.bot.failures.every_cause import EVERY

WITHDRAWN = {"INVALID_CHAT_COMPLETION_ARGUMENTS_JSON_EXCEPTION"}
OF_A_STREAM = {"RESOURCE_DOES_NOT_EXIST"}
CODES = [300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 408, 409, 413, 418, 429, 499, 500, 501, 502, 503]
ALL = {cause.name: cause for cause in EVERY}


def kinds(base: type[GenieError] = GenieError) -> Iterator[type[GenieError]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind not in {errors.Refused, GenieError}])
def test_every_error_of_the_client_has_its_row(kind: type[GenieError]) -> None:
    """No kind of error falls back to the row of all errors, and each agrees with the client about itself."""
    error = kind("FAILED") if issubclass(kind, errors.StatementFailed) else kind()
    cause = causes.of_error(error)
    assert cause is not causes.ERROR_CAUSES[GenieError]
    assert (cause.fault, cause.transient) == (kind.fault, kind.retryable)


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("body", [b"", b"<html>", b'{"error_code": "FEATURE_DISABLED", "message": "x"}'])
def test_every_http_status_has_its_row(once: bool, body: bytes) -> None:  # noqa: FBT001
    """Whatever status Databricks or a proxy answers, something is known about it."""
    kind = "text/html" if body.startswith(b"<") else "application/json"
    for status in (*CODES, *range(504, 600)):
        error = error_for_reply(Reply(status, {"content-type": kind}, body), once=once)
        assert error, status
        assert causes.of_error(error) is not causes.ERROR_CAUSES[GenieError], status


def test_every_message_error_of_the_sdk_is_grouped() -> None:
    """All types of Databricks' SDK have a row; nothing else has but one withdrawn and one of a stream."""
    known = {kind.value for kind in MessageErrorType}
    assert set(MESSAGE_CAUSES) == known | WITHDRAWN | OF_A_STREAM
    assert len(known) == 61


@pytest.mark.parametrize("error", [None, MessageError("SOMETHING_NEW"), MessageError("")])
def test_an_unknown_reason_has_a_row_of_its_own(error: MessageError | None) -> None:
    """A type that is new, empty or missing is told as an unknown reason."""
    assert causes.of_message_error(error) is causes.NO_REASON


@pytest.mark.parametrize(
    ("detail", "after"),
    [
        ("Please wait 45 seconds.", 45),
        ("Retry in 7s", 7),
        ("retry after 3600 sec", 120),
        ("wait 0 seconds", 1),
        ("Rate limit of 500 requests exceeded", 20),
        ("", 20),
    ],
)
def test_a_named_wait_is_kept_within_reason(detail: str, after: float) -> None:
    """Only the type that promises a number of seconds is read for one."""
    assert causes.of_message_error(MessageError(TYPE_THAT_NAMES_A_WAIT, detail)).retry_after == after
    other = MessageError("RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION", detail)
    assert causes.of_message_error(other).retry_after == 20


def test_every_final_status_has_its_row() -> None:
    """A status after which nothing comes is explained even when it brings no answer."""
    assert set(causes.STATUS_CAUSES) == set(FINAL_STATUSES)
    assert {status.value for status in MessageStatus} >= set(causes.STATUS_CAUSES)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (errors.Forbidden(detail="does not have required scopes: genie"), causes.SCOPE_MISSING),
        (errors.Forbidden(detail="your budget is used up"), causes.ERROR_CAUSES[errors.Forbidden]),
        (errors.StatementFailed("FAILED", sql_state="42501"), causes.STATEMENT_FORBIDDEN),
        (errors.StatementFailed("CANCELED"), causes.ERROR_CAUSES[errors.StatementFailed]),
        (errors.StatementFailed("CLOSED"), causes.ERROR_CAUSES[errors.StatementFailed]),
    ],
)
def test_rights_and_scopes_are_told_apart(error: GenieError, cause: Cause) -> None:
    """A missing scope and a missing right on a table are other people's to mend; no other text is matched."""
    assert causes.of_error(error) is cause


@pytest.mark.parametrize("cause", ALL.values(), ids=list(ALL))
def test_every_row_says_what_to_do(cause: Cause) -> None:
    """The asker and the operator each read a sentence, and a repetition by the bot has its time."""
    assert cause.words.endswith(".")
    assert cause.do.endswith(".")
    assert cause.name
    assert cause.retry is not Retry.AUTO_ONCE or cause.fresh or cause.retry_after
