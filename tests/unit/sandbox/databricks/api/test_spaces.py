"""Three spaces of one workspace: each has its own words and tables, and rights of its own."""

import json
from datetime import date
from typing import Any

import pytest

from sandbox.databricks import FINANCE, SALES, THREE_SPACES, Databricks, Rights, Timing
from tests.unit.genie.databricks_caller import Caller, calling, query_of

TODAY = date(2026, 11, 22)
QUESTIONS = (
    (0, "total revenue by region", 4),
    (1, "Which departments are over budget this year?", 6),
    (1, "How much do we owe in overdue invoices?", 1),
    (1, "Spending by vendor last quarter", 7),
    (2, "Which products are below their reorder point?", 15),
    (2, "Average delay by supplier this year", 5),
    (2, "Freight costs by carrier", 4),
)
"""The number of a space, a question, and the rows of its answer."""


def workspace(rights: Rights | None = None) -> Databricks:
    return Databricks(
        timing=Timing.instant(),
        today=TODAY,
        spaces=THREE_SPACES,
        question_limit=100,
        token_rights=rights or Rights(),
    )


async def rows(caller: Caller, message: Any) -> Any:
    said = await caller.call("GET", f"{query_of(message)}/query-result")
    return said.body["statement_response"]["result"]["data_array"]


@pytest.mark.parametrize(("number", "question", "count"), QUESTIONS)
async def test_each_space_answers_from_its_tables(number: int, question: str, count: int) -> None:
    """With real rows, and a sentence about them."""
    databricks = workspace()
    async with calling(databricks) as caller:
        caller.space = f"/api/2.0/genie/spaces/{databricks.space_ids[number]}"
        message = await caller.answer(question)
        assert message["status"] == "COMPLETED"
        assert len(await rows(caller, message)) == count
        assert "**" in str(message["attachments"])


async def test_a_conversation_goes_on_with_what_was_measured() -> None:
    """By another part, or in another time; what a table does not have is asked back."""
    databricks = workspace()
    async with calling(databricks) as caller:
        caller.space = f"/api/2.0/genie/spaces/{databricks.space_ids[1]}"
        first = await caller.answer("spending by vendor")
        second = await caller.answer("and by department last year?", first["conversation_id"])
        assert "Spending by department, 2025" in str(second["attachments"])
        third = await caller.answer("over budget by vendor", first["conversation_id"])
        assert "I do not have that by vendor" in str(third["attachments"])
        assert "expense type" in str(await caller.answer("hello"))


async def test_a_space_is_closed_to_those_without_a_right_on_it() -> None:
    """It is in no list, everything below it is 403, and the others are open."""
    databricks = workspace(Rights(closed_spaces=frozenset({FINANCE.title})))
    async with calling(databricks) as caller:
        listed = (await caller.call("GET", "/api/2.0/genie/spaces")).body["spaces"]
        assert [each["title"] for each in listed] == ["Sales", "Supply chain"]
        said = [
            (await caller.call("GET", f"/api/2.0/genie/spaces/{each}")).status
            for each in (*databricks.space_ids, "nowhere")
        ]
        assert said == [200, 403, 200, 404]


async def test_sample_questions_are_for_those_who_may_edit() -> None:
    """As a document in a text; without CAN EDIT it is refused and not left out."""
    for rights, status in ((Rights(), 403), (Rights(can_edit=True), 200)):
        async with calling(workspace(rights)) as caller:
            said = await caller.call("GET", f"{caller.space}?include_serialized_space=true")
            assert said.status == status
            if status == 200:
                samples = json.loads(said.body["serialized_space"])["config"]["sample_questions"]
                assert tuple(each["question"][0] for each in samples) == SALES.starters
