"""A run of agent mode is looked up in each of the views that Genie has of it, and ended on request."""

from typing import Any

import pytest

from genie.agent_model import ResponseRef, ResponseStatus
from genie.client import Genie
from genie.errors import BadRequest, NotFound
from tests.unit.genie.agent_streams import ITEMS
from tests.unit.genie.genie_server import SPACE, GenieServer, Say

CONVERSATIONS = f"GET /api/2.0/genie/spaces/{SPACE}/conversations"
MESSAGES = f"{CONVERSATIONS}/01f1c/messages"
LISTED = f"GET /api/2.0/genie/agents/{SPACE}/conversations/01f1c/items"
CANCEL = f"POST /api/2.0/genie/agents/{SPACE}/conversations/01f1c/responses/01f1r/cancel"
REF = ResponseRef(SPACE, "01f1c", "01f1r")
AGENT, CHAT = "GENIE_CONVERSATION_TYPE_AGENT", "GENIE_CONVERSATION_TYPE_CHAT"
WORDS = "Why did revenue fall in Q3?"


async def test_a_run_is_looked_up_by_all_pages_of_its_items(server: GenieServer, genie: Genie) -> None:
    """Each page begins after the last item of the page before."""
    first, *others = ITEMS["data"]
    page = {"status": "in_progress", "data": [first], "has_more": True, "last_id": "01f1r_input"}
    server.on(LISTED, Say(page), Say({**ITEMS, "data": others}))
    state = await genie.response_items(REF)
    assert state.status is ResponseStatus.COMPLETED
    assert len(state.items) == 4
    assert [seen.query for seen in server.seen] == [
        {"limit": "100", "order": "asc"},
        {"limit": "100", "order": "asc", "after": "01f1r_input"},
    ]


async def test_a_list_without_end_is_left(server: GenieServer, genie: Genie) -> None:
    """A page that names itself as the next one is the last that is read."""
    server.on(LISTED, Say({**ITEMS, "has_more": True}))
    assert (await genie.response_items(REF)).final
    assert server.count(LISTED) == 2


async def test_a_workspace_may_list_no_items(server: GenieServer, genie: Genie) -> None:
    """That is no missing agent mode: the view of chat mode tells of the run."""
    server.on(LISTED, Say({"error_code": "ENDPOINT_NOT_FOUND"}, 404))
    with pytest.raises(NotFound):
        await genie.response_items(REF)


async def test_a_run_is_ended_by_an_empty_object(server: GenieServer, genie: Genie) -> None:
    """It is repeated after trouble, since to end it twice is to end it."""
    server.on(CANCEL, Say(status=503), Say({"message_id": "m"}))
    await genie.cancel_response(REF)
    assert [seen.json for seen in server.seen] == [{}, {}]
    with pytest.raises(BadRequest):
        await genie.cancel_response(ResponseRef(SPACE, "01f1c", ""))


def message(message_id: str, created: float, content: str = WORDS) -> dict[str, Any]:
    return {"message_id": message_id, "created_timestamp": created, "content": content, "status": "COMPLETED"}


async def test_the_message_of_a_run_is_the_newest_by_time(server: GenieServer, genie: Genie) -> None:
    """Wherever it stands in the list, unless one has the id of the run; an older one is another run's."""
    server.on(MESSAGES, Say({"messages": [message("a", 100), message("b", 300), message("c", 200)]}))
    found = await genie.response_message(REF, 150.0)
    assert found is not None
    assert found.ref.message_id == "b"
    named = await genie.response_message(ResponseRef(SPACE, "01f1c", "c"), 150.0)
    assert named is not None
    assert named.ref.message_id == "c"
    assert await genie.response_message(REF, 400.0) is None

    async def known(ids: Any) -> list[str]:
        assert [*ids] == ["b", "c"]
        return ["b"]

    own = await genie.response_message(REF, 150.0, known)
    assert own is not None
    assert own.ref.message_id == "c"


def conversation(conversation_id: str, created: float, kind: str) -> dict[str, Any]:
    return {"conversation_id": conversation_id, "created_timestamp": created, "agent_type": kind}


async def test_a_lost_run_is_found_among_conversations_of_agent_mode(
    server: GenieServer, genie: Genie
) -> None:
    """By its words, and only among those that can hold it; the id of its question tells its own."""
    listed = [
        conversation("chat", 900, CHAT),
        conversation("other", 800, AGENT),
        conversation("gone", 700, AGENT),
        conversation("01f1c", 600, ""),
        conversation("known", 550, AGENT),
        conversation("old", 100, AGENT),
    ]
    items = f"GET /api/2.0/genie/agents/{SPACE}/conversations"
    server.on(CONVERSATIONS, Say({"conversations": listed}))
    server.on(LISTED, Say(ITEMS))
    server.on(
        f"{items}/other/items", Say({"data": [{"type": "message", "id": "x_input", "content": "Why?"}]})
    )

    async def known(ids: Any) -> list[str]:
        assert "chat" not in ids
        return ["known"]

    assert await genie.find_responses(SPACE, f" {WORDS}\n", 500.0, known) == (REF,)
    read = {seen.path.split("/")[-2] for seen in server.seen if "conversations/" in seen.path}
    assert read == {"other", "gone", "01f1c"}


async def test_a_lost_run_is_found_where_no_items_are_listed(server: GenieServer, genie: Genie) -> None:
    """In the view of chat mode, by the id of its message."""
    server.on(CONVERSATIONS, Say({"conversations": [conversation("01f1c", 600, AGENT)]}))
    server.on(LISTED, Say({"error_code": "ENDPOINT_NOT_FOUND"}, 404))
    server.on(MESSAGES, Say({"messages": [message("m", 650), message("l", 600)]}))
    assert await genie.find_responses(SPACE, WORDS, 500.0) == (ResponseRef(SPACE, "01f1c", "m"),)


async def test_a_lost_follow_up_is_found_in_its_conversation(server: GenieServer, genie: Genie) -> None:
    """The same words from before are an older run."""
    again = {**ITEMS["data"][0], "id": "01f1s_input"}
    server.on(LISTED, Say({**ITEMS, "data": [*ITEMS["data"], again]}))
    server.on(MESSAGES, Say({"messages": [message("n", 600), message("m", 100)]}))
    newest = ResponseRef(SPACE, "01f1c", "01f1s")
    assert await genie.find_responses(SPACE, WORDS, 500.0, conversation_id="01f1c") == (newest,)
    assert await genie.find_responses(SPACE, WORDS, 700.0, conversation_id="01f1c") == ()


async def test_a_lost_question_is_not_looked_for_in_agent_mode(server: GenieServer, genie: Genie) -> None:
    """A run with the same words is not its answer."""
    server.on(CONVERSATIONS, Say({"conversations": [conversation("01f1c", 600, AGENT)]}))
    server.on(MESSAGES, Say({"messages": [message("m", 600)]}))
    assert await genie.find(SPACE, None, WORDS, 500.0) == ()
