"""Feedback and comments in the local Databricks, and its spaces."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from sandbox.databricks import Databricks, Timing
from tests.unit.genie.databricks_caller import Caller, calling, path_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY, spaces=("Sales", "Support", "People"))


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


async def test_comment_is_kept_with_its_message(caller: Caller) -> None:
    """A comment comes back with its ids, from its message and from its conversation."""
    first = await caller.answer("total revenue")
    second = await caller.answer("and by month?", first["conversation_id"])
    for message, words in ((first, "Too low"), (second, "Right")):
        said = await caller.call("POST", f"{path_of(message)}/comments", {"content": words})
        assert said.body["content"] == words
        assert said.body["message_id"] == message["message_id"]
        assert said.body["created_timestamp"] > 10**12
    own = (await caller.call("GET", f"{path_of(first)}/comments")).body
    assert [each["content"] for each in own["comments"]] == ["Too low"]
    path = f"conversations/{first['conversation_id']}/list-comments?page_size=1"
    page = (await caller.call("GET", path)).body
    following = (await caller.call("GET", f"{path}&page_token={page['next_page_token']}")).body
    assert [each["comments"][0]["content"] for each in (page, following)] == ["Too low", "Right"]
    assert following["next_page_token"] == ""


async def test_feedback_comment_is_a_comment_and_none_clears_the_rating(caller: Caller) -> None:
    """What comes with a rating is a comment, too; NONE takes the rating back and leaves the comment."""
    path = path_of(await caller.answer("total revenue"))
    assert (await caller.call("GET", path)).body["feedback"] is None
    await caller.call("POST", f"{path}/feedback", {"rating": "NEGATIVE", "comment": "Wrong quarter"})
    await caller.call("POST", f"{path}/feedback", {"rating": "NONE"})
    assert (await caller.call("GET", path)).body["feedback"] is None
    comments = (await caller.call("GET", f"{path}/comments")).body["comments"]
    assert [each["content"] for each in comments] == ["Wrong quarter"]


@pytest.mark.parametrize(
    "body", [{}, {"content": ""}, {"content": " "}, {"content": 5}, {"content": "x" * 5001}]
)
async def test_bad_comment_is_400(caller: Caller, body: object) -> None:
    """A comment has words, and at most 5,000 characters of them."""
    path = path_of(await caller.answer("total revenue"))
    assert (await caller.call("POST", f"{path}/comments", body)).status == 400


@pytest.mark.parametrize("path", ["m/comments", "list-comments"])
async def test_comments_of_nothing_are_404(caller: Caller, path: str) -> None:
    """What does not exist has no comments."""
    path = path.replace("m/", "messages/m/")
    assert (await caller.call("GET", f"conversations/c/{path}")).status == 404


async def test_spaces_are_paged(databricks: Databricks, caller: Caller) -> None:
    """Spaces come a page at a time, each with its title."""
    path, titles, token = "/api/2.0/genie/spaces?page_size=2", [], ""
    for _ in range(2):
        page = (await caller.call("GET", f"{path}&page_token={token}")).body
        titles += [each["title"] for each in page["spaces"]]
        token = page["next_page_token"]
    assert (titles, token) == (["Sales", "Support", "People"], "")
    support = (await caller.call("GET", f"/api/2.0/genie/spaces/{databricks.space_ids[1]}")).body
    assert support["title"] == "Support"


async def test_conversation_belongs_to_its_space(databricks: Databricks, caller: Caller) -> None:
    """A conversation is neither found nor listed in another space."""
    sales, caller.space = caller.space, f"/api/2.0/genie/spaces/{databricks.space_ids[1]}"
    message = await caller.answer("total revenue")
    assert message["space_id"] == databricks.space_ids[1]
    caller.space = sales
    assert (await caller.call("GET", path_of(message))).status == 404
    assert (await caller.call("GET", "conversations")).body["conversations"] == []
