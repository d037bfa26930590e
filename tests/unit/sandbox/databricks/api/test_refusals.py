"""What the local Databricks refuses, as the platform does: tokens, ids, bodies, and too many questions."""

import time
from collections.abc import AsyncIterator
from datetime import date
from types import SimpleNamespace

import pytest

from sandbox.databricks import Databricks, Timing
from sandbox.databricks.api import request_log
from sandbox.databricks.api.messages import Visualization
from tests.unit.genie.databricks_caller import Caller, calling, path_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY, question_limit=3, window=60.0, token_lifetime=60)


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


@pytest.mark.parametrize("token", ["", "dapi0000"])
async def test_bad_token_is_401(caller: Caller, token: str) -> None:
    """Without a good token nothing is told."""
    caller.token = token
    said = await caller.call("GET", caller.space)
    assert (said.status, said.body["error_code"]) == (401, "UNAUTHENTICATED")


async def test_service_principal_signs_in(caller: Caller) -> None:
    """Client credentials give a bearer token with its lifetime in seconds."""
    said = await caller.sign_in("all-apis")
    assert (said.body["token_type"], said.body["expires_in"]) == ("Bearer", 60)
    caller.token = said.body["access_token"]
    assert (await caller.call("GET", caller.space)).status == 200


@pytest.mark.parametrize(
    ("scope", "secret", "grant", "status", "error"),
    [
        ("all-apis", "wrong", "client_credentials", 401, "invalid_client"),
        ("", "", "client_credentials", 400, "invalid_scope"),
        ("everything", "", "client_credentials", 400, "invalid_scope"),
        ("all-apis", "", "password", 400, "unsupported_grant_type"),
    ],
)
async def test_wrong_sign_in_is_refused(
    caller: Caller, scope: str, secret: str, grant: str, status: int, error: str
) -> None:
    """A wrong secret, scope or grant gets OAuth's error."""
    said = await caller.sign_in(scope, secret, grant)
    assert (said.status, said.body["error"]) == (status, error)


async def test_expired_token_is_401(databricks: Databricks, caller: Caller) -> None:
    """A service principal's token stops to work when it has expired; a personal one does not."""
    personal, caller.token = caller.token, (await caller.sign_in("all-apis")).body["access_token"]
    databricks.expire_tokens()
    assert (await caller.call("GET", caller.space)).status == 401
    caller.token = personal
    assert (await caller.call("GET", caller.space)).status == 200


async def test_scope_opens_only_its_own_paths(caller: Caller) -> None:
    """A token with scope `genie` may ask, but not read chunks, which need `sql`: 403, as a number."""
    caller.token = (await caller.sign_in("genie")).body["access_token"]
    assert (await caller.call("GET", caller.space)).status == 200
    said = await caller.call("GET", "/api/2.0/sql/statements/any/result/chunks/0")
    assert (said.status, said.body["error_code"]) == (403, 403)
    assert said.body["message"].endswith("required scopes: sql")


async def test_conversation_belongs_to_who_opened_it(caller: Caller) -> None:
    """Another identity may neither read nor continue a conversation, nor see it in its list."""
    message = await caller.answer("total revenue")
    caller.token = (await caller.sign_in("all-apis")).body["access_token"]
    assert (await caller.call("GET", path_of(message))).status == 403
    assert (await caller.call("GET", "conversations")).body["conversations"] == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "INVALID_PARAMETER_VALUE"),
        ({"content": "  "}, "INVALID_PARAMETER_VALUE"),
        ({"content": 5}, "INVALID_PARAMETER_VALUE"),
        ({"content": "x" * 10_001}, "INVALID_PARAMETER_VALUE"),
        ({"content": "total revenue", "enable_visualization": "yes"}, "INVALID_PARAMETER_VALUE"),
        ([], "MALFORMED_REQUEST"),
        (None, "MALFORMED_REQUEST"),
    ],
)
async def test_bad_question_is_400(caller: Caller, body: object, code: str) -> None:
    """A question without content, with too much of it or no JSON object at all is refused."""
    said = await caller.call("POST", "start-conversation", body)
    assert (said.status, said.body["error_code"]) == (400, code)


async def test_visualization_is_taken_or_refused() -> None:
    """A workspace takes the wish for a chart, refuses it, or takes no notice."""
    body = {"content": "total revenue", "enable_visualization": True}
    answers: dict[Visualization, int] = {"offered": 200, "rejected": 400, "ignored": 200}
    for visualization, status in answers.items():
        databricks = Databricks(timing=Timing.instant(), today=TODAY, visualization=visualization)
        async with calling(databricks) as caller:
            assert (await caller.call("POST", "start-conversation", body)).status == status


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/api/2.0/genie/spaces/nowhere", "RESOURCE_DOES_NOT_EXIST"),
        ("GET", "conversations/c/messages/m", "RESOURCE_DOES_NOT_EXIST"),
        ("POST", "conversations/c/messages", "RESOURCE_DOES_NOT_EXIST"),
        ("GET", "conversations/c", "ENDPOINT_NOT_FOUND"),
        ("GET", "start-conversation", "ENDPOINT_NOT_FOUND"),
        ("GET", "/api/2.0/genie/nothing", "ENDPOINT_NOT_FOUND"),
    ],
)
async def test_unknown_things_are_404(caller: Caller, method: str, path: str, code: str) -> None:
    """What does not exist, be it an object or an endpoint, is not found."""
    said = await caller.call(method, path, {"content": "total revenue"} if method == "POST" else None)
    assert (said.status, said.body["error_code"]) == (404, code)


@pytest.mark.parametrize("query", ["page_size=101", "page_size=0", "page_size=x", "page_token=%21"])
async def test_bad_page_is_400(caller: Caller, query: str) -> None:
    """A page has 1 to 100 entries and a token that the server made."""
    assert (await caller.call("GET", f"conversations?{query}")).status == 400


@pytest.mark.parametrize("path", ["?include_serialized_space=true", "/conversations?include_all=true"])
async def test_rights_of_editors_are_not_given(caller: Caller, path: str) -> None:
    """Nobody here may edit or manage the space."""
    assert (await caller.call("GET", f"{caller.space}{path}")).status == 403


@pytest.mark.parametrize("body", [{"rating": "GOOD"}, {"rating": "POSITIVE", "comment": "x" * 5001}, {}])
async def test_bad_feedback_is_400(caller: Caller, body: object) -> None:
    """Feedback has one of three ratings and at most 5,000 characters."""
    path = path_of(await caller.answer("total revenue"))
    assert (await caller.call("POST", f"{path}/feedback", body)).status == 400


async def test_question_above_the_limit_is_429(databricks: Databricks, caller: Caller) -> None:
    """Above the limit a question is refused with Retry-After, and becomes no message."""
    for _ in range(3):
        await caller.ask("total revenue")
    said = await caller.call("POST", "start-conversation", {"content": "total revenue"})
    assert (said.status, said.body["error_code"]) == (429, "RESOURCE_EXHAUSTED")
    assert said.headers["Retry-After"] == "60"
    assert said.body["details"][0]["retry_delay"] == {"seconds": 60}
    assert [record.status for record in databricks.questions()] == [200, 200, 200, 429]
    assert databricks.questions()[-1].message_id == ""


async def test_limit_counts_arrivals_of_the_whole_workspace_in_a_moving_window(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Start and follow-up, good and bad, count together; polls do not; the window moves on."""
    now = [0.0]
    monkeypatch.setattr(request_log, "time", SimpleNamespace(monotonic=lambda: now[0], time=time.time))
    message = await caller.answer("total revenue")
    await caller.call("POST", "start-conversation", {})
    await caller.answer("and by month?", message["conversation_id"])
    assert (await caller.call("POST", "start-conversation", {"content": "units"})).status == 429
    now[0] += 60.0
    assert (await caller.call("POST", "start-conversation", {"content": "units"})).status == 200


def test_limit_holds_in_every_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question is admitted when fewer than the limit arrived in the window before it, and is told when."""
    now = [100.0]
    monkeypatch.setattr(request_log, "time", SimpleNamespace(monotonic=lambda: now[0]))
    limit = request_log.QuestionLimit(2, 60.0)
    waits = []
    for now[0] in (100.0, 130.0, 159.0, 160.0, 160.0, 190.0):
        waits.append(limit.admit())
    assert waits == [None, None, 1.0, None, 30.0, None]


async def test_chunks_belong_to_who_ran_the_statement(caller: Caller) -> None:
    """Another identity cannot read the rows of a statement."""
    message = await caller.answer("total revenue by region")
    statement = message["attachments"][0]["query"]["statement_id"]
    path = f"/api/2.0/sql/statements/{statement}/result/chunks/0"
    assert (await caller.call("GET", path)).status == 200
    caller.token = (await caller.sign_in("all-apis")).body["access_token"]
    assert (await caller.call("GET", path)).status == 404
