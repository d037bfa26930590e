"""Trouble on demand, seen through the local Databricks."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import date

import aiohttp
import pytest

from sandbox.databricks import Databricks, Timing
from sandbox.faults import Fault, Faults
from tests.unit.genie.databricks_caller import Caller, calling

TODAY = date(2026, 11, 22)
START = "*/start-conversation"


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY)


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


async def test_status_with_retry_after(databricks: Databricks, caller: Caller) -> None:
    """A fault answers its status, body and Retry-After as often as it says, and then is used up."""
    body = '{"error_code": "TEMPORARILY_UNAVAILABLE"}'
    databricks.faults.add(
        Fault(path="*/spaces/*", method="GET", status=503, body=body, retry_after="7", times=2)
    )
    for _ in range(2):
        said = await caller.call("GET", caller.space)
        assert (said.status, said.headers["Retry-After"]) == (503, "7")
    assert (await caller.call("GET", caller.space)).status == 200
    assert databricks.faults.waiting == ()


async def test_fault_hits_only_its_requests(databricks: Databricks, caller: Caller) -> None:
    """Other paths and methods are not hit."""
    databricks.faults.add(Fault(path=START, method="POST", status=500))
    assert (await caller.call("GET", caller.space)).status == 200
    assert len(databricks.faults.waiting) == 1


@pytest.mark.parametrize("messages", [0, 1])
async def test_dropped_connection(databricks: Databricks, caller: Caller, messages: int) -> None:
    """A connection can be cut before the question takes effect, or after; the caller cannot tell which."""
    databricks.faults.add(Fault(path=START, drop=True, after=messages == 1))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await caller.call("POST", "start-conversation", {"content": "total revenue"})
    assert len((await caller.call("GET", "conversations")).body["conversations"]) == messages
    (asked,) = databricks.questions()
    assert (asked.status, asked.content, bool(asked.message_id)) == (499, "total revenue", bool(messages))


async def test_error_after_the_question_took_effect(databricks: Databricks, caller: Caller) -> None:
    """A gateway can fail although the question is asked."""
    databricks.faults.add(Fault(path=START, status=504, body="{}", after=True))
    said = await caller.call("POST", "start-conversation", {"content": "total revenue"})
    assert said.status == 504
    assert databricks.questions()[0].message_id


async def test_malformed_body(databricks: Databricks, caller: Caller) -> None:
    """A body can end in the middle while its headers say that it is whole."""
    databricks.faults.add(Fault(path="*/spaces/*", malformed=True))
    with pytest.raises(ValueError, match=r"delimiter|Unterminated|Expecting"):
        await caller.call("GET", caller.space)


async def test_redirect_and_a_body_of_another_type(databricks: Databricks, caller: Caller) -> None:
    """A proxy can lead to a login page, or pass the real body on as something else."""
    databricks.faults.add(Fault(status=302, location="/login.html", content_type="text/html"))
    said = await caller.call("GET", caller.space)
    assert (said.status, said.body["error_code"]) == (404, "ENDPOINT_NOT_FOUND")
    databricks.faults.add(Fault(content_type="text/plain"))
    with pytest.raises(aiohttp.ContentTypeError, match="text/plain"):
        await caller.call("GET", caller.space)


async def test_bomb(databricks: Databricks, caller: Caller) -> None:
    """A body that is small on the wire can be huge when it is unpacked."""
    databricks.faults.add(Fault(bomb=3))
    with pytest.raises(ValueError, match="Expecting value"):
        await caller.call("GET", caller.space)


async def test_slow_body_and_latency(databricks: Databricks, caller: Caller) -> None:
    """An answer can be late, or dribble in, and still be whole."""
    for fault in (Fault(delay=0.15), Fault(slow=0.15)):
        databricks.faults.add(fault)
        started = time.monotonic()
        assert (await caller.call("GET", caller.space)).body["title"] == "Sales (sandbox)"
        assert time.monotonic() - started >= 0.14


async def test_faults_over_http(databricks: Databricks, caller: Caller) -> None:
    """Faults can be set, listed and cleared from outside; a field that does not exist is refused."""
    assert (
        await caller.call("POST", "/sandbox/faults", {"path": START, "status": 500, "times": None})
    ).status == 201
    assert (await caller.call("GET", "/sandbox/faults")).body[0]["status"] == 500
    await caller.call("DELETE", "/sandbox/faults")
    assert databricks.faults.waiting == ()
    with pytest.raises(aiohttp.ContentTypeError, match="400"):
        await caller.call("POST", "/sandbox/faults", {"nonsense": 1})


def test_chance_is_repeatable() -> None:
    """A fault with a probability hits the same requests for the same seed, about as many as it says."""
    runs = []
    for _ in range(2):
        faults = Faults(Fault(times=None, probability=0.3), seed=5)
        runs.append([faults.take("GET", "/x") is not None for _ in range(1000)])
    assert runs[0] == runs[1]
    assert 250 < sum(runs[0]) < 350


async def test_stops_at_once_while_questions_run() -> None:
    """The server stops at once although a question would never end."""
    async with asyncio.timeout(10):
        async with calling(Databricks(timing=Timing(total=lambda _question: 60.0), today=TODAY)) as caller:
            await caller.ask("total revenue by region")
