"""Laws of the Genie client: nothing that a server says makes it crash, and looks keep to their budget."""

import contextlib
import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie import decoding, results
from genie.choosing import choose
from genie.errors import GenieError
from genie.host import host_url
from genie.lenient import parse
from genie.model import Message, MessageRef
from genie.polling import next_look
from genie.refusals import refusal
from genie.requests import next_chunk
from genie.wire import Reply
from tests.unit.genie_server import PAYLOADS

pytestmark = pytest.mark.property

REF = MessageRef("s", "c", "m")
STATUSES = (
    "SUBMITTED",
    "FETCHING_METADATA",
    "FILTERING_CONTEXT",
    "ASKING_AI",
    "PENDING_WAREHOUSE",
    "EXECUTING_QUERY",
    "IN_PROGRESS",
    "",
)
DECODERS: tuple[Callable[[Any], object], ...] = (
    lambda reply: decoding.started(reply, "s"),
    lambda reply: decoding.followed_up(reply, "s", "c"),
    lambda reply: choose(decoding.message(reply, REF)),
    lambda reply: decoding.messages(reply, "s", "c"),
    decoding.conversations,
    lambda reply: decoding.space(reply, "s"),
    lambda reply: table_of(results.statement(reply)),
    results.chunk,
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["", "a/b", "..", "\ud800", 10**400, -1, 1e308, "COMPLETED", "1" * 5_000])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def table_of(statement: results.Statement) -> object:
    return results.table(statement, statement.first.rows, truncated=False)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value inside."""
    yield path
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from places(child, (*path, key))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    value[path[0]] = put(value[path[0]], path[1:], new)
    return value


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """Return a recorded reply with up to four of its values dropped, retyped or wrapped."""
    value = json.loads(draw(st.sampled_from(sorted(PAYLOADS.glob("*.json")))).read_text())
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(list(places(value))))
        old = copy.deepcopy(value)
        for key in path:
            old = old[key]
        new = draw(st.sampled_from(["retype", "list", "object", "text", "drop"]))
        if new == "drop" and path and isinstance(path[-1], str):
            parent = value
            for key in path[:-1]:
                parent = parent[key]
            del parent[path[-1]]
            continue
        wrapped = {"list": [old], "object": {"value": old}, "text": str(old)}
        value = put(value, path, wrapped.get(new) if new in wrapped else draw(JSON))
    return value


@given(mutated())
def test_any_mutation_of_a_reply_decodes_or_raises_one_of_our_errors(reply: Any) -> None:
    """Fields dropped, nulled, retyped or wrapped: never a KeyError, never a hang."""
    for decode in DECODERS:
        with contextlib.suppress(GenieError):
            decode(reply)


@given(mutated())
def test_decoded_text_can_always_be_encoded(reply: Any) -> None:
    """Whatever comes out can go on to Redis and Slack as UTF-8."""
    try:
        message = decoding.message(reply, REF)
        statement = results.statement(reply)
    except GenieError:
        return
    f"{message.content}{message.attachments}{statement.first.rows}{statement.columns}".encode()


@given(mutated())
def test_a_table_is_a_rectangle(reply: Any) -> None:
    """One cell per column in each row."""
    try:
        statement = results.statement(reply)
    except GenieError:
        return
    table = results.table(statement, statement.first.rows, truncated=False)
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(cell is None or isinstance(cell, str) for row in table.rows for cell in row)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_parse_or_are_malformed(body: bytes) -> None:
    """And what parses decodes or is refused."""
    for decode in DECODERS:
        with contextlib.suppress(GenieError):
            decode(parse(body))


@given(
    status=st.integers(100, 999),
    headers=st.dictionaries(st.sampled_from(["content-type", "retry-after", "x-request-id"]), st.text()),
    body=st.binary() | mutated().map(lambda value: json.dumps(value).encode()),
    once=st.booleans(),
)
def test_any_reply_is_a_success_or_one_of_our_errors(
    status: int, headers: dict[str, str], body: bytes, *, once: bool
) -> None:
    """And a wait, if there is one, is between nothing and an hour."""
    error = refusal(Reply(status, headers, body), once=once)
    assert error is not None or 200 <= status < 300
    assert error is None or error.retry_after is None or 0 <= error.retry_after <= 3600


@given(st.text() | st.text(alphabet="/.%2eapi0\\@#? ").map(lambda tail: "/api/2.0/" + tail))
def test_a_chunk_is_only_ever_fetched_below_the_api(link: str) -> None:
    """Whatever the server's link says, the request stays on the workspace's host and in its API."""
    request = next_chunk("st", 1, link)
    assert request is not None
    path = request.path.partition("?")[0]
    assert path.startswith("/api/2.0/")
    assert "//" not in path
    assert not {"..", "."} & set(path.split("/"))


@given(st.text())
def test_an_address_is_understood_or_refused(text: str) -> None:
    """And understanding it twice changes nothing."""
    try:
        url = host_url(text)
    except ValueError:
        return
    assert host_url(url) == url


@given(st.lists(st.tuples(st.sampled_from(STATUSES), st.floats(0, 1), st.floats(0, 2)), max_size=200))
def test_looks_never_exceed_one_per_second_of_age(steps: list[tuple[str, float, float]]) -> None:
    """Whatever Genie says and however long each look takes; every wait is bounded, the first is 1 s."""
    age, looks = next_look("SUBMITTED", 0.0, 0), 1
    assert age == 1.0
    for status, jitter, latency in steps:
        age += latency
        wait = next_look(status, age, looks, jitter)
        assert 0 <= wait <= 15
        age, looks = age + wait, looks + 1
        assert looks <= age + 1e-6


@given(st.sampled_from(STATUSES), st.floats(2, 600), st.floats(2, 600))
def test_an_older_question_is_never_looked_at_more_often(status: str, one: float, other: float) -> None:
    """As long as its budget of looks allows the next one, waits only grow with age."""
    younger, older = sorted((one, other))
    assert next_look(status, younger, 1) <= next_look(status, older, 1)


@given(st.randoms(use_true_random=False))
def test_the_order_of_attachments_never_breaks_the_choice(rng: random.Random) -> None:
    """Genie's list in any order, with repetitions, still gives an answer."""
    message = decoding.message(json.loads((PAYLOADS / "message_completed.json").read_text()), REF)
    shuffled = tuple(rng.choices(message.attachments, k=rng.randrange(9)))
    answer = choose(Message(REF, "COMPLETED", attachments=shuffled))
    assert len(set(answer.texts)) == len(answer.texts)
