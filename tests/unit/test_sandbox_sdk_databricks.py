"""The unmodified databricks-sdk drives the local Databricks, with a token and as a service principal."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import InvalidParameterValue, ResourceDoesNotExist, Unauthenticated
from databricks.sdk.errors.sdk import OperationFailed
from databricks.sdk.service.dashboards import GenieFeedbackRating, MessageStatus
from databricks.sdk.service.serving import ChatMessage, ChatMessageRole

from sandbox.databricks import Databricks, Pace, Turn

TODAY = date(2026, 11, 22)


@pytest.fixture
async def databricks() -> AsyncIterator[Databricks]:
    async with Databricks(pace=Pace.instant(), today=TODAY, chunk_rows=100) as databricks:
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


async def test_everything_else_that_the_bot_may_call(databricks: Databricks) -> None:
    """Spaces, lists, feedback, rerun, deletion and serving have the shapes that the SDK reads."""
    client = await workspace(databricks)

    def call() -> None:
        genie, space = client.genie, databricks.space_id
        assert [each.space_id for each in genie.list_spaces().spaces] == [space]
        assert genie.get_space(space).title == "Sales (sandbox)"
        message = genie.start_conversation_and_wait(space, "total revenue by region")
        ids = (space, message.conversation_id, message.message_id)
        genie.send_message_feedback(*ids, GenieFeedbackRating.POSITIVE, comment="Good")
        assert genie.get_message(*ids).feedback.rating == GenieFeedbackRating.POSITIVE
        rerun = genie.execute_message_attachment_query(*ids, message.attachments[0].attachment_id)
        assert rerun.statement_response.status.state.value == "PENDING"
        assert len(genie.list_conversations(space).conversations) == 1
        assert len(genie.list_conversation_messages(space, message.conversation_id).messages) == 1
        asked = [ChatMessage(role=ChatMessageRole.USER, content="hi")]
        answer = client.serving_endpoints.query(databricks.serving_endpoint, messages=asked)
        assert "not from a model" in answer.choices[0].message.content
        genie.delete_conversation_message(*ids)
        genie.delete_conversation(space, message.conversation_id)
        with pytest.raises(ResourceDoesNotExist):
            genie.get_message(*ids)

    await asyncio.to_thread(call)


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
