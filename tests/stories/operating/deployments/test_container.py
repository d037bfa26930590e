"""The container: what the Dockerfile makes is all that the bot needs, and the bot changes nothing of it."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.operating.deployments.dockerfile import ROOT, Image, built, instructions
from tests.stories.world import GENIE, OWN_CHARTS, Launch, company, free_port, kinds

pytestmark = [pytest.mark.redis, pytest.mark.slow, pytest.mark.timeout(900)]

TOOLS = ("docker", "podman")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Make a folder that other users may enter."""
    with tempfile.TemporaryDirectory(prefix="container-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def python_for_all() -> str:
    """Return a Python of this version that another user may run, or ours."""
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    found = [f"/usr/local/bin/{name}", f"/usr/bin/{name}"] if os.geteuid() == 0 else []
    return next((each for each in found if Path(each).exists()), sys.executable)


def files(image: Image) -> dict[str, int]:
    """Return all that an image has outside its volumes, with the time of its last change."""
    volumes = [image.path(each) for each in image.volumes]
    return {
        str(path): path.lstat().st_mtime_ns
        for path in image.root.rglob("*")
        if not any(path.is_relative_to(volume) for volume in volumes)
    }


async def succeeds(*command: str, **environment: str) -> bool:
    """Tell whether a program ends well."""
    program = await asyncio.create_subprocess_exec(*command, env=environment)
    return await program.wait() == 0


async def test_the_steps_of_the_dockerfile_make_a_bot_that_answers(folder: Path) -> None:
    """In an empty root, as a user who may write into the volumes alone, and without what the demo needs."""
    python = python_for_all()
    image = await asyncio.to_thread(built, folder, python)
    assert not list(image.path("/packages").glob("*duckdb*"))
    assert not image.path("/app/sandbox").exists()
    for volume in image.volumes:
        image.path(volume).chmod(0o1777)
    before = files(image)

    inside = {name: image.inside(value) for name, value in image.environment.items()}
    port = str(free_port())
    started = inside | {"PORT": port, "TMPDIR": inside["HOME"], "REDIS_URL": "", "LOG_FORMAT": "auto"}
    user = image.user if os.geteuid() == 0 else None
    launch = Launch((python, *image.command[1:]), image.path(image.folder), user)
    async with company(None, data_dir=Path(inside["DATA_DIR"]), databricks=OWN_CHARTS) as world:
        bot = await world.start_command(launch, **started)
        assert await succeeds(python, *image.health[1:], PORT=port)
        thread = await world.ask(f"{GENIE} revenue by region last year")
        answer = await world.answer(thread, within=90)
        assert "data_table" in kinds(answer)
        await world.chart(answer, within=90)
        assert await bot.end(signal.SIGTERM) == 0
        assert not await succeeds(python, *image.health[1:], PORT=port)
    assert await asyncio.to_thread(files, image) == before


def tool_with_base() -> str | None:
    """Return a container tool that has, or can fetch, the image on which ours is built."""
    base = next(rest for name, rest in instructions() if name == "ARG").removeprefix("PYTHON=")
    for tool in filter(shutil.which, TOOLS):
        has = subprocess.run([tool, "image", "inspect", base], check=False, capture_output=True)  # noqa: S603
        if (
            has.returncode == 0
            or not subprocess.run(  # noqa: S603
                [tool, "pull", "--quiet", base], check=False, capture_output=True, timeout=300
            ).returncode
        ):
            return tool
    return None


async def test_the_image_is_built_and_runs(folder: Path) -> None:
    """Where a container tool is at hand: read-only, without any capability, healthy, and it answers."""
    tool = await asyncio.to_thread(tool_with_base)
    if tool is None:
        pytest.skip("no container tool, or none that gets the base image")
    name, port = f"genie-slack-bot-test-{os.getpid()}", str(free_port())
    formats = ["--format", "docker"] if tool == "podman" else []
    await run(tool, "build", *formats, "--tag", name, str(ROOT))
    hardened = [
        "--read-only",
        "--cap-drop",
        "ALL",
        "--security-opt",
        "no-new-privileges",
        "--network",
        "host",
    ]
    async with company(None, data_dir=folder, databricks=OWN_CHARTS) as world:
        given = world.environment | {"PORT": port, "LOG_FORMAT": "json"}
        for local in ("PATH", "HOME", "DATA_DIR"):
            del given[local]
        settings = [f"--env={key}={value}" for key, value in given.items()]
        try:
            await run(tool, "run", "--detach", "--name", name, *hardened, *settings, name)
            thread = await world.ask(f"{GENIE} revenue by region last year")
            answer = await world.answer(thread, within=120)
            await world.chart(answer, within=120)
            await run(tool, "healthcheck", "run", name) if tool == "podman" else None
            await run(tool, "stop", "--time", "15", name)
            code = await run(tool, "inspect", "--format", "{{.State.ExitCode}}", name)
            assert code.strip() == "0"
        finally:
            await run(tool, "rm", "--force", "--volumes", name)
            await run(tool, "rmi", "--force", name)


async def run(*command: str) -> str:
    """Run a container tool; return what it prints."""
    program = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    printed, _ = await program.communicate()
    assert program.returncode == 0, printed.decode()
    return printed.decode()
