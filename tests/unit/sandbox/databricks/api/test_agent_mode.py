"""Agent mode's endpoints: the shape of a question, what is refused, the items, and chat mode's view."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from sandbox.databricks import PEOPLE, AgentMode, AgentTurn, Databricks, Timing, Turn
from sandbox.faults import Fault
from tests.unit.genie.databricks_caller import Caller, Said, calling, path_of, query_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY)


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


def body(text: object = "revenue by region", **more: object) -> dict[str, object]:
    content = [{"type": "input_text", "text": text}]
    return {"input": [{"type": "message", "role": "user", "content": content}], **more}


def agents(caller: Caller, path: str) -> str:
    return f"{caller.space.replace('/spaces/', '/agents/')}/{path}"


async def research(databricks: Databricks, caller: Caller, text: str = "revenue by region") -> Any:
    """Run a question to its end, as chat mode sees it."""
    await caller.stream(agents(caller, "responses"), body(text))
    return await caller.until(path_of(view_of(databricks)))


def view_of(databricks: Databricks) -> dict[str, str]:
    message = databricks.runs[-1].message
    return {"conversation_id": message.conversation_id, "message_id": message.message_id}


def cancel_path(databricks: Databricks, response: str = "") -> str:
    run = databricks.runs[-1]
    return f"conversations/{run.message.conversation_id}/responses/{response or run.response_id}/cancel"


async def post(caller: Caller, given: object, path: str = "responses") -> Said:
    return await caller.call("POST", agents(caller, path), given)


REFUSED: list[tuple[object, int, str]] = [
    ({}, 500, "INTERNAL_ERROR"),
    ({"input": "revenue"}, 500, "INTERNAL_ERROR"),
    ({"input": []}, 500, "INTERNAL_ERROR"),
    ({"input": [*body()["input"], *body()["input"]]}, 500, "INTERNAL_ERROR"),  # type: ignore[misc]
    ({"input": [{"type": "message", "role": "system", "content": []}]}, 500, "INTERNAL_ERROR"),
    ({"input": [{"type": "message", "role": "user", "content": "revenue"}]}, 500, "INTERNAL_ERROR"),
    (body(5), 500, "INTERNAL_ERROR"),
    (body("  "), 400, "INVALID_PARAMETER_VALUE"),
    (body("x" * 10_001), 400, "INVALID_PARAMETER_VALUE"),
    (body("問" * 9_000), 400, "INVALID_PARAMETER_VALUE"),
    (body(conversationId="c"), 400, "INVALID_PARAMETER_VALUE"),
    (body(conversation_id=""), 400, "INVALID_PARAMETER_VALUE"),
    (body(conversation_id="c"), 404, "RESOURCE_DOES_NOT_EXIST"),
    (body(enable_viz="yes"), 400, "INVALID_PARAMETER_VALUE"),
    ([], 400, "MALFORMED_REQUEST"),
]


async def test_bad_questions_are_refused() -> None:
    """One message of a user with some text: another shape gets 500 with an empty message, or 400."""
    databricks = Databricks(timing=Timing.instant(), agent_mode=AgentMode(limit=100))
    async with calling(databricks) as caller:
        for given, status, code in REFUSED:
            said = await post(caller, given)
            assert (said.status, said.body["error_code"]) == (status, code), given
            assert (said.body["message"] == "") is (status == 500)
        databricks.agent_mode.bad_body = 400
        assert (await post(caller, {})).status == 400
    assert databricks.runs == []


async def test_a_question_with_what_it_is_about(databricks: Databricks, caller: Caller) -> None:
    """The first line that asks for figures counts; what stands around it takes nothing away."""
    said = "Explain what is behind the figures."
    for lines, title in (
        (f"Dig deeper: units by region last year\n{said}", "Units by region, 2025"),
        (
            f"Dig deeper: and by month?\nCalculates units (pieces sold) for each month, in 2025.\n{said}",
            "Units by month, 2025",
        ),
    ):
        message = await research(databricks, caller, lines)
        assert message["attachments"][0]["query"]["title"] == title


async def test_the_limit_is_of_its_own(databricks: Databricks, caller: Caller) -> None:
    """Runs do not count as questions of chat mode; above the limit the time to come back may be missing."""
    for _ in range(5):
        await post(caller, {})
    said = await post(caller, body())
    assert (said.status, said.headers["Retry-After"]) == (429, "60")
    databricks.agent_mode.retry_after = False
    assert "Retry-After" not in (await post(caller, body())).headers
    await caller.answer("revenue by region")
    assert (len(databricks.runs), len(databricks.questions())) == (0, 1)


async def test_switched_off_everything_is_404(databricks: Databricks, caller: Caller) -> None:
    """Each endpoint then says so, and a workspace may lack the items alone."""
    await research(databricks, caller)
    items = agents(caller, f"conversations/{view_of(databricks)['conversation_id']}/items")
    databricks.agent_mode.items = False
    assert (await caller.call("GET", items)).body["error_code"] == "ENDPOINT_NOT_FOUND"
    databricks.agent_mode.enabled = False
    for method, path in (("POST", "responses"), ("GET", items), ("POST", cancel_path(databricks))):
        said = await caller.call(method, path if path == items else agents(caller, path), body())
        assert (said.status, said.body["error_code"]) == (404, "FEATURE_DISABLED")


async def test_modes_do_not_mix(databricks: Databricks, caller: Caller) -> None:
    """A conversation goes on in its own mode alone; the other one is refused, or its answer fails."""
    chat = await caller.answer("revenue by region")
    agent = await research(databricks, caller)
    into_chat = body(conversation_id=chat["conversation_id"])
    follow_up = f"conversations/{agent['conversation_id']}/messages"
    items = agents(caller, f"conversations/{chat['conversation_id']}/items")
    for said in (
        await post(caller, into_chat),
        await caller.call("POST", follow_up, {"content": "and by month?"}),
        await caller.call("GET", items),
    ):
        assert said.status == 400
        assert "UNSUPPORTED_CONVERSATION_TYPE_EXCEPTION" in said.body["message"]
    databricks.agent_mode.wrong_mode = "failed"
    failed = await caller.answer("and by month?", agent["conversation_id"])
    assert failed["error"]["type"] == "UNSUPPORTED_CONVERSATION_TYPE_EXCEPTION"
    assert "UNSUPPORTED_CONVERSATION_TYPE" in (await caller.stream(agents(caller, "responses"), into_chat))
    listed = (await caller.call("GET", "conversations")).body["conversations"]
    assert [each["agent_type"] for each in listed] == [
        "GENIE_CONVERSATION_TYPE_AGENT",
        "GENIE_CONVERSATION_TYPE_CHAT",
    ]


async def test_items_in_pages(databricks: Databricks, caller: Caller) -> None:
    """The question first, whose id ends in `_input`; newest first unless asked; pages end with `has_more`."""
    message = await research(databricks, caller)
    items = agents(caller, f"conversations/{message['conversation_id']}/items")
    whole = (await caller.call("GET", f"{items}?order=asc&limit=100")).body
    first = (await caller.call("GET", f"{items}?order=asc&limit=4")).body
    second = (await caller.call("GET", f"{items}?order=asc&limit=100&after={first['last_id']}")).body
    newest = (await caller.call("GET", items)).body
    assert (whole["status"], whole["has_more"], first["has_more"]) == ("completed", False, True)
    assert whole["data"][0]["id"].endswith("_input")
    assert first["data"] + second["data"] == whole["data"] == newest["data"][::-1]
    assert whole["data"][1:] == databricks.runs[0].items
    for wrong in ("limit=0", "limit=101", "limit=x", "order=up", "after=nothing"):
        assert (await caller.call("GET", f"{items}?{wrong}")).status == 400


async def test_items_of_a_running_and_of_a_failed_run(databricks: Databricks, caller: Caller) -> None:
    """While it runs a call is there without its arguments; a failure is a message of the system."""
    databricks.turns.add(Turn(agent=AgentTurn(hold=4, end="failed", error="No warehouse.")))
    databricks.faults.add(Fault(path="*/responses", cut=4))
    with pytest.raises(Exception, match="payload"):
        await caller.stream(agents(caller, "responses"), body())
    items = agents(caller, f"conversations/{view_of(databricks)['conversation_id']}/items?order=asc")
    running = (await caller.call("GET", items)).body
    assert running["status"] == "in_progress"
    assert running["data"][-1]["arguments"] == ""
    databricks.release()
    await caller.until(path_of(view_of(databricks)))
    failed = (await caller.call("GET", items)).body
    assert (failed["status"], failed["data"][-1]["role"]) == ("failed", "system")
    assert failed["data"][-1]["content"][0]["text"] == "No warehouse."


async def test_the_view_of_chat_mode_lags_and_has_rows(databricks: Databricks, caller: Caller) -> None:
    """Once it is COMPLETED the rows, reruns, exports, feedback and deletion work as in chat mode."""
    message = await research(databricks, caller)
    query = query_of(message)
    assert (await caller.call("GET", f"{query}/query-result")).body["statement_response"]["result"][
        "row_count"
    ]
    assert (await caller.call("POST", f"{query}/execute-query", {})).status == 200
    assert (await caller.call("POST", f"{query}/downloads", {})).status == 200
    assert (await caller.call("POST", f"{path_of(message)}/feedback", {"rating": "POSITIVE"})).status == 200
    assert databricks.feedback_on(message["conversation_id"], message["message_id"])[0] == "POSITIVE"
    assert (await caller.call("DELETE", f"conversations/{message['conversation_id']}")).status == 200


async def test_the_view_comes_some_time_after_the_end() -> None:
    """The stream has ended while the message is still at work, and has no attachments."""
    databricks = Databricks(
        timing=Timing({"VIEW_LAG": 60.0, "REASONING": 0.0, "REPORTING": 0.0}), today=TODAY
    )
    databricks.turns.add(Turn(agent=AgentTurn(queries=0)))
    async with calling(databricks) as caller:
        text = await caller.stream(agents(caller, "responses"), body("hello"))
        said = await caller.call("GET", path_of(view_of(databricks)))
    assert "response.completed" in text
    assert (said.body["status"], said.body["attachments"]) == ("SUBMITTED", None)


async def test_a_cancel_of_what_has_ended_or_never_was(databricks: Databricks, caller: Caller) -> None:
    """What has ended is refused, or answered as it is; another response does not exist."""
    message = await research(databricks, caller)
    assert (await post(caller, {}, cancel_path(databricks))).status == 400
    databricks.agent_mode.late_cancel = 200
    said = await post(caller, {}, cancel_path(databricks))
    assert (said.status, said.body["message_id"]) == (200, message["message_id"])
    assert (await post(caller, {}, cancel_path(databricks, "other"))).status == 404
    assert databricks.runs[0].cancels == 0


async def test_a_cancel_may_wait_for_the_end(databricks: Databricks, caller: Caller) -> None:
    """In that reading its answer is the message at its end."""
    databricks.agent_mode.cancel_waits = True
    databricks.turns.add(Turn(agent=AgentTurn(hold=4)))
    databricks.faults.add(Fault(path="*/responses", cut=4))
    with pytest.raises(Exception, match="payload"):
        await caller.stream(agents(caller, "responses"), body())
    assert (await post(caller, {}, cancel_path(databricks))).body["status"] == "CANCELLED"


async def test_silence_is_filled_with_comments(databricks: Databricks, caller: Caller) -> None:
    """A run that has nothing to tell for a while sends comments, so that nobody takes it for dead."""
    databricks.agent_mode.keep_alive = 0.01
    databricks.turns.add(Turn(agent=AgentTurn(hold=2)))
    asyncio.get_running_loop().call_later(0.1, databricks.release)
    text = await caller.stream(agents(caller, "responses"), body())
    assert ": keep-alive\n\n" in text
    assert "response.completed" in text


async def test_another_identity_may_do_nothing(databricks: Databricks, caller: Caller) -> None:
    """A run belongs to whose token asked for it."""
    message = await research(databricks, caller)
    caller.token = (await caller.sign_in("genie")).body["access_token"]
    items = agents(caller, f"conversations/{message['conversation_id']}/items")
    assert (await caller.call("GET", items)).status == 403
    assert (await post(caller, {}, cancel_path(databricks))).status == 403
    assert (await post(caller, body(conversation_id=message["conversation_id"]))).status == 403


async def test_who_may_not_read_the_table_gets_a_failure() -> None:
    """Each query runs with the rights of who asks; without rows the run fails with what SQL said."""
    rights = next(person.rights for person in PEOPLE if person.rights.missing_grant)
    async with calling(Databricks(timing=Timing.instant(), today=TODAY, token_rights=rights)) as caller:
        text = await caller.stream(agents(caller, "responses"), body())
    assert '"status": "failed"' in text
    assert "INSUFFICIENT_PERMISSIONS" in text


async def test_charts_are_drawn_on_demand_or_not_at_all() -> None:
    """`enable_viz` is taken, refused or ignored; without it a workspace may draw all the same."""
    drawn = {}
    for reading in ("offered", "ignored", "by default"):
        databricks = Databricks(
            timing=Timing.instant(),
            today=TODAY,
            visualization="ignored" if reading == "ignored" else "offered",
            agent_mode=AgentMode(charts_by_default=reading == "by default"),
        )
        async with calling(databricks) as caller:
            wish = {} if reading == "by default" else {"enable_viz": True}
            drawn[reading] = "generate_visualization" in await caller.stream(
                agents(caller, "responses"), body(**wish)
            )
    assert drawn == {"offered": True, "ignored": False, "by default": True}
    async with calling(Databricks(timing=Timing.instant(), visualization="rejected")) as caller:
        assert (await post(caller, body(enable_viz=True))).status == 400


async def test_the_journal_has_runs_cancels_and_ends(databricks: Databricks, caller: Caller) -> None:
    """Tests see which questions ran, and how they ended; one whose answer is lost runs as well."""
    await research(databricks, caller, "revenue by region")
    databricks.faults.add(Fault(path="*/responses", drop=True, after=True))
    with pytest.raises(Exception, match="disconnected"):
        await post(caller, body("units by month"))
    await caller.until(path_of(view_of(databricks)))
    assert [(run.content, run.status) for run in databricks.runs] == [
        ("revenue by region", "completed"),
        ("units by month", "completed"),
    ]
    asked = [record for record in databricks.request_log if record.kind == "research"]
    assert [(record.content, record.status) for record in asked] == [
        ("revenue by region", 200),
        ("units by month", 499),
    ]
    assert asked[1].message_id == databricks.runs[1].message.message_id


async def test_turns_of_agent_mode_over_http(databricks: Databricks, caller: Caller) -> None:
    """Another process can say how a run goes; a field that does not exist is refused."""
    given = {"match": "region", "agent": {"end": "failed", "error": "No warehouse.", "queries": 1}}
    assert (await caller.call("POST", "/sandbox/turns", given)).status == 201
    text = await caller.stream(agents(caller, "responses"), body())
    assert json.loads(text.split("data: ")[-1])["response"]["error"] == "No warehouse."
    with pytest.raises(Exception, match="400"):
        await caller.call("POST", "/sandbox/turns", {"agent": {"event": 1}})
