"""The rows of an answer as a file: on a click, once, whole, and with words where there is none."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from render import words
from sandbox.faults import Fault
from tests.stories.exports import ask, ask_for_many, download, excel, file, files, left, rows, told
from tests.stories.kill import kill
from tests.stories.world import ADA, BEN, OWN_CHARTS, World, company

pytestmark = pytest.mark.redis


@pytest.fixture
async def world(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the company with one bot, whose files on their way stand in a folder of this test."""
    async with company(redis_url, databricks=OWN_CHARTS, TMPDIR=str(tmp_path)) as opened:
        await opened.start_bot()
        yield opened


async def test_a_click_brings_the_rows(world: World) -> None:
    """The CSV stands in the thread, named by question and day, its title saying what it holds."""
    answer = await ask(world)
    await download(world, answer)
    found = await file(world)
    assert found.title == "All 4 rows, 2 columns as CSV"
    assert found.name.startswith("revenue-by-region")
    assert len(rows(found)) == 5
    assert len(world.databricks.questions()) == 1


async def test_excel_is_in_the_menu(world: World) -> None:
    """The workbook is a file of its own beside the CSV."""
    answer = await ask(world)
    await excel(world, answer)
    found = await file(world, ".xlsx")
    assert found.title == "All 4 rows, 2 columns as Excel"
    assert (found.content or b"").startswith(b"PK")


@pytest.mark.slow
async def test_pressed_again_it_leads_to_the_file(world: World) -> None:
    """Who presses later is told where it stands, also after a restart; there is one file."""
    answer = await ask(world)
    await download(world, answer)
    found = await file(world)
    await kill(world, world.bots[-1])
    await world.start_bot()
    await download(world, answer, BEN)
    await told(world, "This file is here already", user=BEN)
    assert [each.id for each in files(world)] == [found.id]


async def test_two_people_at_once_get_one_file(world: World) -> None:
    """Both press; the second hears that it is being made, or where it stands."""
    answer = await ask(world)
    await asyncio.gather(*(download(world, answer, user) for user in (ADA, BEN, ADA)))
    await file(world)
    await world.slack.until(lambda: world.slack.workspace.ephemerals)
    assert len(files(world)) == 1


@pytest.mark.slow
async def test_a_deleted_file_is_made_again(world: World) -> None:
    """Somebody removed it: the next click brings a new one."""
    answer = await ask(world)
    await download(world, answer)
    first = await file(world)
    await world.until(lambda: sum(".ended" in line for line in world.bots[-1].log) == 2)
    del world.slack.workspace.files[first.id]
    await download(world, answer)
    assert (await file(world)).id != first.id


async def test_the_whole_result_comes_beyond_what_genie_shows(world: World) -> None:
    """6,000 rows: the answer has 5,000 of them, the file has all."""
    answer = await ask_for_many(world)
    await download(world, answer)
    whole = await file(world, number=2)
    assert whole.title == "All 6,000 rows, 2 columns as CSV"
    assert rows(whole)[-1] == ["5999", "11998"]
    await told(world, words.export.COLLECTING)
    await excel(world, answer)
    assert (await file(world, ".xlsx")).title == "All 6,000 rows, 2 columns as Excel"
    assert len(world.databricks.questions()) == 1


@pytest.mark.slow
async def test_links_that_expired_are_fetched_anew(world: World) -> None:
    """The storage refuses a link: the export is started once more."""
    answer = await ask_for_many(world)
    world.databricks.faults.add(Fault(path="/exports/*", status=403))
    await download(world, answer)
    assert len(rows(await file(world, number=2))) == 6001


@pytest.mark.parametrize("status", [404, 501])
@pytest.mark.slow
async def test_without_an_export_the_rows_at_hand_come(world: World, status: int) -> None:
    """A workspace that gives no export: the first 5,000 rows, and the user who asked for them is told."""
    answer = await ask_for_many(world)
    world.databricks.faults.add(Fault(path="*/downloads", status=status, body="{}"))
    await download(world, answer)
    found = await file(world, number=2)
    assert found.title == "The first 5,000 rows, 2 columns as CSV"
    await told(world, words.export.NOT_WHOLE)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("file_uploads_disabled", words.export.UPLOADS_OFF),
        ("storage_limit_reached", words.export.STORAGE_FULL),
        ("some_new_word", words.export.NOT_TAKEN),
    ],
)
async def test_a_slack_without_uploads_is_told(world: World, code: str, sentence: str) -> None:
    """The answer stays, the person learns why there is no file and, once it works, gets it."""
    answer = await ask(world)
    refusal = f'{{"ok": false, "error": "{code}"}}'
    world.slack.faults.add(Fault(path="/api/files.getUploadURLExternal", status=200, body=refusal))
    await download(world, answer)
    await told(world, sentence)
    assert len(world.ours(answer.thread_ts or "")) == 1
    await world.until(lambda: sum(".ended" in line for line in world.bots[-1].log) == 2)
    await download(world, answer)
    await file(world)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(path="*/query-result", delay=1.5), marks=pytest.mark.slow),
        pytest.param(Fault(path="/upload/*", delay=1.5), marks=pytest.mark.slow),
        pytest.param(Fault(path="/upload/*", delay=1.5, after=True, drop=True), marks=pytest.mark.slow),
        pytest.param(Fault(path="/api/files.completeUploadExternal", delay=1.5), marks=pytest.mark.slow),
        Fault(path="/api/files.completeUploadExternal", delay=1.5, after=True, drop=True),
    ],
)
async def test_a_bot_killed_at_work_leaves_one_file(world: World, tmp_path: Path, fault: Fault) -> None:
    """Kill -9 while it reads, sends or shares: the next one finishes; nothing stays on the disk."""
    answer = await ask(world)
    for server in (world.slack, world.databricks):
        server.faults.add(fault)
    await download(world, answer)
    await world.until(lambda: not all(server.faults.waiting for server in (world.slack, world.databricks)))
    await kill(world, world.bots[-1])
    await world.start_bot()
    await file(world)
    await world.until(lambda: any(".ended" in line for line in world.bots[-1].log))
    assert len(files(world)) == 1
    assert left(tmp_path) == []


@pytest.mark.slow
async def test_a_hundred_megabytes_pass_through(world: World, tmp_path: Path) -> None:
    """They go from the storage to the disk and on to Slack; the bot holds no more than a few of them."""
    answer = await ask_for_many(world, "SELECT id, repeat('x', 1000) AS filling FROM range(100000) AS t(id)")
    before = peak(world)
    await download(world, answer)
    found = await file(world, number=2, within=400)
    assert found.title == "All 100,000 rows, 2 columns as CSV"
    assert found.length > 100_000_000
    assert peak(world) - before < 30
    await world.until(lambda: left(tmp_path) == [])


def peak(world: World) -> int:
    """Return the most megabytes of memory that the bot's own process has had."""
    status = Path(f"/proc/{world.bots[-1].process.pid}/status").read_text()
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))
