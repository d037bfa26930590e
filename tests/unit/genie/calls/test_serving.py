"""A model behind a serving endpoint: called once, read leniently, never logged."""

import logging
from dataclasses import replace
from typing import Any

import pytest

from genie import errors
from genie.calls import model_serving
from genie.client import Genie
from genie.protocol.completions import ChatMessage, Completion, complete, completion
from tests.unit.genie.genie_server import DROP, HANG, QUICK, GenieServer, Say

CALL = "POST /serving-endpoints/model-1/invocations"
MESSAGES = (ChatMessage("system", "Be brief."), ChatMessage("user", "EMEA 12"))
REPLY = {
    "model": "base",
    "choices": [{"message": {"role": "assistant", "content": "EMEA has 12."}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 9, "completion_tokens": "4"},
}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genie.client.TIMEOUTS", replace(QUICK, read=1.5))


async def ask(genie: Genie) -> Completion:
    """Let the model write."""
    return await genie.serving("model-1").complete(MESSAGES, max_tokens=50, temperature=0.5)


async def test_a_model_is_told_and_writes(server: GenieServer, genie: Genie) -> None:
    """The messages go out signed with their budget; words, model and tokens come back."""
    server.on(CALL, Say(REPLY, headers={"served-model-name": "model-1-v2"}))
    assert await ask(genie) == Completion("EMEA has 12.", "model-1-v2", prompt_tokens=9, completion_tokens=4)
    [seen] = server.seen
    assert seen.headers["Authorization"] == "Bearer token-1"
    assert seen.json == {
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "EMEA 12"}],
        "max_tokens": 50,
        "temperature": 0.5,
    }


@pytest.mark.parametrize(
    ("first", "error", "calls"),
    [
        (Say({}, 429, {"Retry-After": "0"}), None, 2),
        (Say({"error_code": "TEMPORARILY_UNAVAILABLE"}, 503), None, 2),
        (Say({}, 429, {"Retry-After": "99"}), errors.RateLimited, 1),
        (Say({}, 500), errors.Ambiguous, 1),
        (Say(body=b"<html>", headers={"Content-Type": "application/json"}), errors.SignInFailed, 3),
        (Say(body=b"garbage"), errors.Ambiguous, 1),
        (DROP, errors.Ambiguous, 1),
        (HANG, errors.Ambiguous, 1),
        (Say({}, 403), errors.Forbidden, 1),
        (Say({}, 404), errors.NotFound, 1),
        (Say({}, 400), errors.BadRequest, 2),
        (Say({}, 307, {"Location": "http://127.0.0.1:9/"}), errors.SignInFailed, 3),
        (Say({"choices": []}), errors.Malformed, 1),
        (Say(body=b'"' + b"x" * (1 << 20) + b'"'), errors.Ambiguous, 1),
    ],
)
async def test_it_is_sent_again_only_after_a_refusal(
    server: GenieServer, genie: Genie, first: Say, error: type[errors.GenieError] | None, calls: int
) -> None:
    """What may have been written, and paid, is not asked for twice; each trouble is one of our errors."""
    server.on(CALL, first, *([] if error else [Say(REPLY)]))
    if error:
        with pytest.raises(error):
            await ask(genie)
    else:
        assert (await ask(genie)).text == "EMEA has 12."
    assert server.count(CALL) == calls


async def test_a_model_that_takes_no_temperature_writes_without(server: GenieServer, genie: Genie) -> None:
    """Models that reason refuse any but their own, which nothing tells beforehand."""
    server.on(CALL, Say({"error_code": "BAD_REQUEST"}, 400), Say(REPLY))
    assert (await ask(genie)).text == "EMEA has 12."
    assert ["temperature" in seen.json for seen in server.seen] == [True, False]
    assert server.seen[1].json["max_tokens"] == 50


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, Completion("", "e")),
        (None, Completion("", "e")),
        ({"choices": "no", "usage": []}, Completion("", "e")),
        ({"choices": [{"message": {"content": None}}], "model": "m"}, Completion("", "m")),
        (
            {"choices": [{"message": {"content": "a"}, "finish_reason": "length"}]},
            Completion("a", "e", cut=True),
        ),
        (
            {
                "choices": [
                    {
                        "message": {
                            "content": [
                                {"type": "reasoning", "summary": [], "text": "hm"},
                                {"type": "text", "text": "a"},
                                {"type": "text", "text": "b"},
                                7,
                            ]
                        }
                    }
                ]
            },
            Completion("a\n\nb", "e"),
        ),
        ({"choices": [{"message": {"content": "<think>hm, 12</think>\n\nEMEA"}}]}, Completion("EMEA", "e")),
        ({"choices": [{"message": {"content": "<think>hm, 12"}}]}, Completion("", "e")),
        ({"model": "<!channel>", "usage": {"prompt_tokens": -1}}, Completion("", "e")),
    ],
)
def test_a_completion_of_any_shape_is_read(body: Any, expected: Completion) -> None:
    """Missing parts are empty, thoughts are left out, and a name that is none is not taken."""
    assert completion(body, {}, "e") == expected


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_an_endpoint_that_cannot_be_one_is_refused(name: str) -> None:
    """A name never becomes another path."""
    with pytest.raises(errors.BadRequest):
        complete(name, MESSAGES, max_tokens=1, temperature=0)
    assert (
        complete("a/b", MESSAGES, max_tokens=1, temperature=0).path == "/serving-endpoints/a%2Fb/invocations"
    )


async def test_nothing_of_it_is_logged(
    server: GenieServer, genie: Genie, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither what a model is told nor what it writes is in a log or a repr."""
    caplog.set_level(logging.DEBUG)
    server.on(CALL, Say({}, 429, {"Retry-After": "0"}), Say(REPLY))
    written = await ask(genie)
    assert "EMEA" not in caplog.text + repr(written) + repr(MESSAGES)


def test_a_model_gets_time() -> None:
    """The patience for a model is longer than that for a look at a question."""
    assert model_serving.TIMEOUTS.attempt > QUICK.attempt
