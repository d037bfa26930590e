"""Big results: by how much the event loop is late while one is read, and while its reply is composed.

Run with `python -m bench.big_results`. Genie gives up to 5,000 rows; the server is a process of its own.
"""

import asyncio
import json
import multiprocessing
import statistics
import time
from collections.abc import Callable, Coroutine
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import aiohttp
from aiohttp import web

from bot.offload.executor import Executor
from bot.offload.scratch import ScratchDir, open_scratch_dir
from bot.offload.spill import SpillBackend, with_large_files_at
from genie.client import Genie
from genie.http.auth import PersonalToken
from genie.model import Answer, MessageRef, Query, Table
from render.answer.compose import compose
from render.answer.context import AnswerContext

ROWS, COLUMNS = 5_000, 20
SIZES = {"1 MB": 2, "20 MB": 190, "40 MB": 390}
"""Letters of a cell by the size that all cells then make."""
ROUNDS = 5
BEAT = 0.001
REF, QUERY = MessageRef("s", "c", "m"), Query("a", sql="SELECT 1")


def result(letters: int) -> bytes:
    """Return a result as Databricks gives it."""
    rows = [[f"{row}.{column}" + "x" * letters for column in range(COLUMNS)] for row in range(ROWS)]
    columns = [{"name": f"column {at}", "position": at, "type_name": "STRING"} for at in range(COLUMNS)]
    manifest = {"total_row_count": ROWS, "schema": {"columns": columns}}
    response = {"status": {"state": "SUCCEEDED"}, "manifest": manifest, "result": {"data_array": rows}}
    return json.dumps({"statement_response": response}).encode()


def serve(connection: Connection, body: bytes) -> None:
    """Give every request the same result, until the process is ended."""

    async def run() -> None:
        async def give(_: web.Request) -> web.Response:
            return web.Response(body=body, content_type="application/json")

        app = web.Application()
        app.add_routes([web.get("/{any:.*}", give)])
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        connection.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


async def lateness(work: Callable[[], Coroutine[Any, Any, Any]]) -> tuple[Any, float, float]:
    """Return what `work` gives, its seconds, and by how many milliseconds the loop was late at worst."""
    worst = 0.0

    async def beat() -> None:
        nonlocal worst
        while True:
            due = time.perf_counter() + BEAT
            await asyncio.sleep(BEAT)
            worst = max(worst, (time.perf_counter() - due) * 1000)

    beating = asyncio.create_task(beat())
    began = time.perf_counter()
    done = await work()
    took = time.perf_counter() - began
    beating.cancel()
    return done, took, worst


async def measure(port: int, executor: Executor, files: ScratchDir) -> list[tuple[float, float]]:
    """Return seconds and lateness of reading, and of composing."""
    async with aiohttp.ClientSession() as http:
        genie = Genie(
            http, f"http://127.0.0.1:{port}", PersonalToken("token"), large=SpillBackend(executor, files)
        )
        table, *reading = await lateness(partial(genie.rows, REF, QUERY))
    assert isinstance(table, Table)
    answer = Answer(REF, texts=("A lot.",), query=QUERY, table=table)
    work = partial(compose, AnswerContext(answer, question_id="q"))
    reply, *composing = await lateness(partial(executor.run, with_large_files_at, await files.file(), work))
    assert reply.files
    for file in reply.files:
        if file.spill_file:
            file.spill_file.delete_when_unused()
    return [(reading[0], reading[1]), (composing[0], composing[1])]


async def main() -> None:
    """Measure each size and print the medians of some rounds."""
    print(f"{ROWS:,} x {COLUMNS}{'':8}{'read':>8}{'loop late':>11}{'compose':>10}{'loop late':>11}")
    async with Executor() as executor, open_scratch_dir() as files:
        await executor.warm()
        print(f"{'idle':20}{(await lateness(partial(asyncio.sleep, 1)))[2]:16.1f} ms")
        for name, letters in SIZES.items():
            ours, theirs = multiprocessing.get_context("forkserver").Pipe()
            server = multiprocessing.get_context("forkserver").Process(
                target=serve, args=(theirs, result(letters)), daemon=True
            )
            server.start()
            port = ours.recv()
            rounds = [await measure(port, executor, files) for _ in range(ROUNDS)]
            server.kill()
            read, composed = (
                tuple(statistics.median(each[at][what] for each in rounds) for what in (0, 1))
                for at in (0, 1)
            )
            print(f"{name:16}{read[0]:8.2f} s{read[1]:8.1f} ms{composed[0]:8.2f} s{composed[1]:8.1f} ms")


if __name__ == "__main__":
    asyncio.run(main())
