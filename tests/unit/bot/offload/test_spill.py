"""Large results pass by the bot in files, and are the same as if they had not."""

import asyncio
import gc
import pickle
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.offload.executor import Executor
from bot.offload.scratch import ScratchDir, open_scratch_dir
from bot.offload.spill import SpillBackend
from genie.client import Genie
from genie.errors import Malformed
from genie.http import read_reply
from genie.http.auth import PersonalToken
from genie.model import MessageRef, Query, Table
from genie.protocol.answer import select_answer
from genie.protocol.spilled_rows import SpilledRows
from sandbox.databricks.genie.timing import Timing, Turn, Turns
from sandbox.databricks.server import Databricks
from sandbox.faults import Fault

SQL = "SELECT id, CASE WHEN id % 3 = 0 THEN NULL ELSE repeat('ü', 20) END AS text FROM range(2500) AS t(id)"
ROWS = tuple((str(at), None if at % 3 == 0 else "ü" * 20) for at in range(2500))


@pytest.fixture
async def files(tmp_path: Path) -> AsyncIterator[ScratchDir]:
    async with open_scratch_dir(tmp_path / "bot" / "files") as opened:
        yield opened


@pytest.fixture
async def executor() -> AsyncIterator[Executor]:
    async with Executor() as ready:
        yield ready


@pytest.fixture
async def asked(
    executor: Executor, files: ScratchDir, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Genie, MessageRef, Query, Databricks]]:
    """Ask a question whose first chunks are large, and the last one is small."""
    monkeypatch.setattr(read_reply, "LARGE_FROM_BYTES", 60_000)
    turns = Turns(Turn(sql=SQL))
    async with (
        Databricks(timing=Timing.instant(), turns=turns, chunk_rows=1000) as data,
        aiohttp.ClientSession() as http,
    ):
        genie = Genie(http, data.url, PersonalToken(data.token), large=SpillBackend(executor, files))
        ref = await genie.ask(data.space_id, "everything")
        async with asyncio.timeout(10):
            while not (message := await genie.message(ref)).final:  # noqa: ASYNC110 - Genie tells nobody
                await asyncio.sleep(0.01)
        query = select_answer(message).query
        assert query
        yield genie, ref, query, data


def left(folder: Path) -> list[Path]:
    gc.collect()
    return [each for each in folder.rglob("*") if each.is_file() and each.name != "lock"]


def summed(table: Table) -> int:
    return sum(int(row[0] or 0) for row in table.rows)


async def test_rows_are_read_where_they_are_wanted(
    asked: tuple[Genie, MessageRef, Query, Databricks], executor: Executor, tmp_path: Path
) -> None:
    """The bot passes names of files on; the rows of all chunks are there, and the files go with the table."""
    genie, ref, query, _ = asked
    table = await genie.rows(ref, query)
    assert isinstance(table.rows, SpilledRows)
    assert len(pickle.dumps(table)) < 50_000
    assert await executor.run(summed, table) == sum(range(2500))
    assert (len(table.rows), tuple(table.rows), table.rows[7], table.rows[-1:]) == (
        2500,
        ROWS,
        ROWS[7],
        ROWS[-1:],
    )
    assert len(left(tmp_path)) == 2
    del table
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(path="*/query-result", malformed=True, times=None), Malformed),
        (Fault(path="*/query-result", status=500, times=None), Exception),
    ],
)
async def test_a_failure_leaves_no_file(
    asked: tuple[Genie, MessageRef, Query, Databricks],
    fault: Fault,
    error: type[Exception],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half of a reply is an error as ever."""
    genie, ref, query, data = asked
    data.faults.add(fault)
    object.__setattr__(genie._transport.timeouts, "read", 1.5)
    with pytest.raises(error):
        await genie.rows(ref, query)
    assert left(tmp_path) == []


async def test_without_the_executor_they_are_decoded_here(
    asked: tuple[Genie, MessageRef, Query, Databricks], executor: Executor, tmp_path: Path
) -> None:
    """A process that is lost or slow costs time, and no answer."""
    genie, ref, query, _ = asked
    executor._timeout = 0.0
    table = await genie.rows(ref, query)
    assert tuple(table.rows) == ROWS
    assert left(tmp_path) == []
