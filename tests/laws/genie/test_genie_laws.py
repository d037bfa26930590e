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
def test_looks_stay_within_the_budget_of_a_question(steps: list[tuple[str, float, float]]) -> None:
    """1.55 a second, whatever Genie says and however long a poll takes; waits are bounded."""
    age, polls = next_poll_delay("SUBMITTED", 0.0, 0), 1
    assert age == 1.0
    for status, jitter, latency in steps:
        age += latency
        wait = next_poll_delay(status, age, polls, jitter=jitter)
        assert 0 <= wait <= 15
        age, polls = age + wait, polls + 1
        assert polls <= age * 1.55 + 1e-6


Crowd = list[tuple[str, int, float]]


@given(st.lists(st.tuples(st.sampled_from(STATUSES), st.integers(34, 400), st.floats(0, 1)), max_size=200))
def test_a_crowd_shares_a_third_of_the_requests_of_a_workspace(steps: Crowd) -> None:
    """However many are in flight, each is polled so seldom that all together make 33 polls a second or fewer.

    As long as that asks for less than a poll every 15 seconds, which is the longest wait.
    """
    age, polls = 0.0, 0
    for status, in_flight, jitter in steps:
        wait = next_poll_delay(status, age, polls, in_flight, jitter)
        if not polls:
            assert wait >= 1.0
        elif wait < min(in_flight / 33, 15) - 1e-6:
            assert polls + 1 <= (age + wait) * 33 / in_flight + 1e-6, "spends what it saved"
        age, polls = age + wait, polls + 1


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
