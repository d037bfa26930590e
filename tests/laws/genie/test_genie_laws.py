"""Laws of the Genie client: it stays on its host, polls keep to their budget, any order has an answer."""

import json
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genie.http.host import host_url
from genie.model import Message, MessageRef
from genie.polling import next_poll_delay
from genie.protocol import messages
from genie.protocol.answer import select_answer
from genie.protocol.requests import next_chunk
from tests.unit.genie.genie_server import PAYLOADS

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


@given(st.text() | st.text(alphabet="/.%2eapi0\\@#? ").map(lambda tail: "/api/2.0/" + tail))
@example("/api/2.0/" + "a" * 5_000)
def test_a_chunk_is_only_ever_fetched_below_the_api(link: str) -> None:
    """Whatever the server's link says, the request stays on the workspace's host and in its API."""
    request = next_chunk("st", 1, link)
    assert request is not None
    path = request.path.partition("?")[0]
    assert path.startswith("/api/2.0/")
    assert len(request.path) <= 4_000
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
    """Whatever Genie says and however long each poll takes; every wait is bounded, the first is 1 s."""
    age, polls = next_poll_delay("SUBMITTED", 0.0, 0), 1
    assert age == 1.0
    for status, jitter, latency in steps:
        age += latency
        wait = next_poll_delay(status, age, polls, jitter)
        assert 0 <= wait <= 15
        age, polls = age + wait, polls + 1
        assert polls <= age + 1e-6


@given(st.sampled_from(STATUSES), st.floats(2, 600), st.floats(2, 600))
def test_an_older_question_is_never_looked_at_more_often(status: str, one: float, other: float) -> None:
    """As long as its budget of looks allows the next one, waits only grow with age."""
    younger, older = sorted((one, other))
    assert next_poll_delay(status, younger, 1) <= next_poll_delay(status, older, 1)


@given(st.randoms(use_true_random=False))
def test_the_order_of_attachments_never_breaks_the_choice(rng: random.Random) -> None:
    """Genie's list in any order, with repetitions, still gives an answer."""
    message = messages.message(json.loads((PAYLOADS / "message_completed.json").read_text()), REF)
    shuffled = tuple(rng.choices(message.attachments, k=rng.randrange(9)))
    answer = select_answer(Message(REF, "COMPLETED", attachments=shuffled))
    assert len(set(answer.texts)) == len(answer.texts)
