"""Rows: waited for, run again when they are gone, and collected over all chunks."""

from typing import Any

import pytest

from genie.client import Genie
from genie.errors import NotFound, StatementFailed, Unavailable
from genie.model import MessageRef, Query
from genie.protocol.requests import next_chunk
from tests.unit.genie.genie_server import DROP, GenieServer, Say, payload

REF = MessageRef("s", "c", "m")
QUERY = Query("a1", sql="SELECT 1")
PLACE = "/api/2.0/genie/spaces/s/conversations/c/messages/m/attachments/a1"
RESULT, EXECUTE = f"GET {PLACE}/query-result", f"POST {PLACE}/execute-query"
DONE = Say(payload("result_one_chunk"))
PENDING = Say(payload("result_pending"))
CLOSED, EXPIRED = (Say({"statement_response": {"status": {"state": each}}}) for each in ("CLOSED", "EXPIRED"))
CHUNK = "GET /api/2.0/sql/statements/st/result/chunks/"


def first_chunk(**result: Any) -> Say:
    """Return a result of three rows of which this reply holds the first."""
    return Say(
        {
            "statement_response": {
                "statement_id": "st",
                "status": {"state": "SUCCEEDED"},
                "manifest": {"schema": {"columns": [{"name": "n"}]}, "total_row_count": 3},
                "result": {"data_array": [["1"]], **result},
            }
        }
    )


async def test_rows_are_waited_for(server: GenieServer, genie: Genie) -> None:
    """The statement behind a finished message may still be running."""
    server.on(RESULT, PENDING, DONE)
    table = await genie.rows(REF, QUERY)
    assert table.rows[0] == ("EMEA", "41200345.10")
    assert not table.incomplete


@pytest.mark.parametrize("state", ["RUNNING", "BRAND_NEW"])
async def test_a_statement_that_does_not_end_is_left(
    state: str, server: GenieServer, genie: Genie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wait ends, also for a state that nobody knows."""
    monkeypatch.setattr("genie.calls.rows._TIMEOUT_SECONDS", 0.5)
    server.on(RESULT, Say({"statement_response": {"status": {"state": state}}}))
    with pytest.raises(Unavailable):
        await genie.rows(REF, QUERY)


async def test_a_query_without_id_has_its_rows_at_the_message(server: GenieServer, genie: Genie) -> None:
    """The old address, and the old form of rows."""
    server.on(f"GET {PLACE.removesuffix('/attachments/a1')}/query-result", Say(payload("result_preview")))
    table = await genie.rows(REF, Query(None))
    assert (table.rows, table.run_again) == ((("EMEA",), (None,)), False)


@pytest.mark.parametrize(
    "gone",
    [CLOSED, EXPIRED, Say(payload("error_gone"), 404), Say(status=410)],
    ids=["closed", "expired", "404", "410"],
)
async def test_a_result_that_is_gone_is_run_again_once(gone: Say, server: GenieServer, genie: Genie) -> None:
    """The same SQL, without asking a question."""
    server.on(RESULT, gone, PENDING, DONE)
    server.on(EXECUTE, PENDING)
    assert len((await genie.rows(REF, QUERY)).rows) == 4
    assert [seen.method for seen in server.seen] == ["GET", "POST", "GET", "GET"]


async def test_an_expired_message_is_run_again_first(server: GenieServer, genie: Genie) -> None:
    """Genie already said that the rows are gone."""
    server.on(RESULT, DONE)
    server.on(EXECUTE, PENDING)
    assert (await genie.rows(REF, QUERY, expired=True)).run_again
    assert [seen.method for seen in server.seen] == ["POST", "GET"]


async def test_a_run_whose_reply_is_lost_is_looked_for(server: GenieServer, genie: Genie) -> None:
    """It may have started: it is not started twice."""
    server.on(RESULT, DONE)
    server.on(EXECUTE, DROP)
    assert len((await genie.rows(REF, QUERY, expired=True)).rows) == 4
    assert server.count(EXECUTE) == 1


@pytest.mark.parametrize(
    ("gone", "error"), [(CLOSED, StatementFailed), (Say(status=404), NotFound)], ids=["closed", "404"]
)
async def test_a_result_that_stays_gone_is_an_error(
    gone: Say, error: type[Exception], server: GenieServer, genie: Genie
) -> None:
    """One more run, not a loop."""
    server.on(RESULT, gone)
    server.on(EXECUTE, PENDING)
    with pytest.raises(error):
        await genie.rows(REF, QUERY)
    assert server.count(EXECUTE) == 1


async def test_failed_sql_is_told_with_its_state(server: GenieServer, genie: Genie) -> None:
    """No second run: it would fail again."""
    server.on(RESULT, Say(payload("result_failed")))
    with pytest.raises(StatementFailed) as raised:
        await genie.rows(REF, QUERY)
    assert (raised.value.state, raised.value.sql_state) == ("FAILED", "22012")
    assert server.count(EXECUTE) == 0


async def test_chunks_are_followed_by_number(server: GenieServer, genie: Genie) -> None:
    """Until there is no next one."""
    server.on(RESULT, first_chunk(next_chunk_index=1))
    server.on(CHUNK + "1", Say({"data_array": [["2"]], "next_chunk_index": 2}))
    server.on(CHUNK + "2", Say({"data_array": [["3"]]}))
    table = await genie.rows(REF, QUERY)
    assert (table.rows, table.incomplete) == ((("1",), ("2",), ("3",)), False)


async def test_chunks_are_followed_by_the_servers_link(server: GenieServer, genie: Genie) -> None:
    """A path on the workspace's own host, query and all."""
    server.on(
        RESULT, first_chunk(next_chunk_internal_link="/api/2.0/sql/x%20y/chunks/1?row_offset=2&a=%26+b")
    )
    server.on("GET /api/2.0/sql/x%20y/chunks/1", Say({"data_array": [["2"], ["3"]]}))
    assert len((await genie.rows(REF, QUERY)).rows) == 3
    assert server.seen[-1].query == {"row_offset": "2", "a": "& b"}


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/api/2.0/sql/1",
        "//evil.example/api/2.0/1",
        "/\\evil.example",
        "/api/2.0/../../oidc/x",
        "/api/2.0/%2e%2e/x",
        "/api/2.0//evil",
        "@evil.example/",
        ".evil.example/api/2.0/x",
    ],
)
async def test_a_link_that_leads_away_is_not_followed(link: str, server: GenieServer, genie: Genie) -> None:
    """The chunk is fetched by its number instead; our token goes nowhere else."""
    server.on(RESULT, first_chunk(next_chunk_index=1, next_chunk_internal_link=link))
    server.on(CHUNK + "1", Say({"data_array": [["2"], ["3"]]}))
    assert len((await genie.rows(REF, QUERY)).rows) == 3
    assert f"GET {server.seen[-1].path}" == CHUNK + "1"


@pytest.mark.parametrize("failure", [Say(status=403), Say({"data_array": [1]}), Say(body=b"x")])
async def test_a_later_chunk_that_fails_leaves_the_rows_before_it(
    failure: Say, server: GenieServer, genie: Genie
) -> None:
    """Some rows, marked as not all."""
    server.on(RESULT, first_chunk(next_chunk_index=1))
    server.on(CHUNK + "1", failure)
    table = await genie.rows(REF, QUERY)
    assert (table.rows, table.truncated) == ((("1",),), True)


async def test_chunks_that_go_in_a_circle_end(server: GenieServer, genie: Genie) -> None:
    """The same chunk is not fetched twice."""
    server.on(RESULT, first_chunk(next_chunk_index=1))
    server.on(CHUNK + "1", Say({"data_array": [["2"]], "next_chunk_index": 1}))
    table = await genie.rows(REF, QUERY)
    assert (len(table.rows), table.truncated) == (2, True)


def test_a_link_is_not_shown() -> None:
    """It may hold a signature, and requests end up in tracebacks."""
    request = next_chunk("st", 1, "/api/2.0/sql/statements/st/result/chunks/1?signature=secret")
    assert request is not None
    assert "secret" in request.path
    assert "secret" not in repr(request)


async def test_a_next_chunk_that_is_the_first_is_a_circle(server: GenieServer, genie: Genie) -> None:
    """The first rows do not come twice."""
    server.on(RESULT, first_chunk(next_chunk_index=0))
    table = await genie.rows(REF, QUERY)
    assert (len(table.rows), table.truncated, len(server.seen)) == (1, True, 1)


async def test_the_querys_own_statement_stands_in_for_a_missing_one(
    server: GenieServer, genie: Genie
) -> None:
    """The attachment names its statement too."""
    body = first_chunk(next_chunk_index=1).json
    del body["statement_response"]["statement_id"]
    server.on(RESULT, Say(body))
    server.on(CHUNK + "1", Say({"data_array": [["2"], ["3"]]}))
    assert len((await genie.rows(REF, Query("a1", statement_id="st"))).rows) == 3


async def test_a_next_chunk_that_has_no_address_is_said(server: GenieServer, genie: Genie) -> None:
    """More rows exist, and nobody says where."""
    server.on(RESULT, first_chunk(next_chunk_internal_link="https://evil.example/x"))
    assert (await genie.rows(REF, QUERY)).truncated


async def test_no_more_chunks_than_rows_are_wanted(server: GenieServer, genie: Genie) -> None:
    """At 5,000 rows the rest is left where it is."""
    server.on(RESULT, first_chunk(data_array=[["x"]] * 5_000, next_chunk_index=1))
    table = await genie.rows(REF, QUERY)
    assert (len(table.rows), table.truncated, len(server.seen)) == (5_000, True, 1)


async def test_genies_own_truncation_is_kept(server: GenieServer, genie: Genie) -> None:
    """Either of its two flags is enough."""
    server.on(RESULT, DONE)
    assert (await genie.rows(REF, Query("a1", truncated=True))).truncated
