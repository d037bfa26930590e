"""The local serving endpoint: as strict and as limited as a real one, and no model."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.databricks import Databricks, Timing
from sandbox.databricks.api.serving import SERVED_MODEL
from tests.unit.genie.databricks_caller import Caller, calling

PATH = "/serving-endpoints/sandbox-summary/invocations"
HELLO = [{"role": "user", "content": "EMEA 12"}]


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant())


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


async def test_the_same_is_written_about_the_same(caller: Caller) -> None:
    """It answers in the shape of a chat completion, says what it is, and names the served model."""
    first, second = [await caller.call("POST", PATH, {"messages": HELLO}) for _ in range(2)]
    assert first.body["choices"] == second.body["choices"]
    assert "not from a model" in first.body["choices"][0]["message"]["content"]
    assert first.body["choices"][0]["finish_reason"] == "stop"
    assert first.headers["served-model-name"] == SERVED_MODEL
    usage = first.body["usage"]
    assert usage["prompt_tokens"] + usage["completion_tokens"] == usage["total_tokens"]


async def test_it_writes_no_more_than_it_may(caller: Caller) -> None:
    """`max_tokens` cuts what it writes, and it says so."""
    said = await caller.call("POST", PATH, {"messages": HELLO, "max_tokens": 3})
    assert said.body["choices"][0]["finish_reason"] == "length"
    assert said.body["usage"]["completion_tokens"] == 3


@pytest.mark.parametrize(
    "body",
    [
        {"messages": []},
        {"messages": [{"role": "user"}]},
        {"messages": [{"role": "poet", "content": "x"}]},
        {"messages": [{"role": "assistant", "content": "x"}]},
        {"messages": HELLO, "max_tokens": 0},
        {"messages": HELLO, "temperature": 3},
        {"messages": [{"role": "user", "content": "x" * 40_000}]},
    ],
)
async def test_bad_input_is_refused(caller: Caller, body: dict[str, Any]) -> None:
    """Each message has a role and words, the options are in their range, and all of it fits the model."""
    assert (await caller.call("POST", PATH, body)).status == 400


async def test_there_is_one_endpoint(caller: Caller) -> None:
    """Any other name is not found, and without a sign-in there is nothing."""
    assert (await caller.call("POST", PATH.replace("summary", "other"), {"messages": HELLO})).status == 404
    caller.token = ""
    assert (await caller.call("POST", PATH, {"messages": HELLO})).status == 401


async def test_the_scope_of_genie_is_not_enough(caller: Caller) -> None:
    """A token for Genie alone may not use models."""
    caller.token = (await caller.sign_in("genie")).body["access_token"]
    assert (await caller.call("POST", PATH, {"messages": HELLO})).status == 403


async def test_tokens_of_a_minute_are_limited(databricks: Databricks, caller: Caller) -> None:
    """Beyond the limit it is 429 with the seconds to wait, and nothing is written."""
    databricks.serving.tokens_per_minute = 5
    answers = [await caller.call("POST", PATH, {"messages": HELLO}) for _ in range(2)]
    assert [said.status for said in answers] == [200, 429]
    assert 0 < int(answers[1].headers["Retry-After"]) <= 60
    assert len(databricks.serving.received) == 1
