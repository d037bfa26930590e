"""Our client beside the real databricks-sdk: the same requests on the wire, the same values out of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from databricks.sdk.errors import DatabricksError
from databricks.sdk.service.dashboards import GenieFeedbackRating

from genie.calls import exports
from genie.errors import GenieError
from genie.model import MessageRef, Rating, Visualization
from genie.protocol import messages, results
from sandbox.databricks import Turn
from tests.unit.genie import sdk_facts as facts
from tests.unit.genie.beside_sdk import Both, beside, ids, query_of, without
from tests.unit.genie.recording_proxy import Exchange

LONG = "x" * 10_001
"""A question that the workspace refuses."""


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    async with beside(chunk_rows=80) as both:
        yield both


@pytest.mark.parametrize("chart", [True, False])
async def test_first_question(both: Both, chart: bool) -> None:  # noqa: FBT001 - a parameter of a table
    """A conversation is started alike, with and without the wish for a chart."""
    words = "revenue by region last year"
    wish = {"enable_visualization": True} if chart else {}
    said, theirs = await both.theirs(
        lambda genie: genie.start_conversation(both.space, words, **wish).response
    )
    ref = await both.ours.ask(both.space, words, visualization=chart)
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire
    assert ids(messages.started(theirs.said, both.space))[1:] == (said.conversation_id, said.message_id)
    assert ids(messages.started(ours.said, both.space)) == ids(ref)


async def test_follow_up(both: Both) -> None:
    """A conversation goes on alike."""
    conversation = (await both.asked("revenue by region last year")).ref.conversation_id
    words = "only EMEA"
    said, theirs = await both.theirs(
        lambda genie: genie.create_message(both.space, conversation, words).response
    )
    read = messages.followed_up(theirs.said, both.space, conversation)
    assert ids(read) == (said.space_id, said.conversation_id, said.message_id)
    await both.end(read)
    await both.ours.follow_up(both.space, conversation, words)
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire


@pytest.mark.parametrize(
    "words",
    [
        "revenue by region last year",
        "official revenue for Q3 2026",
        "revenue by month this year",
        "how are we doing by region?",
        "help",
        "payroll by person",
        "units that nobody looks at",
    ],
)
async def test_message(both: Both, words: str) -> None:
    """A look gives the same: status, texts, SQL, parameters, thoughts, chart, suggestions, error, rating."""
    both.databricks.turns.add(Turn(match="payroll", end="FAILED", error_type="CONTENT_FILTER_EXCEPTION"))
    both.databricks.turns.add(Turn(match="nobody", end="CANCELLED"))
    message = await both.asked(words, chart=True)
    await both.ours.feedback(message.ref, Rating.NEGATIVE, "Wrong year")
    said, theirs = await both.theirs(lambda genie: genie.get_message(*ids(message.ref)))
    again = await both.ours.message(message.ref)
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire
    told = facts.theirs_message(said)
    assert facts.ours_message(messages.message(theirs.said, message.ref)) == told
    assert facts.ours_message(again) == told


async def test_rows(both: Both) -> None:
    """State, columns, types and every cell of every chunk; ours follows the server's link to the next one."""
    message = await both.asked("revenue by customer")
    query = query_of(message)
    said, theirs = await both.theirs(
        lambda genie: genie.get_message_attachment_query_result(*ids(message.ref), query.attachment_id)
    )
    response = said.statement_response
    assert facts.ours_statement(results.statement(theirs.said)) == facts.theirs_statement(response)
    read = both.sdk.statement_execution.get_statement_result_chunk_n
    chunks = [await asyncio.to_thread(read, response.statement_id, number) for number in (1, 2)]
    parts = both.recorder.take()
    assert [[list(row) for row in results.chunk(part.said).rows] for part in parts] == [
        each.data_array for each in chunks
    ]
    table = await both.ours.rows(message.ref, query)
    first, *more = both.recorder.take()
    assert first.wire == theirs.wire
    # Different on purpose: the link is an opaque path, so the query that the server put there stays.
    assert [(each.method, each.path) for each in more] == [(each.method, each.path) for each in parts]
    everything = [row for data in (response.result, *chunks) for row in data.data_array]
    assert [list(row) for row in table.rows] == everything
    assert facts.ours_columns(table.columns) == facts.theirs_columns(response.manifest)
    assert table.total_rows == response.manifest.total_row_count == 200


async def test_query_once_more(both: Both) -> None:
    """Stored SQL is run again alike."""
    message = await both.asked("revenue by region last year")
    query = query_of(message)
    said, theirs = await both.theirs(
        lambda genie: genie.execute_message_attachment_query(*ids(message.ref), query.attachment_id)
    )
    assert facts.ours_statement(results.statement(theirs.said)) == facts.theirs_statement(
        said.statement_response
    )
    await both.ours.execute(message.ref, query)
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire


async def test_chart(both: Both) -> None:
    """The picture is the same, byte by byte."""
    message = await both.asked("revenue by region last year", chart=True)
    chart = next(each for each in message.attachments if isinstance(each, Visualization))
    name = "spaces/{}/conversations/{}/messages/{}/attachments/{}".format(
        *ids(message.ref), chart.attachment_id
    )
    said, theirs = await both.theirs(
        lambda genie: genie.download_message_attachment_visualization(name).contents.read()
    )
    picture = await both.ours.visualization(message.ref, chart.attachment_id)
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire
    assert picture == said


async def test_export(both: Both) -> None:
    """A full result is started, looked at and linked alike; every look signs its links anew."""
    message = await both.asked("revenue by customer")
    query = query_of(message)
    place = (*ids(message.ref), query.attachment_id)
    said, begun = await both.theirs(lambda genie: genie.generate_download_full_query_result(*place))
    ticket = exports.ticket(begun.said)
    assert (ticket.download_id, ticket.signature) == (said.download_id, said.download_id_signature)
    polls: list[tuple[Any, Exchange]] = []
    async with asyncio.timeout(10):
        while not polls or polls[-1][0].statement_response.manifest is None:
            polls.append(
                await both.theirs(
                    lambda genie: genie.get_download_full_query_result(
                        *place, ticket.download_id, ticket.signature
                    )
                )
            )
    for seen, theirs in polls:
        assert facts.ours_statement(results.statement(theirs.said)) == facts.theirs_statement(
            seen.statement_response
        )
    started = await both.ours.start_export(message.ref, query)
    export = await both.ours.export(message.ref, query, started)
    [mine, *_, ours] = both.recorder.take()
    assert mine.wire == begun.wire
    renewed = exports.ticket(mine.said)
    assert ours.query == {"download_id_signature": renewed.signature}
    assert without(ours, renewed.download_id)[:2] == without(polls[-1][1], ticket.download_id)[:2]
    manifest = polls[-1][0].statement_response.manifest
    assert facts.ours_columns(export.columns) == facts.theirs_columns(manifest)
    assert (export.total_rows, export.format) == (manifest.total_row_count, manifest.format.value)


@pytest.mark.parametrize("comment", ["", "Wrong year"])
@pytest.mark.parametrize("rating", Rating)
async def test_feedback(both: Both, rating: Rating, comment: str) -> None:
    """An answer is rated alike, and both read the same rating."""
    ref = (await both.asked("revenue by region last year")).ref
    more = {"comment": comment} if comment else {}
    _, theirs = await both.theirs(
        lambda genie: genie.send_message_feedback(*ids(ref), GenieFeedbackRating(rating.value), **more)
    )
    await both.ours.feedback(ref, rating, comment)
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire


async def test_refusals(both: Both) -> None:
    """The same code and the same words come out of every refusal."""
    message = await both.asked("revenue by region last year")
    gone = MessageRef(both.space, message.ref.conversation_id, "nowhere")
    cases: list[tuple[Callable[[Any], Any], Any]] = [
        (lambda genie: genie.get_message(*ids(gone)), both.ours.message(gone)),
        (lambda genie: genie.start_conversation(both.space, LONG), both.ours.ask(both.space, LONG)),
        (lambda genie: genie.get_space("nowhere"), both.ours.space("nowhere")),
    ]
    for theirs, ours in cases:
        with pytest.raises(DatabricksError) as refused:
            await asyncio.to_thread(theirs, both.sdk.genie)
        with pytest.raises(GenieError) as mine:
            await ours
        assert (mine.value.code, mine.value.detail) == (refused.value.error_code, str(refused.value))
        first, second = both.recorder.take()
        assert first.wire == second.wire
