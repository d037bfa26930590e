"""Lists, comments and deletions of our client beside the real databricks-sdk."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from genie.errors import NotFound
from genie.model import TableName
from genie.protocol import messages as decoding
from tests.unit.genie import sdk_facts as facts
from tests.unit.genie.beside_sdk import Both, beside, ids, without

PAGE = 100
"""What our client asks for; the SDK asks for nothing unless it is told to."""


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    async with beside(spaces=("Sales (sandbox)", "Stock"), question_limit=1000) as both:
        yield both


async def test_spaces(both: Both) -> None:
    """One space and the list of all."""
    said, theirs = await both.theirs(lambda genie: genie.get_space(both.space))
    mine = await both.ours.space(both.space)
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire
    assert facts.ours_space(decoding.space(theirs.said, both.space)) == facts.theirs_space(said)
    assert facts.ours_space(mine) == facts.theirs_space(said)
    listed, theirs = await both.theirs(lambda genie: genie.list_spaces(page_size=PAGE))
    spaces = [each async for each in both.ours.spaces()]
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire
    assert [facts.ours_space(each) for each in spaces] == [facts.theirs_space(each) for each in listed.spaces]
    assert len(spaces) == 2


async def test_conversations_and_messages(both: Both) -> None:
    """Conversations and messages, in the server's order."""
    first = await both.asked("revenue by region last year")
    await both.asked("help")
    place = ids(first.ref)[:2]
    for words in ("only EMEA", "and by month?"):
        await both.asked(words, place[1])
    listed, theirs = await both.theirs(lambda genie: genie.list_conversations(both.space, page_size=PAGE))
    conversations = [each async for each in both.ours.conversations(both.space)]
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire
    told = [facts.theirs_conversation(each) for each in listed.conversations]
    assert [facts.ours_conversation(each) for each in conversations] == told
    assert [facts.ours_conversation(each) for each in decoding.conversations(theirs.said)[0]] == told
    said, theirs = await both.theirs(lambda genie: genie.list_conversation_messages(*place, page_size=PAGE))
    messages = [each async for each in both.ours.messages(*place)]
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire
    told = [facts.theirs_message(each) for each in said.messages]
    assert [facts.ours_message(each) for each in messages] == told
    assert [facts.ours_message(each) for each in decoding.messages(theirs.said, *place)[0]] == told
    assert len(told) == 3


async def test_comments_in_pages(both: Both) -> None:
    """Comments are made alike and listed alike, page by page."""
    ref = (await both.asked("revenue by region last year")).ref
    said, theirs = await both.theirs(lambda genie: genie.create_message_comment(*ids(ref), "Good"))
    assert facts.ours_comment(decoding.comment(theirs.said, ref)) == facts.theirs_comment(said)
    mine = await both.ours.comment(ref, "Good")
    [ours] = both.recorder.take()
    assert ours.wire == theirs.wire
    assert facts.ours_comment(mine)[4] == said.content
    for number in range(PAGE):
        await both.ours.comment(ref, f"{number} < 3 & more")
    for theirs_list, ours_list in (
        (lambda genie, **page: genie.list_message_comments(*ids(ref), **page), both.ours.comments(ref)),
        (
            lambda genie, **page: genie.list_conversation_comments(*ids(ref)[:2], **page),
            both.ours.conversation_comments(*ids(ref)[:2]),
        ),
    ):
        both.recorder.take()
        told: list[Any] = []
        token: dict[str, str] = {}
        while True:
            page = await asyncio.to_thread(theirs_list, both.sdk.genie, page_size=PAGE, **token)
            told += [facts.theirs_comment(each) for each in page.comments]
            if not page.next_page_token:
                break
            token = {"page_token": page.next_page_token}
        theirs_pages = both.recorder.take()
        comments = [facts.ours_comment(each) async for each in ours_list]
        assert comments == told
        assert len(told) == PAGE + 2
        assert [each.wire for each in both.recorder.take()] == [each.wire for each in theirs_pages]


async def test_deletions(both: Both) -> None:
    """A message and a conversation are deleted alike, and are gone for both."""
    one, other = [await both.asked("revenue by region last year") for _ in range(2)]
    theirs_first, ours_first = ids(one.ref), ids(other.ref)
    _, theirs = await both.theirs(lambda genie: genie.delete_conversation_message(*theirs_first))
    await both.ours.delete_message(other.ref)
    [ours] = both.recorder.take()
    assert without(ours, *ours_first[1:]) == without(theirs, *theirs_first[1:])
    _, theirs = await both.theirs(lambda genie: genie.delete_conversation(*theirs_first[:2]))
    await both.ours.delete_conversation(*ours_first[:2])
    [ours] = both.recorder.take()
    assert without(ours, *ours_first[1:]) == without(theirs, *theirs_first[1:])
    for message in (one, other):
        with pytest.raises(NotFound):
            await both.ours.message(message.ref)


async def test_tables_of_the_catalog(both: Both) -> None:
    """A table and its tags: what the SDK reads of them is what we read."""
    name = "samples.sales.orders"
    said, first = await both.theirs_of(lambda sdk: sdk.tables.get(name, include_browse=True))
    tags, second = await both.theirs_of(lambda sdk: [*sdk.entity_tag_assignments.list("tables", name)])
    mine = await both.ours.table_details(TableName(*name.split(".")))
    assert [ours.wire for ours in both.recorder.take()] == [first.wire, second.wire]
    assert (mine.owner, mine.altered_at) == (said.owner, said.updated_at / 1000)
    assert (mine.certification,) == tuple(
        tag.tag_value for tag in tags if tag.tag_key == "system.certification_status"
    )
