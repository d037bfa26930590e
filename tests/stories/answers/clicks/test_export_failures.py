"""What goes wrong on the way of a file: each trouble ends, in a file or in words, and costs little."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from render import words
from sandbox.databricks.api.exports import Exports
from sandbox.faults import Fault
from tests.stories.exports import ask, ask_for_many, download, excel, file, files, left, rows, told
from tests.stories.kill import kill
from tests.stories.world import BEN, OWN_CHARTS, World, company

pytestmark = pytest.mark.redis

SLOT, SHARE = "/api/files.getUploadURLExternal", "/api/files.completeUploadExternal"


@pytest.fixture
async def world(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the company with one bot, and exports that come in three parts."""
    databricks = OWN_CHARTS | {"exports": Exports(chunk_rows=2_500)}
    async with company(redis_url, databricks=databricks, TMPDIR=str(tmp_path)) as opened:
        await opened.start_bot()
        yield opened


def refusal(path: str, code: str) -> Fault:
    """Let Slack refuse with its word for why."""
    return Fault(path=path, status=200, body=f'{{"ok": false, "error": "{code}"}}')


def exports(world: World) -> int:
    """Count how often the query was run for an export."""
    return sum(record.path.endswith("/downloads") for record in world.databricks.request_log)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path="/exports/*/1", status=403),
        pytest.param(Fault(path="/exports/*/1", drop=True), marks=pytest.mark.slow),
        pytest.param(Fault(path=SLOT, status=429, retry_after="1", times=2), marks=pytest.mark.slow),
        pytest.param(Fault(path="/upload/*", status=500, times=2), marks=pytest.mark.slow),
        pytest.param(Fault(path=SHARE, status=429, retry_after="1", times=2), marks=pytest.mark.slow),
        Fault(path=SHARE, drop=True, after=True),
    ],
)
@pytest.mark.slow
async def test_trouble_that_passes_costs_no_second_query(world: World, fault: Fault) -> None:
    """Links that expire between parts, downloads that break off, a Slack that is away or busy."""
    answer = await ask_for_many(world)
    for server in (world.slack, world.databricks):
        server.faults.add(fault)
    await download(world, answer)
    assert len(rows(await file(world, number=2))) == 6_001
    assert (exports(world), len(files(world))) == (1, 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [
        Fault(path=SLOT, drop=True, times=None),
        Fault(path=SLOT, status=429, retry_after="1", times=None),
        Fault(path="/upload/*", status=500, times=None),
    ],
)
async def test_a_slack_that_takes_no_bytes_is_told(world: World, fault: Fault) -> None:
    """After a few tries whoever waits knows; the query is not run again for ever."""
    answer = await ask_for_many(world)
    world.slack.faults.add(fault)
    await download(world, answer)
    await told(world, words.export.NOT_TAKEN, within=90)
    assert exports(world) <= 3
    world.slack.faults.clear()
    await download(world, answer)
    await file(world, number=2)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(path="/upload/*", status=413), words.export.TOO_LARGE_FOR_SLACK),
        *(
            pytest.param(refusal(path, code), sentence, marks=pytest.mark.slow)
            for path, code, sentence in (
                (SLOT, "file_upload_size_restricted", words.export.TOO_LARGE_FOR_SLACK),
                (SHARE, "slack_connect_file_upload_sharing_blocked", words.export.NOT_OUTSIDE),
            )
        ),
        (refusal(SHARE, "not_in_channel"), words.export.NOT_INVITED),
    ],
)
@pytest.mark.slow
async def test_what_slack_refuses_has_its_words(world: World, fault: Fault, sentence: str) -> None:
    """At every step of an upload; afterwards the next click brings the file, once."""
    answer = await ask(world)
    world.slack.faults.add(fault)
    await download(world, answer)
    await told(world, sentence)
    await world.until(lambda: sum(".ended" in line for line in world.bots[-1].log) == 2)
    await download(world, answer)
    await file(world)
    assert len(files(world)) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<html>\n<p>Sign in, please\n</html>\n",
        *(
            pytest.param(page, marks=pytest.mark.slow)
            for page in ("0,0\r\n1,2\r\n", '"0,0\r\n', "\x1f\x8b\x08\n\x00")
        ),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", pytest.param(".xlsx", marks=pytest.mark.slow)])
@pytest.mark.slow
async def test_a_part_that_is_none_leaves_the_rows_at_hand(world: World, page: str, suffix: str) -> None:
    """Another page, or half of a part, does not pass for the result; the file says what it has."""
    answer = await ask_for_many(world)
    world.databricks.faults.add(Fault(path="/exports/*/1", status=200, body=page))
    await (download if suffix == ".csv" else excel)(world, answer)
    found = await file(world, suffix, number=2 if suffix == ".csv" else 1)
    assert found.title.startswith("The first 5,000 rows")
    await told(world, words.export.UNMADE)
    assert exports(world) == 1


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(path="/upload/*", status=413), marks=pytest.mark.slow),
        refusal(SLOT, "file_upload_size_restricted"),
    ],
)
async def test_what_is_too_large_for_slack_comes_as_far_as_it_fits(world: World, fault: Fault) -> None:
    """A workspace may take smaller files only: the rows of the answer then, and words for why."""
    answer = await ask_for_many(world)
    world.slack.faults.add(fault)
    await download(world, answer)
    assert (await file(world, number=2)).title.startswith("The first 5,000 rows")
    await told(world, words.export.TOO_LARGE)


@pytest.mark.slow
async def test_whoever_waits_for_other_exports_is_told(world: World) -> None:
    """Two are on their way at a time; the third has heard from us, once; small files do not wait for them."""
    many = [await ask_for_many(world, files_before=number) for number in range(3)]
    few = await ask(world)
    world.databricks.faults.add(Fault(path="/exports/*/1", delay=6.0, times=2))
    for answer in (*many, few):
        await download(world, answer, BEN)
    await told(world, words.export.WAITING, user=BEN)
    titles = await world.slack.until(lambda: [each.title for each in files(world)][3:])
    assert titles == ["All 4 rows, 2 columns as CSV"]
    await world.slack.until(lambda: len(files(world)) == 7)
    heard = [each for each in world.slack.workspace.ephemerals if each.text == words.export.WAITING]
    assert len(heard) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path="/exports/*/1", delay=1.5),
        pytest.param(Fault(path="/upload/*", delay=1.5), marks=pytest.mark.slow),
    ],
)
async def test_a_bot_killed_amid_an_export_leaves_one_file(
    world: World, tmp_path: Path, fault: Fault
) -> None:
    """Kill -9 while parts come or the file goes: the next one makes it, and clears the disk."""
    answer = await ask_for_many(world)
    server = world.databricks if "exports" in fault.path else world.slack
    server.faults.add(fault)
    await download(world, answer)
    await world.until(lambda: not server.faults.waiting)
    assert left(tmp_path)
    await kill(world, world.bots[-1])
    await world.start_bot()
    assert len(rows(await file(world, number=2))) == 6_001
    await world.until(lambda: any(".ended" in line for line in world.bots[-1].log))
    assert (len(files(world)), left(tmp_path)) == (2, [])
