"""How sure one can be of an answer: what its tables are, whose they are, and what is said of them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from render import words
from render.answer.actions import EXPLAIN
from sandbox.databricks import Person, Rights
from sandbox.faults import Fault
from tests.stories.answers.clicks.explaining import ask, modal, noted, objects, views
from tests.stories.exports import press
from tests.stories.identity.people import ANA
from tests.stories.identity.signed_in import own_answer, signed_in
from tests.stories.world import ADA, GENIE, SALES, World, company

pytestmark = pytest.mark.redis

CATALOG = "/api/2.1/unity-catalog/*"
CERTIFIED, DEPRECATED = words.explain.CERTIFICATION["certified"], words.explain.CERTIFICATION["deprecated"]
DAN, BUDGETS = "U0DAN00009", "samples.finance.budgets"
SCOPES = "genie sql unity-catalog offline_access openid email profile"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one bot that asks for everybody."""
    async with company(redis_url) as opened:
        await opened.start_bot()
        yield opened


def lines(world: World) -> list[list[dict[str, Any]]]:
    """Return the list of tables in the latest modal, each as the pieces of its line."""
    found = objects(views(world)[-1].content["blocks"])
    titled = [each["elements"] for each in found if each.get("type") == "rich_text"]
    listed = next(parts for parts in titled if parts[0]["elements"][0]["text"] == words.explain.TABLES)
    return [line["elements"] for line in listed[1]["elements"]]


def links(world: World) -> list[str]:
    """Return where the tables lead, those without a link left out."""
    return [piece["url"] for line in lines(world) for piece in line if piece["type"] == "link"]


def table_requests(world: World) -> list[tuple[str, int]]:
    """Return as whom tables were looked up, and how that ended."""
    return [(each.identity, each.status) for each in world.databricks.request_log if each.kind == "table"]


async def look_at_own(world: World, person: str) -> None:
    """Press it below the answer in somebody's direct messages, where it may have to stand in the menu."""
    answer = await own_answer(world, person)
    await press(world, answer, EXPLAIN, person)


async def test_each_table_says_how_sure_it_is(world: World) -> None:
    """In words: certified or deprecated, last altered in the reader's own time, and by whom it is owned."""
    answer = await ask(world)
    sql = (
        "WITH b AS (SELECT * FROM `samples`.`finance`.`budgets`) SELECT * FROM b "
        "JOIN samples.supply.stock JOIN main.hr.`<!here>&` JOIN hr.people JOIN recent"
    )
    noted(world, query=sql)
    await world.slack.click(ADA, SALES, answer.ts, "how")
    text = await modal(world, part=DEPRECATED)
    assert words.explain.ALTERED_NOTE in text
    told = {line[0]["text"]: line for line in lines(world)}
    name, *facts = told["samples.finance.budgets"]
    assert name["type"] == "link"
    assert [piece.get("text") or piece["timestamp"] for piece in facts] == [
        words.explain.IS,
        DEPRECATED,
        words.explain.NEXT + words.explain.LAST_ALTERED,
        1_793_610_000,
        words.explain.NEXT + words.explain.OWNED_BY,
        "finance-data",
    ]
    assert words.explain.SERVICE_PRINCIPAL in {piece.get("text") for piece in told["samples.supply.stock"]}
    assert [len(told[name]) for name in ("main.hr.<!here>&", "hr.people", "recent")] == [1, 1, 1]
    host = f"{world.databricks.url}/explore/data"
    assert sorted(links(world)) == [
        f"{host}/main/hr/%3C%21here%3E%26",
        f"{host}/samples/finance/budgets",
        f"{host}/samples/supply/stock",
    ]


@pytest.mark.slow
async def test_a_slow_catalog_delays_nothing(world: World) -> None:
    """The modal is filled without it and once more when it has spoken; for a while it is not asked again."""
    answer = await ask(world)
    world.databricks.faults.add(Fault(path=CATALOG, delay=2.0))
    await world.slack.click(ADA, SALES, answer.ts, "how")
    assert CERTIFIED not in await modal(world)
    assert links(world) == [f"{world.databricks.url}/explore/data/samples/sales/orders"]
    assert "sales-data" in await modal(world, part=CERTIFIED)
    asked, before = len(table_requests(world)), views(world)[-1].id
    await world.slack.click(ADA, SALES, answer.ts, "how")
    await world.slack.until(lambda: views(world)[-1].id != before)
    assert "sales-data" in await modal(world)
    assert len(table_requests(world)) == asked


@pytest.mark.parametrize("fault", [{"status": 403}, {"malformed": True}])
async def test_a_catalog_that_does_not_tell_leaves_the_links(world: World, fault: dict[str, Any]) -> None:
    """Refused or broken: nobody reads of an error."""
    answer = await ask(world)
    world.databricks.faults.add(Fault(path=CATALOG, times=None, **fault))
    await world.slack.click(ADA, SALES, answer.ts, "how")
    text = await modal(world)
    assert links(world) == [f"{world.databricks.url}/explore/data/samples/sales/orders"]
    assert CERTIFIED not in text
    assert words.explain.FILTERS in text


async def test_each_person_reads_what_the_catalog_tells_that_person(redis_url: str) -> None:
    """Dan may not select from the table and gets its link alone, also after Ana has looked."""
    emails = {ANA: "ana@example.com", DAN: "dan@example.com"}
    people = (
        Person("ana@example.com", "Ana Ribeiro", 1),
        Person("dan@example.com", "Dan Novak", 2, Rights(missing_grant=f"SELECT on Table '{BUDGETS}'")),
    )
    async with signed_in(
        redis_url, emails, databricks={"people": people}, DATABRICKS_OAUTH_SCOPES=SCOPES
    ) as world:
        await world.start_bot()
        for person in (ANA, DAN):
            await world.ask(f"{GENIE} revenue by region", person)
            await own_answer(world, person)
        noted(world, query=f"SELECT * FROM {BUDGETS}")  # noqa: S608 - nobody runs it
        for person in (ANA, DAN):
            await look_at_own(world, person)
            text = await modal(world, person, part=DEPRECATED if person == ANA else words.explain.TABLES)
            assert ("finance-data" in text) == (person == ANA)
            assert links(world) == [f"{world.databricks.url}/explore/data/samples/finance/budgets"]
        assert {*table_requests(world)} == {("ana@example.com", 200), ("dan@example.com", 403)}


@pytest.mark.slow
async def test_a_token_without_the_scope_gets_the_links(redis_url: str) -> None:
    """The scopes that the bot asks for by default do not open the catalog."""
    async with signed_in(redis_url, {ANA: "ana@example.com"}) as world:
        await world.start_bot()
        await world.ask(f"{GENIE} revenue by region", ANA)
        await look_at_own(world, ANA)
        assert CERTIFIED not in await modal(world, ANA)
        assert len(links(world)) == 1
        assert {*table_requests(world)} == {("ana@example.com", 403)}
