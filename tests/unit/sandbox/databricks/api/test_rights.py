"""What people may see: row filters, column masks, missing grants, and conversations of others."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from sandbox.databricks import PEOPLE, Databricks, Person, Rights, Timing, Turn
from tests.unit.genie.databricks_caller import Caller, path_of, query_of
from tests.unit.sandbox.databricks.oauth.app_client import AppClient, app_client

ANA, BEN, CLEO, DAN, EVE = (f"{name}@example.com" for name in ("ana", "ben", "cleo", "dan", "eve"))
TODAY = date(2026, 11, 22)
FAY = Person(
    "fay@example.com", "Fay Ito", 1, Rights(row_filter="region = 'APAC'", masks={"customer": "NULL"})
)


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(
        timing=Timing.instant(), today=TODAY, question_limit=100, people=(*PEOPLE, FAY), chunk_rows=60
    )


@pytest.fixture
async def client(databricks: Databricks) -> AsyncIterator[AppClient]:
    async with app_client(databricks) as client:
        yield client


async def signed_in(client: AppClient, person: str) -> Caller:
    return client.caller((await client.sign_in(person))["access_token"])


async def rows(caller: Caller, message: Any) -> Any:
    said = await finished(caller, f"{query_of(message)}/query-result")
    return said["result"].get("data_array", [])


async def finished(caller: Caller, path: str) -> Any:
    """Look until the statement behind a path has succeeded; give it."""
    async with asyncio.timeout(10):
        while True:
            said = (await caller.call("GET", path)).body["statement_response"]
            if said["status"]["state"] == "SUCCEEDED":
                return said


async def test_people_see_other_rows_by_the_same_question(client: AppClient) -> None:
    """A row filter leaves its rows only, and nothing of the answer hints at more."""
    ana, ben = await signed_in(client, ANA), await signed_in(client, BEN)
    everything = await ana.answer("total revenue by region")
    part = await ben.answer("total revenue by region")
    assert {row[0] for row in await rows(ana, everything)} == {"EMEA", "Americas", "APAC", "LATAM"}
    found = await rows(ben, part)
    assert found == [row for row in await rows(ana, everything) if row[0] == "EMEA"]
    assert "Americas" not in str(part)
    none = await ben.answer("total revenue by country for APAC")
    assert (none["status"], await rows(ben, none)) == ("COMPLETED", [])


async def test_every_form_of_a_result_obeys(client: AppClient) -> None:
    """A re-run, a further chunk and an export hold the rows of who asked."""
    ben = await signed_in(client, BEN)
    message = await ben.answer("revenue by customer")
    query = query_of(message)
    count = message["attachments"][0]["query"]["query_result_metadata"]["row_count"]
    assert 60 < count < 120
    await ben.call("POST", f"{query}/execute-query", {})
    again = await finished(ben, f"{query}/query-result")
    assert again["manifest"]["total_row_count"] == count
    chunk = f"/api/2.0/sql/statements/{again['statement_id']}/result/chunks/1"
    assert len((await ben.call("GET", chunk)).body["data_array"]) == count - 60
    started = (await ben.call("POST", f"{query}/downloads", {})).body
    signature = f"download_id_signature={started['download_id_signature']}"
    export = await finished(ben, f"{query}/downloads/{started['download_id']}?{signature}")
    assert export["manifest"]["total_row_count"] == count


async def test_masked_column_shows_no_value(client: AppClient) -> None:
    """A mask stands in the place of each value, so that groups of it become one; filters see it, too."""
    ana, cleo = await signed_in(client, ANA), await signed_in(client, CLEO)
    assert len(await rows(ana, await ana.answer("revenue by region and customer"))) > 4
    found = await rows(cleo, await cleo.answer("revenue by customer"))
    assert [row[0] for row in found] == ["REDACTED"]
    total = await rows(cleo, await cleo.answer("total revenue"))
    assert found[0][1] == total[0][0]


async def test_rights_hold_in_any_query(databricks: Databricks, client: AppClient) -> None:
    """Aliases, joins, subqueries and other spellings of the table lead to the same rows."""
    fay = await signed_in(client, FAY.email)
    for query in (
        "SELECT DISTINCT region, customer FROM T",
        "SELECT DISTINCT orders.region, orders.customer FROM T",
        "SELECT DISTINCT o.region, p.customer FROM T AS o JOIN T AS p ON o.order_id = p.order_id",
        "WITH orders AS (SELECT * FROM T) SELECT DISTINCT region, customer FROM orders",
        "SELECT region, (SELECT MAX(customer) FROM T) AS c FROM T GROUP BY region",
    ):
        databricks.turns.add(Turn(sql=query.replace(" T", " `SAMPLES`.sales.`Orders`")))
        assert await rows(fay, await fay.answer("anything")) == [["APAC", None]], query


async def test_missing_grant_is_named(client: AppClient) -> None:
    """Without SELECT the statement fails in Databricks' words, and so does the message."""
    dan = await signed_in(client, DAN)
    message = await dan.answer("total revenue")
    assert message["status"] == "FAILED"
    assert message["error"] == {
        "type": "SQL_EXECUTION_EXCEPTION",
        "error": "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\n"
        "User does not have SELECT on Table 'samples.sales.orders'. SQLSTATE: 42501",
    }
    assert "row_count" not in str(message)
    assert (await dan.answer("help"))["status"] == "COMPLETED"


async def test_space_needs_can_run(databricks: Databricks, client: AppClient) -> None:
    """Without CAN RUN a space is in no list, and everything below it is 403."""
    eve = await signed_in(client, EVE)
    assert (await eve.call("GET", "/api/2.0/genie/spaces")).body["spaces"] == []
    for method, path in (("GET", eve.space), ("POST", "start-conversation"), ("GET", "conversations")):
        said = await eve.call(method, path, {"content": "total revenue"} if method == "POST" else None)
        assert (said.status, said.body["error_code"]) == (403, "PERMISSION_DENIED")
    assert databricks.questions()[0].message_id == ""


async def test_conversation_of_another_person_is_closed(databricks: Databricks, client: AppClient) -> None:
    """One person can neither read, continue, rate, re-run, export nor delete what another asked."""
    ana, ben = await signed_in(client, ANA), await signed_in(client, BEN)
    message = await ana.answer("total revenue by region", chart=True)
    path, query = path_of(message), query_of(message)
    conversation = f"conversations/{message['conversation_id']}"
    calls = [
        ("GET", path),
        ("GET", f"{conversation}/messages"),
        ("POST", f"{conversation}/messages"),
        ("GET", f"{query}/query-result"),
        ("POST", f"{query}/execute-query"),
        ("POST", f"{query}/downloads"),
        ("GET", f"{query}/download-visualization"),
        ("POST", f"{path}/feedback"),
        ("POST", f"{path}/comments"),
        ("DELETE", path),
        ("DELETE", conversation),
    ]
    for method, each in calls:
        body = {"content": "by month?", "rating": "POSITIVE"} if method == "POST" else None
        assert (await ben.call(method, each, body)).status == 403, each
    statement = message["attachments"][0]["query"]["statement_id"]
    chunk = f"/api/2.0/sql/statements/{statement}/result/chunks/0"
    assert (await ben.call("GET", chunk)).status == 404
    assert (await ana.call("GET", chunk)).status == 200
    kept = [each for each in databricks.request_log if each.kind == "chunk"]
    assert [each.identity for each in kept] == [BEN, ANA]
    assert {each.conversation_id for each in kept} == {message["conversation_id"]}
    assert (await ben.call("GET", "conversations")).body["conversations"] == []
