"""The client against the whole local Databricks: each endpoint once, as a caller lives it."""

import asyncio
import csv
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import aiohttp
import pytest

from genie.client import Genie
from genie.errors import BadRequest, LinkExpired, NotFound
from genie.http.auth import PersonalToken, ServicePrincipal
from genie.http.host import host_url
from genie.model import Feedback, Message, MessageRef, Query, Rating
from genie.polling import next_poll_delay
from genie.protocol.answer import select_answer
from sandbox.databricks import Databricks, Exports, Timing, Turn, message_shapes, row_shapes
from tests.unit.genie.genie_server import client

TODAY = date(2026, 11, 22)
MANY = "SELECT id, CASE WHEN id % 2 = 0 THEN CONCAT('a, \"', id) END AS note FROM range(6000) AS t(id)"


@pytest.fixture
async def databricks() -> AsyncIterator[Databricks]:
    exports = Exports(chunk_rows=2500, all_links=False)
    async with Databricks(
        timing=Timing.instant(), today=TODAY, exports=exports, chunk_rows=2000
    ) as databricks:
        yield databricks


@pytest.fixture
async def genie(databricks: Databricks) -> AsyncIterator[Genie]:
    async with aiohttp.ClientSession() as http:
        credentials = (databricks.client_id, databricks.client_secret)
        auth = ServicePrincipal(http, host_url(databricks.url), *credentials)
        yield Genie(http, databricks.url, auth)


async def finished(genie: Genie, ref: MessageRef) -> Message:
    """Look until the message is final."""
    polls = 0
    async with asyncio.timeout(20):
        while not (message := await genie.message(ref)).final:
            polls += 1
            await asyncio.sleep(min(next_poll_delay(message.status, 1.0, polls), 0.05))
    return message


async def answered(genie: Genie, databricks: Databricks, content: str) -> tuple[MessageRef, Query]:
    """Ask, wait, and give where the question lives and its query."""
    ref = await genie.ask(databricks.space_id, content)
    query = select_answer(await finished(genie, ref)).query
    assert query is not None
    return ref, query


async def test_a_conversation(databricks: Databricks, genie: Genie) -> None:
    """A question, its rows, a follow-up, and both in the list of messages, newest first."""
    ref, query = await answered(genie, databricks, "total revenue by region")
    table = await genie.rows(ref, query)
    assert not table.incomplete
    assert len(table.rows) == table.total_rows == query.row_count
    second = await genie.follow_up(databricks.space_id, ref.conversation_id, "only the top 2")
    await finished(genie, second)
    listed = [item async for item in genie.messages(databricks.space_id, ref.conversation_id)]
    assert [item.ref for item in listed] == [second, ref]
    assert [item.content for item in listed] == ["only the top 2", "total revenue by region"]
    assert all(item.user_id and item.created_at and item.updated_at for item in listed)
    assert await genie.find(databricks.space_id, None, "total revenue by region", 0) == (ref,)


async def test_spaces_and_conversations(databricks: Databricks, genie: Genie) -> None:
    """What the identity can see."""
    ref, _query = await answered(genie, databricks, "total revenue by region")
    spaces = [item async for item in genie.spaces()]
    assert [item.space_id for item in spaces] == list(databricks.space_ids)
    assert await genie.space(databricks.space_id) in spaces
    (listed,) = [item async for item in genie.conversations(databricks.space_id)]
    assert (listed.conversation_id, listed.title) == (ref.conversation_id, "total revenue by region")


async def test_a_conversation_of_more_than_a_page(databricks: Databricks, genie: Genie) -> None:
    """Every one is listed once."""
    ref, _query = await answered(genie, databricks, "total revenue by region")
    sent = [await genie.comment(ref, f"Remark {number}") for number in range(101)]
    listed = [item async for item in genie.comments(ref)]
    assert [item.comment_id for item in listed] == [item.comment_id for item in sent]
    everywhere = genie.conversation_comments(ref.space_id, ref.conversation_id)
    assert [item async for item in everywhere] == listed


async def test_opinions(databricks: Databricks, genie: Genie) -> None:
    """The latest rating counts, and it can be taken back."""
    ref, _query = await answered(genie, databricks, "total revenue by region")
    await genie.feedback(ref, Rating.POSITIVE)
    await genie.feedback(ref, Rating.NEGATIVE, "x" * 6_000)
    assert (await genie.message(ref)).feedback == Feedback(Rating.NEGATIVE, "x" * 5_000)
    await genie.feedback(ref, Rating.NONE)
    told = (await genie.message(ref)).feedback
    assert told is None or told.rating is Rating.NONE


async def test_deletions(databricks: Databricks, genie: Genie) -> None:
    """What is deleted is gone, and a follow-up into it is refused."""
    ref, _query = await answered(genie, databricks, "total revenue by region")
    await genie.delete_message(ref)
    with pytest.raises(NotFound):
        await genie.message(ref)
    await genie.delete_conversation(ref.space_id, ref.conversation_id)
    with pytest.raises(NotFound):
        await genie.follow_up(ref.space_id, ref.conversation_id, "and now?")
    with pytest.raises(NotFound):
        await genie.delete_conversation(ref.space_id, ref.conversation_id)


async def test_rows_that_expired(databricks: Databricks, genie: Genie) -> None:
    """They are read again without another question; `execute` does it by hand."""
    ref, query = await answered(genie, databricks, "total revenue by region")
    before = await genie.rows(ref, query)
    databricks.expire_result(ref.conversation_id, ref.message_id)
    assert (await genie.message(ref)).status == "QUERY_RESULT_EXPIRED"
    assert await genie.rows(ref, query) == replace(before, run_again=True)
    databricks.expire_result(ref.conversation_id, ref.message_id)
    await genie.execute(ref, query)
    assert await genie.rows(ref, query) == before
    assert len(databricks.questions()) == 1


async def test_genies_own_chart(databricks: Databricks, genie: Genie) -> None:
    """Asked for with the question, and drawn as PNG."""
    ref = await genie.ask(databricks.space_id, "total revenue by region", visualization=True)
    chart = select_answer(await finished(genie, ref)).visualization
    assert chart is not None
    assert (await genie.visualization(ref, chart.attachment_id)).startswith(b"\x89PNG")


async def test_a_workspace_without_charts() -> None:
    """It refuses a question that asks for one, and takes it without."""
    databricks = Databricks(timing=Timing.instant(), today=TODAY, visualization="rejected")
    async with databricks, client(databricks.url, PersonalToken(databricks.token)) as genie:
        with pytest.raises(BadRequest):
            await genie.ask(databricks.space_id, "total revenue by region", visualization=True)
        await genie.ask(databricks.space_id, "total revenue by region")


async def test_a_full_result(databricks: Databricks, genie: Genie) -> None:
    """All the rows that Genie's own limit cuts, behind links that come one by one."""
    databricks.turns.add(Turn(sql=MANY))
    ref, query = await answered(genie, databricks, "everything")
    table = await genie.rows(ref, query)
    assert (len(table.rows), table.incomplete) == (5_000, True)
    export = await genie.export(ref, query, await genie.start_export(ref, query))
    assert (export.format, export.total_rows, export.truncated) == ("CSV", 6_000, False)
    assert [link.row_count for link in export.links] == [2_500, 2_500, 1_000]
    body = b"".join([part for link in export.links async for part in genie.download(link)])
    rows = list(csv.reader(body.decode().splitlines()))
    assert rows[:2] == [["id", "note"], ["0", 'a, "0']]
    assert len(rows) == 6_001
    assert len(databricks.questions()) == 1


async def test_links_that_expired(databricks: Databricks, genie: Genie) -> None:
    """The storage refuses them, and another look at the export gives others."""
    ref, query = await answered(genie, databricks, "total revenue by region")
    started = await genie.start_export(ref, query)
    (link,) = (await genie.export(ref, query, started)).links
    databricks.expire_links()
    with pytest.raises(LinkExpired):
        _ = [part async for part in genie.download(link)]
    (again,) = (await genie.export(ref, query, started)).links
    assert b"".join([part async for part in genie.download(again)])


SHAPES = {
    "preview": Turn(message=message_shapes.preview, opening=message_shapes.preview_opening),
    "text": Turn(message=message_shapes.int64_as_text, statement=message_shapes.int64_as_text),
    "seconds": Turn(message=message_shapes.in_seconds),
    "typed": Turn(statement=row_shapes.typed_array),
}


@pytest.mark.parametrize("turn", SHAPES.values(), ids=SHAPES)
async def test_every_shape_gives_the_same_rows(turn: Turn, databricks: Databricks, genie: Genie) -> None:
    """Today's, the preview's, and those between."""
    ref, query = await answered(genie, databricks, "total revenue by region")
    usual = await genie.rows(ref, query)
    databricks.turns.add(turn)
    ref, query = await answered(genie, databricks, "total revenue by region")
    assert (await genie.rows(ref, query)).rows == usual.rows
    created = (await genie.message(ref)).created_at
    assert created is not None
    assert created > 1_700_000_000
