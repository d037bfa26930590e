"""A full result from Genie's export to a file, in each form and within bounds."""

import asyncio
import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import aiohttp
import pytest

from bot import collecting
from bot.collecting import TooLarge, collect
from bot.file_making import make
from genie.auth import PersonalToken
from genie.choosing import choose
from genie.client import Genie
from genie.errors import LinkExpired, Malformed
from genie.model import MessageRef, Query
from render.words_files import Written
from sandbox.databricks.exports import Exports
from sandbox.databricks.pace import Pace, Turn, Turns
from sandbox.databricks.server import Databricks
from sandbox.databricks.wire_rows import Json
from sandbox.faults import Fault

SQL = "SELECT id, CASE WHEN id < 1 THEN NULL ELSE '=1+1' END AS text FROM range(2500) AS t(id)"


def foreign(body: Json) -> Json:
    """Say that the rows are in a form that is no text."""
    return body | ({"manifest": body["manifest"] | {"format": "ARROW_STREAM"}} if "manifest" in body else {})


@asynccontextmanager
async def asked(exports: Exports, turn: Turn) -> AsyncIterator[tuple[Genie, MessageRef, Query, Databricks]]:
    """Ask a question and wait for its end."""
    async with (
        Databricks(exports=exports, pace=Pace.instant(), turns=Turns(turn)) as data,
        aiohttp.ClientSession() as http,
    ):
        genie = Genie(http, data.url, PersonalToken(data.token))
        ref = await genie.ask(data.space_id, "everything")
        async with asyncio.timeout(10):
            while not (message := await genie.message(ref)).final:  # noqa: ASYNC110 - Genie tells nobody
                await asyncio.sleep(0.01)
        query = choose(message).query
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
        found = await collect(genie, ref, query, tmp_path)
    assert len(found.parts) == 3
    assert make(found, tmp_path / "a.csv") == Written(2500, 2, whole=True)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:3] == [["id", "text"], ["0", ""], ["1", "'=1+1"]]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(2500)]
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


async def test_links_that_expire_are_fetched_anew_once(tmp_path: Path) -> None:
    """A second time would cost the warehouse for nothing."""
    async with asked(Exports(), Turn(sql=SQL)) as (genie, ref, query, data):
        data.faults.add(Fault(path="/exports/*", status=403, times=3))
        with pytest.raises(LinkExpired):
            await collect(genie, ref, query, tmp_path)
        assert len((await collect(genie, ref, query, tmp_path)).parts) == 1
        assert sum(record.path.endswith("/downloads") for record in data.journal) == 4


@pytest.mark.parametrize("told", [True, False])
async def test_a_result_that_is_too_large_is_not_carried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, told: bool
) -> None:
    """Where the export tells its size nothing is downloaded, else no more than the bound."""
    monkeypatch.setattr(collecting, "LARGEST", 1_000)

    def silent(body: Json) -> Json:
        links = body.get("result", {}).get("external_links", [])
        for link in links:
            del link["byte_count"]
        return body

    turn = Turn(sql=SQL) if told else Turn(sql=SQL, export=silent)
    async with asked(Exports(), turn) as (genie, ref, query, data):
        with pytest.raises(TooLarge):
            await collect(genie, ref, query, tmp_path)
        assert any(record.path.startswith("/exports/") for record in data.journal) is not told
    assert sum(each.stat().st_size for each in tmp_path.iterdir()) <= 1_000


async def test_a_form_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """The rows at hand come then."""
    async with asked(Exports(), Turn(sql=SQL, export=foreign)) as (genie, ref, query, _):
        with pytest.raises(Malformed):
            await collect(genie, ref, query, tmp_path)
