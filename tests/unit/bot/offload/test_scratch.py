"""Files on their way stand where nobody else can read them, and leave nothing behind."""

import asyncio
import contextlib
import signal
import stat
import sys
from pathlib import Path

import pytest

from bot.config.errors import StartupError
from bot.offload.scratch import LOCK, open_scratch_dir

KILLED = """
import asyncio, sys
from pathlib import Path
from bot.offload.scratch import open_scratch_dir

async def main():
    async with open_scratch_dir(Path(sys.argv[1])) as files, files.folder() as folder:
        (folder / "rows.csv").write_text("secret")
        print("written", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


def within(parent: Path) -> list[Path]:
    return [each for each in parent.rglob("*") if each.name != LOCK]


async def test_a_folder_is_ours_alone_and_gone_afterwards(tmp_path: Path) -> None:
    """Nobody else can enter, and nothing is left, also after an error."""
    parent = tmp_path / "bot" / "files"
    async with open_scratch_dir(parent) as files:
        with contextlib.suppress(ZeroDivisionError):
            async with files.folder() as folder:
                (folder / "rows.csv").write_text("a")
                modes = [stat.S_IMODE(each.stat().st_mode) for each in (parent, folder.parent, folder)]
                assert modes == [0o700] * 3
                raise ZeroDivisionError
        assert within(parent) == [folder.parent]
    assert within(parent) == []


async def test_what_a_killed_process_left_goes_with_the_next_start(tmp_path: Path) -> None:
    """The files of a process that lives stay, those of a dead one go."""
    parent = tmp_path / "bot" / "files"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(parent), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    await process.stdout.readline()
    async with open_scratch_dir(parent):
        assert [each for each in within(parent) if each.name == "rows.csv"]
    process.send_signal(signal.SIGKILL)
    await process.wait()
    async with open_scratch_dir(parent):
        assert not [each for each in within(parent) if each.name == "rows.csv"]
    assert within(parent) == []


async def test_without_a_folder_the_start_says_which_setting(tmp_path: Path) -> None:
    """A place that cannot be used is one sentence."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(StartupError, match="set TMPDIR to another folder"):
        async with open_scratch_dir(tmp_path / "taken" / "files"):
            pass
