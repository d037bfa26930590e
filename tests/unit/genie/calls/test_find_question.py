"""After an unclear POST the question is found again, or it is certain that it is not there."""

from collections.abc import Sequence
from typing import Any

import pytest

from genie.client import Genie
from genie.errors import Forbidden, Unavailable
from tests.unit.genie.genie_server import GenieServer, Say

CONVERSATIONS = "GET /api/2.0/genie/spaces/s/conversations"
SINCE = 1_795_340_400.5


def messages(*items: tuple[str, str, float | None], token: str = "") -> Say:
    """Return a page of (id, content, seconds after SINCE's second)."""
    return Say({"messages": [_item("message_id", *item) for item in items], "next_page_token": token})


def conversations(*items: tuple[str, float | None], token: str = "") -> Say:
    """Return a page of (id, seconds after SINCE's second)."""
    found = [_item("conversation_id", key, "", age) for key, age in items]
    return Say({"conversations": found, "next_page_token": token})


def _item(name: str, key: str, content: str, age: float | None) -> dict[str, Any]:
    created = None if age is None else int((1_795_340_400 + age) * 1000)
    return {name: key, "content": content, "created_timestamp": created}


async def test_a_follow_up_is_found_by_its_exact_words(server: GenieServer, genie: Genie) -> None:
    """Other words and older messages are not it; the newest comes first."""
    server.on(
        f"{CONVERSATIONS}/c/messages",
        messages(("m3", "q", 3), ("m2", "q ", 9), ("m1", "other", 5), ("m0", "q", -60)),
    )
    found = await genie.find("s", "c", "q", SINCE)
    assert [ref.message_id for ref in found] == ["m2", "m3"]


async def test_a_question_is_found_however_its_text_came_back(server: GenieServer, genie: Genie) -> None:
    """A server may trim spaces, change line ends, or compose accents; letters and their case it keeps."""
    asked = "  Umsatz fu\u0308r\r\nKo\u0308ln? "
    page = messages(("m2", "Umsatz f\u00fcr\nK\u00f6ln?", 3), ("m1", "umsatz f\u00fcr K\u00f6ln?", 2))
    server.on(f"{CONVERSATIONS}/c/messages", page)
    found = await genie.find("s", "c", asked, SINCE)
    assert [ref.message_id for ref in found] == ["m2"]


async def test_a_message_in_the_same_second_counts(server: GenieServer, genie: Genie) -> None:
    """The server may count in whole seconds, which lie before the fraction."""
    server.on(f"{CONVERSATIONS}/c/messages", messages(("m", "q", 0)))
    assert len(await genie.find("s", "c", "q", SINCE)) == 1


async def test_a_message_without_a_time_counts(server: GenieServer, genie: Genie) -> None:
    """Better to take it for the question than to ask twice."""
    server.on(f"{CONVERSATIONS}/c/messages", messages(("m", "q", None)))
    assert len(await genie.find("s", "c", "q", SINCE)) == 1


async def test_pages_are_read_until_they_are_old(server: GenieServer, genie: Genie) -> None:
    """A page without anything recent ends the search, though more would follow."""
    server.on(
        f"{CONVERSATIONS}/c/messages",
        messages(("m3", "x", 9), token="p2"),
        messages(("m2", "q", 5), token="p3"),
        messages(("m1", "q", -5), token="p4"),
    )
    found = await genie.find("s", "c", "q", SINCE)
    assert [ref.message_id for ref in found] == ["m2"]
    assert [seen.query.get("page_token") for seen in server.seen] == [None, "p2", "p3"]


async def test_pages_without_end_are_left(server: GenieServer, genie: Genie) -> None:
    """A server that always names the same next page is not followed for ever."""
    server.on(f"{CONVERSATIONS}/c/messages", messages(("m", "x", 9), token="again"))
    assert await genie.find("s", "c", "q", SINCE) == ()
    assert len(server.seen) == 2


async def test_a_first_question_is_found_among_new_conversations(server: GenieServer, genie: Genie) -> None:
    """Only the message that opened a conversation is compared, and deleted conversations are passed over."""
    server.on(CONVERSATIONS, conversations(("c3", 9), ("c2", 8), ("gone", 7), ("c1", 1), ("old", -90)))
    server.on(f"{CONVERSATIONS}/c3/messages", messages(("m32", "q", 12), ("m31", "other", 9)))
    server.on(f"{CONVERSATIONS}/c2/messages", messages(("m22", "more", 11), ("m21", "q", 8)))
    server.on(f"{CONVERSATIONS}/c1/messages", messages(("m11", "q", 1)))
    found = await genie.find("s", None, "q", SINCE)
    assert [(ref.conversation_id, ref.message_id) for ref in found] == [("c2", "m21"), ("c1", "m11")]
    assert server.count(f"{CONVERSATIONS}/old/messages") == 0


async def test_known_conversations_are_not_read(server: GenieServer, genie: Genie) -> None:
    """What belongs to other questions is passed over, so a lost one is found among however many."""
    crowd = [(f"k{number}", 20.0) for number in range(80)]
    server.on(CONVERSATIONS, conversations(*crowd, ("c1", 1)))
    server.on(f"{CONVERSATIONS}/c1/messages", messages(("m11", "q", 1)))

    async def known(ids: Sequence[str]) -> set[str]:
        return {each for each in ids if each.startswith("k")}

    [found] = await genie.find("s", None, "q", SINCE, known=known)
    assert found.message_id == "m11"
    assert len(server.seen) == 2


async def test_too_many_to_read_is_not_the_same_as_none(server: GenieServer, genie: Genie) -> None:
    """A search that would have to stop half-way says so, since the question may be in the rest."""
    server.on(CONVERSATIONS, conversations(*((f"c{number}", 20) for number in range(80))))
    with pytest.raises(Unavailable):
        await genie.find("s", None, "q", SINCE)


async def test_a_search_that_cannot_be_made_is_an_error(server: GenieServer, genie: Genie) -> None:
    """Not to know is not the same as to know that it is not there."""
    server.on(CONVERSATIONS, Say(status=403))
    with pytest.raises(Forbidden):
        await genie.find("s", None, "q", SINCE)
