"""A full result is exported: started once, waited for, and found behind links that nobody else sees."""

import logging
from typing import Any

import pytest

from genie.client import Genie
from genie.errors import BadRequest, GenieError, Malformed, StatementFailed, Unavailable
from genie.model import Column, MessageRef, Query
from genie.protocol.links import Export, ExternalLink
from tests.unit.genie.genie_server import DROP, GenieServer, Say, payload

REF = MessageRef("s", "c", "m")
QUERY = Query("a1", sql="SELECT 1")
DOWNLOADS = "/api/2.0/genie/spaces/s/conversations/c/messages/m/attachments/a1/downloads"
START = f"POST {DOWNLOADS}"
POLL = f"GET {DOWNLOADS}/01f1a2ba-d0bb-1c2d-9e3f-4a5b6c7d8e9f"
CHUNK = "GET /api/2.0/sql/statements/st/result/chunks/"
STARTED = Say(payload("export_started"))
PENDING = Say(payload("result_pending"))


def result(*links: dict[str, Any], total: int | None = None, **parts: Any) -> Say:
    """Return an export that is ready, with these links."""
    manifest = {"format": "CSV", "total_row_count": total, **parts.pop("manifest", {})}
    return Say(
        {
            "statement_response": {
                "statement_id": "st",
                "status": {"state": "SUCCEEDED"},
                "manifest": manifest,
                "result": {"external_links": list(links), **parts},
            }
        }
    )


def link(number: int, **more: Any) -> dict[str, Any]:
    return {
        "external_link": f"https://storage.example/{number}",
        "chunk_index": number,
        "row_count": 1,
    } | more


def numbers(export: Export) -> list[int | None]:
    return [each.chunk_index for each in export.links]


async def exported(genie: Genie) -> Export:
    """Start an export and wait for it."""
    return await genie.export(REF, QUERY, await genie.start_export(REF, QUERY))


async def test_an_export_is_started_once_and_waited_for(server: GenieServer, genie: Genie) -> None:
    """With the signature that its start gave."""
    server.on(START, STARTED)
    server.on(POLL, PENDING, Say(status=503), Say(payload("export")))
    export = await exported(genie)
    assert export == Export(
        format="CSV",
        columns=(Column("region", "STRING", "STRING"),),
        total_rows=180_000,
        links=(
            ExternalLink(
                url="https://storage.example.com/signed",
                headers={"x-example-key": "secret"},
                expires_at=1795342500.0,
                chunk_index=0,
                row_offset=0,
                row_count=180_000,
                byte_count=5_200_133,
            ),
        ),
    )
    assert (server.count(START), server.seen[0].json) == (1, {})
    assert {seen.query["download_id_signature"] for seen in server.seen[1:]} == {"header.payload.signature"}


async def test_what_opens_an_export_is_in_no_log(
    server: GenieServer, genie: Genie, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither link nor headers nor signature are in a repr, an error or a log."""
    server.on(START, STARTED)
    server.on(POLL, Say(status=503), Say(payload("export")))
    with caplog.at_level(logging.DEBUG):
        export = await exported(genie)
        server.on(POLL, Say(status=403))
        with pytest.raises(GenieError) as raised:
            await exported(genie)
    shown = f"{export!r} {raised.value!r} {caplog.text} {[vars(record) for record in caplog.records]}"
    for secret in ("storage.example.com", "x-example-key", "secret", "payload.signature"):
        assert secret not in shown


@pytest.mark.parametrize("fate", [DROP, Say(status=500), Say(body=b"{")], ids=["dropped", "500", "cut off"])
async def test_an_export_of_unknown_fate_is_not_started_again(
    fate: Say, server: GenieServer, genie: Genie
) -> None:
    """Nobody knows its id, and the warehouse may be at it: whether to begin anew is the caller's."""
    server.on(START, fate)
    with pytest.raises(Unavailable):
        await exported(genie)
    assert server.count(START) == 1


async def test_a_start_without_an_id_is_not_believed(server: GenieServer, genie: Genie) -> None:
    """There would be nothing to look at."""
    server.on(START, Say({"download_id_signature": "x"}))
    with pytest.raises(GenieError):
        await exported(genie)


async def test_an_export_whose_sql_fails_says_so(server: GenieServer, genie: Genie) -> None:
    """The SQL runs again, and it may fail this time."""
    server.on(START, STARTED)
    server.on(POLL, PENDING, Say(payload("result_failed")))
    with pytest.raises(StatementFailed) as raised:
        await exported(genie)
    assert raised.value.sql_state == "22012"


async def test_an_export_that_does_not_end_is_left(
    server: GenieServer, genie: Genie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wait has a bound."""
    monkeypatch.setattr("genie.calls.exports._TIMEOUT_SECONDS", 0.4)
    server.on(START, STARTED)
    server.on(POLL, PENDING)
    with pytest.raises(Unavailable):
        await exported(genie)


async def test_a_query_without_id_has_no_export(server: GenieServer, genie: Genie) -> None:
    """The preview had none, and there is no address for it."""
    with pytest.raises(BadRequest):
        await genie.start_export(REF, Query(None))
    assert server.seen == []


async def test_links_of_further_chunks_are_collected(server: GenieServer, genie: Genie) -> None:
    """Whether the next one is named by the result, by its last link, or by the number of chunks."""
    server.on(START, STARTED)
    server.on(POLL, result(link(0), total=4, next_chunk_index=1, manifest={"total_chunk_count": 4}))
    server.on(CHUNK + "1", Say({"external_links": [link(1), link(2, next_chunk_index=3)]}))
    server.on(CHUNK + "3", Say({"external_links": [link(3)]}))
    export = await exported(genie)
    assert (numbers(export), export.truncated) == ([0, 1, 2, 3], False)


async def test_all_links_in_one_reply_need_no_more(server: GenieServer, genie: Genie) -> None:
    """The number of chunks counts those that are here already."""
    server.on(START, STARTED)
    server.on(POLL, result(link(0), link(1), total=2, manifest={"total_chunk_count": 2}))
    assert numbers(await exported(genie)) == [0, 1]
    assert len(server.seen) == 2


async def test_further_links_come_from_the_workspace_alone(server: GenieServer, genie: Genie) -> None:
    """A link that leads away is replaced by the chunk's number; our token goes nowhere else."""
    server.on(START, STARTED)
    server.on(
        POLL,
        result(link(0, next_chunk_index=1, next_chunk_internal_link="https://evil.example/x"), total=2),
    )
    server.on(CHUNK + "1", Say({"external_links": [link(1)]}))
    assert numbers(await exported(genie)) == [0, 1]


@pytest.mark.parametrize(
    "later",
    [Say(status=403), Say({"external_links": [link(1, next_chunk_index=1)]}), Say({}), Say(body=b"x")],
    ids=["refused", "circle", "empty", "garbage"],
)
async def test_a_part_that_is_missing_is_said(later: Say, server: GenieServer, genie: Genie) -> None:
    """Some of the rows, marked as not all."""
    server.on(START, STARTED)
    server.on(POLL, result(link(0), total=3, next_chunk_index=1))
    server.on(CHUNK + "1", later)
    assert (await exported(genie)).truncated
    assert server.count(CHUNK + "1") < 5


@pytest.mark.parametrize(
    ("links", "total", "truncated"),
    [([], 0, False), ([], 9, True), ([link(0, row_count=None)], 9, False), ([link(0)], None, False)],
    ids=["empty", "nothing behind links", "uncounted", "unknown"],
)
async def test_an_export_counts_its_rows(
    links: list[dict[str, Any]], total: int | None, *, truncated: bool, server: GenieServer, genie: Genie
) -> None:
    """Rows that are behind no link are missing, as far as anybody counts."""
    server.on(START, STARTED)
    server.on(POLL, result(*links, total=total))
    export = await exported(genie)
    assert (len(export.links), export.truncated) == (len(links), truncated)


@pytest.mark.parametrize("when", ["", "soon", None, 7, "2026-13-01T00:00:00Z"])
async def test_an_end_that_nobody_understands_is_none(
    when: object, server: GenieServer, genie: Genie
) -> None:
    """The storage will say when it is over."""
    server.on(START, STARTED)
    server.on(POLL, result(link(0, expiration=when, http_headers=None), total=1))
    (found,) = (await exported(genie)).links
    assert (found.expires_at, found.headers) == (None, {})


async def test_an_export_that_is_no_statement_is_malformed(server: GenieServer, genie: Genie) -> None:
    """A state at the top is not where it belongs."""
    server.on(START, STARTED)
    server.on(POLL, Say({"status": {"state": "SUCCEEDED"}}))
    with pytest.raises(Malformed):
        await exported(genie)
