"""What can be listed comes page by page, in the server's order, and no page before it is wanted."""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, cast

import pytest

from genie.client import Genie
from genie.errors import BadRequest, Forbidden, Malformed
from genie.model import Comment, Conversation, MessageRef, Space
from tests.unit.genie.genie_server import GenieServer, Say, payload

REF = MessageRef("s", "c", "m")
CONVERSATION = "/api/2.0/genie/spaces/s/conversations/c"
SPACES = "GET /api/2.0/genie/spaces"

LISTS: list[tuple[str, str, Callable[[Genie], AsyncIterator[Any]]]] = [
    (SPACES, "spaces", lambda genie: genie.spaces()),
    ("GET /api/2.0/genie/spaces/s/conversations", "conversations", lambda genie: genie.conversations("s")),
    (f"GET {CONVERSATION}/messages", "messages", lambda genie: genie.messages("s", "c")),
    (f"GET {CONVERSATION}/messages/m/comments", "comments", lambda genie: genie.comments(REF)),
    (f"GET {CONVERSATION}/list-comments", "comments", lambda genie: genie.conversation_comments("s", "c")),
]
each_list = pytest.mark.parametrize(("call", "name", "read"), LISTS, ids=[call for call, _, _ in LISTS])


def page(name: str, *ids: str, token: Any = "") -> Say:
    """Return a page whose items have all the ids that an item of any list can have."""
    names = ("space_id", "conversation_id", "message_id", "message_comment_id")
    items = [dict.fromkeys(names, an_id) for an_id in ids]
    return Say({name: items, "next_page_token": token})


@each_list
async def test_every_page_is_read(
    call: str, name: str, read: Callable[[Genie], AsyncIterator[Any]], server: GenieServer, genie: Genie
) -> None:
    """Each token leads to a page of a hundred, which may be empty in the middle, and no token is the end."""
    server.on(call, page(name, "1", "2", token="t1"), page(name, token="t2"), page(name, "3", token=None))
    assert len([item async for item in read(genie)]) == 3
    assert [seen.query.get("page_token") for seen in server.seen] == [None, "t1", "t2"]
    assert {seen.query["page_size"] for seen in server.seen} == {"100"}


@each_list
async def test_a_page_is_read_when_it_is_wanted(
    call: str, name: str, read: Callable[[Genie], AsyncIterator[Any]], server: GenieServer, genie: Genie
) -> None:
    """Nothing is fetched before the first item is asked for, nor ahead of what is asked for."""
    server.on(call, page(name, "1", "2", token="t1"), page(name, "3"))
    items = cast("Any", read(genie))
    assert server.seen == []
    async with aclosing(items):
        await anext(items)
        await anext(items)
        assert len(server.seen) == 1
        await anext(items)
        assert len(server.seen) == 2


@pytest.mark.parametrize("tokens", [("a", "a"), ("a", "b", "a")], ids=["itself", "circle"])
async def test_a_list_that_repeats_its_pages_ends(
    tokens: tuple[str, ...], server: GenieServer, genie: Genie
) -> None:
    """A token that was followed once is not followed again."""
    server.on(SPACES, *(page("spaces", "1", token=token) for token in tokens))
    assert len([space async for space in genie.spaces()]) == len(tokens)
    assert len(server.seen) == len(tokens)


async def test_a_list_without_end_is_left(
    server: GenieServer, genie: Genie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ever new tokens are followed up to a bound."""
    monkeypatch.setattr("genie.calls.paging.pages.__defaults__", (5,))
    server.on(SPACES, *(page("spaces", token=f"t{n}") for n in range(9)))
    assert [space async for space in genie.spaces()] == []
    assert len(server.seen) == 5


async def test_spaces_are_told_with_what_is_known_of_them(server: GenieServer, genie: Genie) -> None:
    """Title, folder, times and more; one without an id cannot be used, so it is left out."""
    listed = payload("spaces")["spaces"]
    server.on(SPACES, Say({"spaces": [*listed, payload("space"), {"title": "?"}, None, {"agent_id": "a"}]}))
    first, second, third = [space async for space in genie.spaces()]
    assert (first.title, first.create_time, first.update_time) == (
        "Sales",
        "2026-03-02T09:00:00Z",
        "2026-11-01T12:30:00Z",
    )
    assert second.parent_path == "/Workspace/Shared/genie"
    assert third == Space("a")


async def test_conversations_tell_their_kind(server: GenieServer, genie: Genie) -> None:
    """One of agent mode takes no chat message; everybody's are listed only when asked for."""
    call = "GET /api/2.0/genie/spaces/s/conversations"
    server.on(call, Say({**payload("conversations"), "next_page_token": ""}))
    (found,) = [item async for item in genie.conversations("s", include_all=True)]
    assert found == Conversation(
        "01f1a2b3c4d511f08e6f7a8b9c0d1e2f",
        "Total revenue by region for Q3 2026",
        1795340412.345,
        "GENIE_CONVERSATION_TYPE_CHAT",
    )
    _ = [item async for item in genie.conversations("s")]
    assert [seen.query.get("include_all") for seen in server.seen] == ["true", None]


async def test_messages_come_newest_first(server: GenieServer, genie: Genie) -> None:
    """As the server orders them, whole."""
    server.on(f"GET {CONVERSATION}/messages", Say(payload("messages")))
    found = [(item.ref.message_id, item.status) async for item in genie.messages("s", "c")]
    assert found == [("m2", "ASKING_AI"), ("m1", "COMPLETED")]


async def test_comments_belong_to_their_messages(server: GenieServer, genie: Genie) -> None:
    """A conversation's comments say whose they are; their words stay out of the repr."""
    server.on(f"GET {CONVERSATION}/list-comments", Say({"comments": [payload("comment"), {"content": "?"}]}))
    (found,) = [item async for item in genie.conversation_comments("s", "c")]
    assert found == Comment(
        MessageRef("s", "c", "m1"), "k1", "Checked by finance", 1795340700.0, "7412589630123456"
    )
    assert "finance" not in repr(found)


async def test_a_refused_list_is_an_error(server: GenieServer, genie: Genie) -> None:
    """At its first item, or in the middle."""
    server.on(SPACES, page("spaces", "1", token="t1"), Say(status=403))
    spaces = genie.spaces()
    assert (await anext(spaces)).space_id == "1"
    with pytest.raises(Forbidden):
        await anext(spaces)


async def test_a_list_that_is_no_list_is_malformed(server: GenieServer, genie: Genie) -> None:
    """An array in place of the object."""
    server.on(SPACES, Say([]))
    with pytest.raises(Malformed):
        await anext(genie.spaces())


async def test_a_conversation_has_a_page_in_databricks(server: GenieServer, genie: Genie) -> None:
    """On the workspace's host, whatever the ids hold."""
    assert genie.conversation_url("s", "c") == f"{server.url}/genie/rooms/s/chats/c"
    assert genie.conversation_url("s", "../x?y").endswith("/genie/rooms/s/chats/..%2Fx%3Fy")


@pytest.mark.parametrize("an_id", ["", ".", ".."])
async def test_an_id_that_is_none_is_refused_here(an_id: str, server: GenieServer, genie: Genie) -> None:
    """It would address the list in place of one of its members, or what lies above it."""
    with pytest.raises(BadRequest):
        await genie.delete_conversation("s", an_id)
    assert server.seen == []
