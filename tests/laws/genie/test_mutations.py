"""Whatever goes wrong with a reply on its way, it decodes or raises one of our errors, and soon."""

import gc
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from genie.calls import exports
from genie.errors import GenieError
from genie.model import MessageRef
from genie.protocol import messages, results, unity_catalog
from genie.protocol.answer import select_answer
from genie.protocol.coerce import parse
from genie.protocol.error_mapping import error_for_reply
from genie.protocol.reply import Reply
from tests.laws.genie.mutations import JSON, body, check, mutated
from tests.laws.genie.replies import MANY

pytestmark = pytest.mark.property

REF = MessageRef("s", "c", "m")
LONGEST = 2.0
"""Seconds of work within which the largest reply is decoded."""


def answer_to(reply: Any) -> object:
    """Decode a message and choose its answer."""
    message = messages.message(reply, REF)
    return message, select_answer(message)


def table_of(reply: Any) -> object:
    """Decode a query result and make its rows a table."""
    statement = results.statement(reply)
    table = results.table(statement, statement.first.rows, truncated=False)
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(cell is None or isinstance(cell, str) for row in table.rows for cell in row)
    return statement, table


DECODERS: dict[str, Callable[[Any], object]] = {
    "started": lambda reply: messages.started(reply, "s"),
    "followed_up": lambda reply: messages.followed_up(reply, "s", "c"),
    "message": answer_to,
    "messages": lambda reply: messages.messages(reply, "s", "c"),
    "conversations": messages.conversations,
    "space": lambda reply: messages.space(reply, "s"),
    "spaces": messages.spaces,
    "comments": lambda reply: messages.comments(reply, "s", "c"),
    "comment": lambda reply: messages.comment(reply, REF),
    "export": results.statement,
    "download": exports.ticket,
    "statement": table_of,
    "chunk": results.chunk,
    "table": unity_catalog.table,
    "tags": lambda reply: unity_catalog.certification(unity_catalog.tags(reply)[0]),
}


def decode(kind: str, sent: bytes) -> str:
    """Decode; return what came of it."""
    try:
        decoded = DECODERS[kind](parse(sent))
    except GenieError as error:
        check(error)
        return f"{kind}: {type(error).__name__}"
    check(decoded)
    return f"{kind}: decoded"


@pytest.mark.many
@MANY
@given(
    said=mutated(),
    other=st.sampled_from(sorted(DECODERS)),
    status=st.integers(200, 599),
    once=st.booleans(),
)
def test_any_mutation_decodes_or_raises_one_of_our_errors(
    said: tuple[str, bytes], other: str, status: int, *, once: bool
) -> None:
    """By its own decoder, by another one and as a refusal: no other exception, no hang, no broken text."""
    kind, sent = said
    gc.disable()  # to collect all that hypothesis remembers takes longer than any reply
    try:
        began = time.thread_time()
        check(error_for_reply(Reply(status, {}, sent), once=once))
        came = [decode(decoder, sent) for decoder in sorted({kind, other} & set(DECODERS))]
        taken = time.thread_time() - began
    finally:
        gc.enable()
    assert taken < LONGEST
    for each in came:
        event(each)


@given(st.binary() | JSON.map(body))
def test_any_bytes_decode_or_raise_one_of_our_errors(sent: bytes) -> None:
    """JSON of any shape, and what is no JSON at all."""
    for kind in DECODERS:
        decode(kind, sent)


@given(
    status=st.integers(100, 999),
    headers=st.dictionaries(st.sampled_from(["content-type", "retry-after", "x-request-id"]), st.text()),
    sent=st.binary() | mutated().map(lambda said: said[1]),
    once=st.booleans(),
)
def test_any_reply_is_a_success_or_one_of_our_errors(
    status: int, headers: dict[str, str], sent: bytes, *, once: bool
) -> None:
    """And a wait, if there is one, is between nothing and an hour."""
    error = error_for_reply(Reply(status, headers, sent), once=once)
    check(error)
    assert error is not None or 200 <= status < 300
    assert error is None or error.retry_after is None or 0 <= error.retry_after <= 3600
