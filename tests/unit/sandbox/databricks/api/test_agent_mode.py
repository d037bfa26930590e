"""Questions for agent mode: their shape, what is refused, whose rights count, and a conversation's mode."""

import json
from collections.abc import AsyncIterator
from datetime import date

import pytest

from sandbox.databricks import PEOPLE, AgentMode, Databricks, Timing
from tests.unit.genie.databricks_caller import Caller, calling
from tests.unit.sandbox.databricks.api.agent_calls import agents, body, cancel_path, post, research, view_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY)


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


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
    refusing = Databricks(timing=Timing.instant(), visualization="rejected")
    async with calling(refusing) as caller:
        for refusing.agent_mode.bad_body in (400, 500):
            assert (await post(caller, body(enable_viz=True))).status == refusing.agent_mode.bad_body


async def test_turns_of_agent_mode_over_http(databricks: Databricks, caller: Caller) -> None:
    """Another process can say how a run goes; a field that does not exist is refused."""
    given = {"match": "region", "agent": {"end": "failed", "error": "No warehouse.", "queries": 1}}
    assert (await caller.call("POST", "/sandbox/turns", given)).status == 201
    text = await caller.stream(agents(caller, "responses"), body())
    assert json.loads(text.split("data: ")[-1])["response"]["error"] == "No warehouse."
    with pytest.raises(Exception, match="400"):
        await caller.call("POST", "/sandbox/turns", {"agent": {"event": 1}})
