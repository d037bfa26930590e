"""Errors in words that a person can act on."""

from collections.abc import Iterator

import pytest

from bot.failures import causes, failure_reply
from bot.failures.message_error_causes import MESSAGE_CAUSES
from bot.failures.model import Cause, Retry
from genie import errors
from genie.errors import GenieError
from genie.model import CANCELLED, MessageError
from render import words
from render.blockkit.buttons import ButtonValue, decode
from render.blockkit.reply import Reply

SECRET = "hr.gold.payroll SELECT * token dapi123"


def kinds(base: type[GenieError] = GenieError) -> Iterator[type[GenieError]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


def make(kind: type[GenieError]) -> GenieError:
    if issubclass(kind, errors.StatementFailed):
        return kind("FAILED", detail=SECRET)
    return kind(detail=SECRET, code="CODE", request_id="r-1", status=500)


def buttons(reply: Reply) -> list[str]:
    return [
        element["action_id"]
        for block in reply.variants[0].blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_error_has_its_own_words(kind: type[GenieError]) -> None:
    """Each error of the client's tree is told, without anything that the server wrote."""
    reply = failure_reply.failure_reply(causes.of_error(make(kind)), "key")
    assert reply.text.endswith((".", "!"))
    for word in (*SECRET.split(), "CODE", "r-1", "500"):
        assert word not in str(reply)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind.retryable])
def test_what_may_pass_can_be_tried_again(kind: type[GenieError]) -> None:
    """An error that passes by itself offers to ask again, when the question is known."""
    assert buttons(failure_reply.failure_reply(causes.of_error(make(kind)), "key")) == ["ask_again"]
    assert buttons(failure_reply.failure_reply(causes.of_error(make(kind)))) == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            errors.Forbidden(detail="Provided OAuth token does not have required scopes: genie"),
            words.failures.SCOPE_MISSING,
        ),
        (errors.Forbidden(), words.failures.FORBIDDEN),
        (errors.StatementFailed("FAILED", sql_state="42501"), words.failures.STATEMENT_FORBIDDEN),
        (errors.StatementFailed("FAILED", sql_state="22012"), words.failures.STATEMENT_FAILED),
        (errors.Unreachable(), words.failures.NOT_REACHED),
    ],
)
def test_who_can_mend_it_is_named(error: GenieError, sentence: str) -> None:
    """Rights, scopes and tables each point to the person who can grant them."""
    assert causes.of_error(error).words == sentence


@pytest.mark.parametrize("kind", sorted(MESSAGE_CAUSES))
def test_a_failed_message_is_told_in_our_words(kind: str) -> None:
    """Each type is one sentence or two, with nothing of Genie's own text."""
    reply = failure_reply.message_error_reply(MessageError(kind, SECRET), question_id="key", message_id="m-9")
    assert reply.text == MESSAGE_CAUSES[kind].words
    button = "start_fresh" if MESSAGE_CAUSES[kind].fresh else "ask_again"
    assert buttons(reply) == ([] if MESSAGE_CAUSES[kind].retry is Retry.NEVER else [button])
    for word in (*SECRET.split(), kind, "m-9"):
        assert word not in str(reply)


@pytest.mark.parametrize("error", [None, MessageError("SOMETHING_NEW", SECRET)])
def test_an_unknown_reason_leaves_a_reference(error: MessageError | None) -> None:
    """A reason that nobody knows comes with the message's id, so that an admin can look."""
    reply = failure_reply.message_error_reply(error, question_id="key", message_id="m-9")
    assert reply.text == words.failures.NO_REASON
    assert "m-9" in str(reply.variants[0])
    assert len(reply.variants) == 2


LACKING = "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have {}. SQLSTATE: 42501"


def test_who_asks_with_own_rights_is_told_what_is_missing() -> None:
    """The right is named, with whom to ask; with the bot's rights nothing of that is anybody's to ask for."""
    error = MessageError("SQL_EXECUTION_EXCEPTION", LACKING.format("SELECT on Table 'main.hr.pay'"))
    own = failure_reply.message_error_reply(error, question_id="key", as_users=True)
    assert "`SELECT on table main.hr.pay`" in own.text
    assert "owner" in own.text
    assert buttons(own) == []
    assert failure_reply.message_error_reply(error, question_id="key").text == words.failures.SQL_FAILED


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (errors.Forbidden(), words.own_rights.FORBIDDEN),
        (errors.Forbidden(detail="no required scopes: sql"), words.own_rights.SCOPE_MISSING),
        (errors.SignInFailed(), words.own_rights.SIGN_IN_FAILED),
        (errors.StatementFailed("FAILED", sql_state="42501"), words.own_rights.STATEMENT_FORBIDDEN),
        (errors.Unreachable(), words.failures.NOT_REACHED),
    ],
)
def test_rights_of_the_asker_are_called_yours(error: GenieError, sentence: str) -> None:
    """Whoever asks with their own rights reads what they lack themselves, not what the bot lacks."""
    assert failure_reply.failure_reply(causes.of_error(error), as_users=True).text == sentence


def test_genies_proposals_come_as_buttons() -> None:
    """What Genie proposes instead of a failed question can be asked with a click."""
    error = MessageError("SQL_EXECUTION_EXCEPTION")
    reply = failure_reply.message_error_reply(error, ["Which tables can I ask about?"], question_id="key")
    assert buttons(reply) == ["suggestion:0"]


def test_waiting_too_long_can_be_checked_again() -> None:
    """After the deadline a click looks again, and nothing is asked twice."""
    reply = failure_reply.failure_reply(causes.OVERDUE, "key")
    assert buttons(reply) == ["check_again"]
    assert reply.variants[0].blocks[-1]["elements"][0]["value"] == "key"


def test_an_unknown_fate_is_left_to_a_person() -> None:
    """When nobody knows whether Genie got the question, the button says what it does."""
    (button,) = failure_reply.failure_reply(causes.NOT_KNOWN, "key").variants[0].blocks[-1]["elements"]
    assert button["text"]["text"] == "Ask Again"
    assert decode(button["value"]) == ButtonValue("key")


@pytest.mark.parametrize("cause", [causes.STATUS_CAUSES[CANCELLED], causes.CRASHED, causes.SLACK_REFUSED])
def test_every_other_end_is_told(cause: Cause) -> None:
    """A stop, a bug of ours and a refusal of Slack's end in a sentence with a way forward."""
    reply = failure_reply.failure_reply(cause, "k")
    assert reply.variants[0].blocks[0]["text"]["text"] == reply.text == cause.words
    assert len(reply.text.split(".")) > 2
