"""The unmodified databricks-sdk drives the local Databricks, with a token and as a service principal."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import InvalidParameterValue, ResourceDoesNotExist, Unauthenticated
from databricks.sdk.errors.sdk import OperationFailed
from databricks.sdk.service.dashboards import GenieFeedbackRating, MessageStatus
from databricks.sdk.service.serving import ChatMessage, ChatMessageRole
from databricks.sdk.service.sql import StatementState

from sandbox.databricks import AgentTurn, Databricks, Timing, Turn
from sandbox.databricks.api.storage import DEMANDED

TODAY = date(2026, 11, 22)


@pytest.fixture
async def databricks() -> AsyncIterator[Databricks]:
    async with Databricks(timing=Timing.instant(), today=TODAY, chunk_rows=100) as databricks:
        yield databricks


async def workspace(databricks: Databricks, *, principal: bool = False) -> Any:
    """Make the SDK's client, whose constructor already calls the server."""
    identity = {"client_id": databricks.client_id, "client_secret": databricks.client_secret}
    identity = identity if principal else {"token": databricks.token}
    return await asyncio.to_thread(WorkspaceClient, host=databricks.url, **identity)


@pytest.mark.parametrize("principal", [False, True], ids=["token", "service principal"])
async def test_conversation_with_the_blocking_waiter(
    databricks: Databricks,
    principal: bool,  # noqa: FBT001 - a parameter of a table
) -> None:
    """Start, wait, read rows and go on, as the SDK does it, under both kinds of identity."""
    client = await workspace(databricks, principal=principal)

    def talk() -> None:
        genie, space = client.genie, databricks.space_id
        first = genie.start_conversation_and_wait(space, "revenue by customer", timeout=timedelta(seconds=20))
        assert first.status == MessageStatus.COMPLETED
        query = first.attachments[0]
        assert query.query.query_result_metadata.row_count == 200
        ids = (space, first.conversation_id, first.message_id)
        response = genie.get_message_attachment_query_result(*ids, query.attachment_id).statement_response
        assert len(response.result.data_array) == 100
        chunk = client.statement_execution.get_statement_result_chunk_n(response.statement_id, 1)
        assert len(chunk.data_array) == 100
        second = genie.create_message_and_wait(space, first.conversation_id, "only the top 5")
        assert second.attachments[0].query.title == "Top 5: revenue by customer"

    await asyncio.to_thread(talk)
    assert {record.identity for record in databricks.questions()} == {
        databricks.client_id if principal else "user@sandbox.example"
    }
    called = {record.path for record in databricks.request_log if record.kind in {"discovery", "token"}}
    sign_in = {"/oidc/.well-known/oauth-authorization-server", "/oidc/v1/token"}
    assert called == {"/.well-known/databricks-config"} | (sign_in if principal else set())


async def test_lists_deletion_and_serving(databricks: Databricks) -> None:
    """Spaces, lists, deletion and serving have the shapes that the SDK reads."""
    client = await workspace(databricks)

    def call() -> None:
        genie, space = client.genie, databricks.space_id
        assert [each.space_id for each in genie.list_spaces(page_size=1).spaces] == [space]
        assert genie.get_space(space).title == "Sales (sandbox)"
        message = genie.start_conversation_and_wait(space, "total revenue by region")
        ids = (space, message.conversation_id, message.message_id)
        (listed,) = genie.list_conversations(space, page_size=1).conversations
        assert (listed.conversation_id, listed.agent_type.value) == (ids[1], "GENIE_CONVERSATION_TYPE_CHAT")
        assert len(genie.list_conversation_messages(*ids[:2], page_size=100).messages) == 1
        asked = [ChatMessage(role=ChatMessageRole.USER, content="hi")]
        answer = client.serving_endpoints.query(databricks.serving_endpoint, messages=asked)
        assert "not from a model" in answer.choices[0].message.content
        genie.delete_conversation_message(*ids)
        genie.delete_conversation(*ids[:2])
        with pytest.raises(ResourceDoesNotExist):
            genie.get_message(*ids)

    await asyncio.to_thread(call)


async def test_feedback_and_comments(databricks: Databricks) -> None:
    """Ratings and comments come back as the SDK's own."""
    client = await workspace(databricks)

    def call() -> None:
        genie, space = client.genie, databricks.space_id
        message = genie.start_conversation_and_wait(space, "total revenue by region")
        ids = (space, message.conversation_id, message.message_id)
        genie.send_message_feedback(*ids, GenieFeedbackRating.POSITIVE, comment="Good")
        assert genie.get_message(*ids).feedback.rating == GenieFeedbackRating.POSITIVE
        assert genie.create_message_comment(*ids, "Quite").message_id == message.message_id
        assert [each.content for each in genie.list_message_comments(*ids).comments] == ["Good", "Quite"]
        (first,) = genie.list_conversation_comments(*ids[:2], page_size=1).comments
        assert (first.content, first.message_id) == ("Good", message.message_id)

    await asyncio.to_thread(call)


async def test_results_by_every_path(databricks: Databricks) -> None:
    """Rows and reruns are the same by today's paths and by the deprecated ones; parameters are read."""
    client = await workspace(databricks)

    def call() -> None:
        genie, space = client.genie, databricks.space_id
        message = genie.start_conversation_and_wait(space, "official revenue for Q3 2026")
        ids = (space, message.conversation_id, message.message_id)
        attachment = message.attachments[0]
        assert [each.keyword for each in attachment.query.parameters] == ["first_day", "day_after"]
        assert attachment.query.thoughts[0].thought_type.value == "THOUGHT_TYPE_UNDERSTANDING"
        asked = (*ids, attachment.attachment_id)
        responses = [
            genie.get_message_attachment_query_result(*asked),
            genie.get_message_query_result(*ids),
            genie.get_message_query_result_by_attachment(*asked),
        ]
        assert [len(each.statement_response.result.data_array) for each in responses] == [4, 4, 4]
        for rerun in (
            genie.execute_message_attachment_query(*asked),
            genie.execute_message_query(*ids),
        ):
            assert rerun.statement_response.status.state == StatementState.PENDING

    await asyncio.to_thread(call)


async def test_export_and_picture(databricks: Databricks) -> None:
    """The SDK starts an export, follows it to its links, and reads a chart as bytes."""
    client = await workspace(databricks)

    def call() -> str:
        genie, space = client.genie, databricks.space_id
        started = genie.start_conversation(space, "revenue by customer", enable_visualization=True)
        ids = (space, started.response.conversation_id, started.response.message_id)
        query, chart = started.result().attachments[:2]
        assert chart.viz.query_attachment_id == query.attachment_id
        name = "spaces/{}/conversations/{}/messages/{}/attachments/{}".format(*ids, chart.attachment_id)
        picture = genie.download_message_attachment_visualization(name).contents.read()
        assert picture.startswith(b"\x89PNG")
        asked = (*ids, query.attachment_id)
        begun = genie.generate_download_full_query_result(*asked)
        look = (*asked, begun.download_id, begun.download_id_signature)
        response = genie.get_download_full_query_result(*look).statement_response
        while response.status.state in {StatementState.PENDING, StatementState.RUNNING}:
            response = genie.get_download_full_query_result(*look).statement_response
        assert (response.manifest.format.value, response.manifest.total_row_count) == ("CSV", 200)
        (link,) = response.result.external_links
        assert list(link.http_headers) == [DEMANDED]
        return str(link.external_link)

    link = await asyncio.to_thread(call)
    assert link.startswith("http://127.0.0.1:")


async def test_cancel_of_a_run(databricks: Databricks) -> None:
    """The SDK reads the answer to a cancel of agent mode as a message; it has no call for the rest of it."""
    databricks.turns.add(Turn(agent=AgentTurn(hold=1)))
    client = await workspace(databricks)
    question = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "revenue"}]}
    url = f"{databricks.url}/api/2.0/genie/agents/{databricks.space_id}/responses"
    headers = {"Authorization": f"Bearer {databricks.token}"}
    async with ClientSession() as http, http.post(url, json={"input": [question]}, headers=headers):
        (run,) = databricks.runs
        ids = (databricks.space_id, run.message.conversation_id, run.response_id)
        message = await asyncio.to_thread(client.genie.genie_cancel_response, *ids)
    assert (message.message_id, message.content, run.cancels) == (run.message.message_id, "revenue", 1)


async def test_errors_are_the_sdks_own(databricks: Databricks) -> None:
    """What the server refuses, the SDK raises as the error of that name."""
    databricks.turns.add(Turn(match="payroll", end="FAILED"))
    client = await workspace(databricks)

    def call() -> None:
        genie, space = client.genie, databricks.space_id
        with pytest.raises(InvalidParameterValue):
            genie.start_conversation(space, "")
        with pytest.raises(OperationFailed):
            genie.start_conversation_and_wait(space, "payroll by person")
        stranger = WorkspaceClient(host=databricks.url, token="dapi0")
        with pytest.raises(Unauthenticated):
            stranger.genie.get_space(space)

    await asyncio.to_thread(call)
