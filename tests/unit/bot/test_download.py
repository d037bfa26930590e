"""A full result from Genie's export to a file, in each form and within bounds."""

import asyncio
import csv
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

import aiohttp
import pytest

from bot.jobs.export import download
from bot.jobs.export.download import ExportTooLarge, ExportUnavailable, download_result
from bot.jobs.export.write_rows import write_file
from genie.client import Genie
from genie.errors import Malformed
from genie.http.auth import PersonalToken
from genie.model import MessageRef, Query
from genie.protocol.answer import select_answer
from render.files.written import Written
from sandbox.databricks.api.exports import Exports
from sandbox.databricks.api.result_json import Json
from sandbox.databricks.genie.timing import Timing, Turn, Turns
from sandbox.databricks.server import Databricks
from sandbox.faults import Fault

SQL = "SELECT id, CASE WHEN id < 1 THEN NULL ELSE '=1+1' END AS text FROM range(2500) AS t(id)"


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "PAUSE_SECONDS", 0.01)


def running(body: Json) -> Json:
    """Notify that the query has not ended."""
    return {"statement_id": body["statement_id"], "status": {"state": "RUNNING"}}


def foreign(body: Json) -> Json:
    """Notify that the rows are in a form that is no text."""
    return body | ({"manifest": body["manifest"] | {"format": "ARROW_STREAM"}} if "manifest" in body else {})


@asynccontextmanager
async def asked(exports: Exports, turn: Turn) -> AsyncIterator[tuple[Genie, MessageRef, Query, Databricks]]:
    """Ask a question and wait for its end."""
    async with (
        Databricks(exports=exports, timing=Timing.instant(), turns=Turns(turn)) as data,
        aiohttp.ClientSession() as http,
    ):
        genie = Genie(http, data.url, PersonalToken(data.token))
        ref = await genie.ask(data.space_id, "everything")
        async with asyncio.timeout(10):
            while not (message := await genie.message(ref)).final:  # noqa: ASYNC110 - Genie tells nobody
                await asyncio.sleep(0.01)
        query = select_answer(message).query
        assert query
        yield genie, ref, query, data


@pytest.mark.parametrize("form", ["CSV", "JSON_ARRAY"])
@pytest.mark.parametrize("all_links", [True, False])
async def test_every_part_comes_in_order(
    form: Literal["CSV", "JSON_ARRAY"], tmp_path: Path, *, all_links: bool
) -> None:
    """Whatever the form and however its links are told; cells are safe, and the parts go as they are read."""
    exports = Exports(form, chunk_rows=1000, all_links=all_links)
    async with asked(exports, Turn(sql=SQL)) as (genie, ref, query, _):
        found = await download_result(genie, ref, query, tmp_path)
    assert len(found.parts) == 3
    assert write_file(found, tmp_path / "a.csv") == Written(2500, 2, whole=True)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:3] == [["id", "text"], ["0", ""], ["1", "'=1+1"]]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(2500)]
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def started(data: Databricks) -> int:
    """Count how often the query was run for an export."""
    return sum(record.path.endswith("/downloads") for record in data.request_log)


def fetched(data: Databricks) -> list[str]:
    """Return the parts that were asked for, in order."""
    return [record.path[-1] for record in data.request_log if record.path.startswith("/exports/")]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path="/exports/*/1", status=403),
        Fault(path="/exports/*/1", status=503),
        Fault(path="/exports/*/1", drop=True),
    ],
)
async def test_what_breaks_off_goes_on_where_it_did(fault: Fault, tmp_path: Path) -> None:
    """With new links for the same result: the query runs once, and no part is fetched again."""
    async with asked(Exports(chunk_rows=1000), Turn(sql=SQL)) as (genie, ref, query, data):
        data.faults.add(fault)
        found = await download_result(genie, ref, query, tmp_path)
        assert started(data) == 1
        assert fetched(data).count("0") == fetched(data).count("2") == 1
    assert write_file(found, tmp_path / "a.csv") == Written(2500, 2, whole=True)


@pytest.mark.parametrize(("times", "ends"), [(2, True), (None, False)])
async def test_a_result_whose_new_links_do_no_better_is_made_anew_once(
    tmp_path: Path, times: int | None, *, ends: bool
) -> None:
    """The storage has let go of it; a third run of the query would cost the warehouse for nothing."""
    async with asked(Exports(chunk_rows=1000), Turn(sql=SQL)) as (genie, ref, query, data):
        data.faults.add(Fault(path="/exports/*/1", status=403, times=times))
        if ends:
            assert (
                write_file(await download_result(genie, ref, query, tmp_path), tmp_path / "a.csv").rows
                == 2500
            )
        else:
            with pytest.raises(ExportUnavailable):
                await download_result(genie, ref, query, tmp_path)
        assert started(data) == 2


async def test_an_export_that_does_not_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not started again, where it would not end either."""
    monkeypatch.setattr("genie.calls.exports._TIMEOUT_SECONDS", 0.3)
    monkeypatch.setattr(download, "WITHIN_SECONDS", 0.5)
    async with asked(Exports(), Turn(sql=SQL, export=running)) as (genie, ref, query, data):
        with pytest.raises(ExportUnavailable):
            await download_result(genie, ref, query, tmp_path)
        assert started(data) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path="/exports/*/1", status=200, body="<html>\n<p>Sign in, please\n</html>\n"),
        Fault(path="/exports/*/1", status=200, body=""),
        Fault(path="/exports/*/1", status=200, body="1,a\r\n2,b\r\n"),
        Fault(path="/exports/*/1", status=200, body="\x1f\x8b\x08\x00\n\x00"),
    ],
)
async def test_a_part_that_is_none_makes_no_file(fault: Fault, tmp_path: Path) -> None:
    """Another page, or fewer rows than Databricks counts, must not pass for the result."""
    async with asked(Exports(chunk_rows=1000), Turn(sql=SQL)) as (genie, ref, query, data):
        data.faults.add(fault)
        found = await download_result(genie, ref, query, tmp_path)
    for name in ("a.csv", "a.xlsx"):
        with pytest.raises(Malformed):
            write_file(replace(found, parts=copied(found.parts)), tmp_path / name)


def copied(parts: tuple[Path, ...]) -> tuple[Path, ...]:
    """Copy parts, which are gone once they were read."""
    return tuple(Path(shutil.copy(part, part.with_suffix(".copy"))) for part in parts)


@pytest.mark.parametrize("told", [True, False])
async def test_a_result_that_is_too_large_is_not_carried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, told: bool
) -> None:
    """Where the export tells its size nothing is downloaded, else no more than the bound."""
    monkeypatch.setattr(download, "MAX_BYTES", 1_000)

    def silent(body: Json) -> Json:
        links = body.get("result", {}).get("external_links", [])
        for link in links:
            del link["byte_count"]
        return body

    turn = Turn(sql=SQL) if told else Turn(sql=SQL, export=silent)
    async with asked(Exports(), turn) as (genie, ref, query, data):
        with pytest.raises(ExportTooLarge):
            await download_result(genie, ref, query, tmp_path)
        assert any(record.path.startswith("/exports/") for record in data.request_log) is not told
    assert sum(each.stat().st_size for each in tmp_path.iterdir()) <= 1_000


async def test_a_form_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """The rows at hand come then."""
    async with asked(Exports(), Turn(sql=SQL, export=foreign)) as (genie, ref, query, data):
        with pytest.raises(ExportUnavailable):
            await download_result(genie, ref, query, tmp_path)
        assert started(data) == 1
