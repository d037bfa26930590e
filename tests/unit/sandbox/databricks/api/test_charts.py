"""Genie's own charts in the local Databricks: when there is one, and the picture itself."""

from collections.abc import AsyncIterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from matplotlib.image import imread

from sandbox.databricks import Databricks, Timing, Turn
from sandbox.databricks.api.messages import Visualization
from sandbox.databricks.warehouse import drawing
from tests.unit.genie.databricks_caller import Caller, Said, calling, path_of, query_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY)


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


def charts(message: Any) -> list[Any]:
    return [each for each in message["attachments"] if "viz" in each]


async def picture(caller: Caller, message: Any, attachment: str) -> Said:
    return await caller.call("GET", f"{path_of(message)}/attachments/{attachment}/download-visualization")


@pytest.mark.parametrize(
    "question",
    [
        "revenue by region",
        "revenue by month in 2026",
        "revenue by month and region in 2026",
        "revenue by year",
        "official revenue for Q3 2026",
        "top 5 products in each region by units",
    ],
)
async def test_chart_follows_its_query_and_is_a_picture(caller: Caller, question: str) -> None:
    """Several rows with a measure get a chart on request: named after its query, behind it, a real PNG."""
    message = await caller.answer(question, chart=True)
    query, chart = message["attachments"][:2]
    assert chart["viz"] == {
        "title": query["query"]["title"],
        "query_attachment_id": query["attachment_id"],
    }
    said = await picture(caller, message, chart["attachment_id"])
    assert (said.status, said.headers["Content-Type"]) == (200, "application/octet-stream")
    assert imread(BytesIO(said.body), format="png").shape == (540, 960, 4)


@pytest.mark.parametrize(
    "question", ["total revenue", "help", "list the 5 latest orders", "revenue in Atlantis"]
)
async def test_what_has_no_course_has_no_chart(caller: Caller, question: str) -> None:
    """A single figure, words, orders one by one and no rows at all have no chart."""
    assert charts(await caller.answer(question, chart=True)) == []


@pytest.mark.parametrize(
    ("visualization", "chart"), [("offered", False), ("offered", None), ("ignored", True)]
)
async def test_no_chart_unless_asked_and_offered(
    visualization: Visualization,
    chart: bool | None,  # noqa: FBT001 - a parameter of a table
) -> None:
    """Without the wish, or where a workspace takes no notice of it, there is no chart."""
    databricks = Databricks(timing=Timing.instant(), today=TODAY, visualization=visualization)
    async with calling(databricks) as caller:
        assert charts(await caller.answer("revenue by region", chart=chart)) == []


async def test_picture_is_of_a_chart_alone(caller: Caller) -> None:
    """A query, a text or nothing has no picture."""
    message = await caller.answer("revenue by region", chart=True)
    for wrong in (message["attachments"][0]["attachment_id"], "nothing"):
        assert (await picture(caller, message, wrong)).status == 404


async def test_no_picture_before_the_end_nor_of_expired_rows(databricks: Databricks, caller: Caller) -> None:
    """Only a COMPLETED message gives its picture."""
    databricks.turns.add(Turn(statuses=("EXECUTING_QUERY", "ASKING_AI"), end=""))
    running = await caller.until(await caller.ask("revenue by region", chart=True), "ASKING_AI")
    said = await caller.call("GET", f"{query_of(running)}/download-visualization")
    assert (said.status, said.body["error_code"]) == (400, "INVALID_STATE")
    message = await caller.answer("revenue by region", chart=True)
    databricks.expire_result(message["conversation_id"], message["message_id"])
    said = await picture(caller, message, charts(message)[0]["attachment_id"])
    assert (said.status, said.body["error_code"]) == (400, "INVALID_STATE")


async def test_any_words_can_be_drawn(databricks: Databricks, caller: Caller) -> None:
    """Names and titles in any script, with signs of mathematics or nothing at all, are drawn."""
    names = ("\U0001f600", "$x^2$ $", "_under", "")
    rows = " UNION ALL ".join(f"SELECT '{name}' AS name, {n} AS n" for n, name in enumerate(names))
    databricks.turns.add(Turn(sql=f"{rows} UNION ALL SELECT NULL, NULL"))
    message = await caller.answer("売上 in $ and \\frac{", chart=True)
    assert (await picture(caller, message, charts(message)[0]["attachment_id"])).status == 200


async def test_picture_is_drawn_once_and_logged(
    databricks: Databricks, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second request for a picture gives the first one's bytes."""
    message = await caller.answer("revenue by region", chart=True)
    first = await picture(caller, message, charts(message)[0]["attachment_id"])
    monkeypatch.delattr(drawing, "draw")
    second = await picture(caller, message, charts(message)[0]["attachment_id"])
    assert first.body == second.body
    assert [each.kind for each in databricks.request_log].count("visualization") == 2
