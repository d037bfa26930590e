"""What people add to a conversation and take away from it: ratings, comments, deletions, a second run."""

from typing import Any

import pytest

from genie.client import Genie
from genie.errors import Ambiguous, Forbidden, Malformed, NotFound, SignInFailed
from genie.model import Feedback, MessageRef, Query, Rating
from genie.protocol.messages import comment, message
from tests.unit.genie.genie_server import DROP, GenieServer, Say, payload

REF = MessageRef("s", "c", "m")
CONVERSATION = "/api/2.0/genie/spaces/s/conversations/c"
MESSAGE = f"{CONVERSATION}/messages/m"
FEEDBACK, COMMENT = f"POST {MESSAGE}/feedback", f"POST {MESSAGE}/comments"
NOTHING = [
    Say({}),
    Say(body=b""),
    Say(status=204, body=b""),
    Say(body=b"ok", headers={"Content-Type": "a/b"}),
]


@pytest.mark.parametrize("reply", NOTHING, ids=["object", "empty", "204", "text"])
async def test_a_rating_is_sent(reply: Say, server: GenieServer, genie: Genie) -> None:
    """What a success brings does not matter."""
    server.on(FEEDBACK, reply)
    await genie.feedback(REF, Rating.NEGATIVE, "Wrong fiscal quarter")
    assert server.seen[0].json == {"rating": "NEGATIVE", "comment": "Wrong fiscal quarter"}


async def test_a_rating_may_say_nothing_more(server: GenieServer, genie: Genie) -> None:
    """Without a comment there is no such field, and NONE takes a rating back."""
    server.on(FEEDBACK, Say({}))
    await genie.feedback(REF, Rating.NONE)
    assert server.seen[0].json == {"rating": "NONE"}


async def test_a_comment_on_a_rating_is_cut(server: GenieServer, genie: Genie) -> None:
    """At the 5,000 characters that Genie takes: a long opinion is worth more cut than refused."""
    server.on(FEEDBACK, Say({}))
    await genie.feedback(REF, Rating.POSITIVE, "ü" * 6_000)
    assert server.seen[0].json["comment"] == "ü" * 5_000


@pytest.mark.parametrize("trouble", [DROP, Say(status=500), Say(status=429, headers={"Retry-After": "0"})])
async def test_a_rating_whose_reply_is_lost_is_sent_again(
    trouble: Say, server: GenieServer, genie: Genie
) -> None:
    """There is one per message, so the second takes the place of the first."""
    server.on(FEEDBACK, trouble, Say({}))
    await genie.feedback(REF, Rating.POSITIVE)
    assert server.count(FEEDBACK) == 2


async def test_a_sign_in_page_is_no_success(server: GenieServer, genie: Genie) -> None:
    """Also where nothing is expected."""
    server.on(FEEDBACK, Say(body=b"<html>", headers={"Content-Type": "text/html"}))
    with pytest.raises(SignInFailed):
        await genie.feedback(REF, Rating.POSITIVE)


async def test_a_comment_comes_back_as_it_is_stored(server: GenieServer, genie: Genie) -> None:
    """With its id and its time."""
    server.on(COMMENT, Say(payload("comment")))
    stored = await genie.comment(REF, "Checked by finance")
    assert server.seen[0].json == {"content": "Checked by finance"}
    assert (stored.ref, stored.comment_id, stored.content) == (REF, "k1", "Checked by finance")


@pytest.mark.parametrize("fate", [DROP, Say(status=500), Say({})], ids=["dropped", "500", "no id"])
async def test_a_comment_of_unknown_fate_is_not_sent_again(
    fate: Say, server: GenieServer, genie: Genie
) -> None:
    """It would be there twice."""
    server.on(COMMENT, fate)
    with pytest.raises(Ambiguous):
        await genie.comment(REF, "x")
    assert server.count(COMMENT) == 1


@pytest.mark.parametrize("reply", NOTHING, ids=["object", "empty", "204", "text"])
async def test_messages_and_conversations_are_deleted(reply: Say, server: GenieServer, genie: Genie) -> None:
    """After some trouble too: to delete twice does no harm."""
    server.on(f"DELETE {CONVERSATION}", DROP, reply)
    server.on(f"DELETE {MESSAGE}", Say(status=503), reply)
    await genie.delete_conversation("s", "c")
    await genie.delete_message(REF)
    assert [seen.method for seen in server.seen] == ["DELETE"] * 4


async def test_what_is_gone_already_is_not_found(server: GenieServer, genie: Genie) -> None:
    """And what is not ours is forbidden."""
    server.on(f"DELETE {CONVERSATION}", Say(payload("error_gone"), 404))
    server.on(f"DELETE {MESSAGE}", Say(payload("error_forbidden"), 403))
    with pytest.raises(NotFound):
        await genie.delete_conversation("s", "c")
    with pytest.raises(Forbidden):
        await genie.delete_message(REF)


@pytest.mark.parametrize("reply", [Say(payload("result_pending")), DROP], ids=["pending", "lost"])
@pytest.mark.parametrize(("an_id", "place"), [("a1", f"{MESSAGE}/attachments/a1"), (None, MESSAGE)])
async def test_stored_sql_is_run_again(
    an_id: str | None, place: str, reply: Say, server: GenieServer, genie: Genie
) -> None:
    """Once, by the query's own address or the message's old one; a lost reply is left to the next look."""
    server.on(f"POST {place}/execute-query", reply)
    await genie.execute(REF, Query(an_id))
    assert [seen.json for seen in server.seen] == [{}]


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({"rating": "NEGATIVE", "comment": "no"}, Feedback(Rating.NEGATIVE, "no")),
        ({"rating": "positive"}, Feedback(Rating.POSITIVE)),
        ({"rating": "MIXED", "comment": "new"}, None),
        ({}, None),
        ("POSITIVE", None),
        (None, None),
    ],
)
def test_a_message_tells_its_rating(sent: Any, read: Feedback | None) -> None:
    """One that nobody knows is none."""
    assert message({"feedback": sent}, REF).feedback == read


def test_a_message_tells_who_asked_and_when_it_changed() -> None:
    """The identity behind the token, as text whatever its JSON; a time in either unit."""
    told = message({"user_id": 7412589630123456, "last_updated_timestamp": "1795340423"}, REF)
    assert (told.user_id, told.updated_at) == ("7412589630123456", 1795340423.0)
    assert message({"user_id": "74"}, REF).user_id == "74"


def test_ratings_are_the_vendors_words() -> None:
    """A value that is none of them cannot be sent."""
    assert [str(rating) for rating in Rating] == ["POSITIVE", "NEGATIVE", "NONE"]
    with pytest.raises(ValueError, match="MIXED"):
        Rating("MIXED")


def test_a_comment_without_an_id_is_malformed() -> None:
    """It could not be told from another."""
    with pytest.raises(Malformed):
        comment({"content": "x"}, REF)
