"""A Dockerfile, and its steps carried out in empty folders instead of a container."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[4]
TEXT = (ROOT / "Dockerfile").read_text()
NO_PATH = r"(?<![\w.:/}-])"
"""What stands before no path, but before a part of one or of an address."""
PATHS = sorted(set(re.findall(rf"{NO_PATH}/[a-z]+", TEXT)))
"""The folders of the image."""


@dataclass
class Image:
    """What a stage of a Dockerfile has made: its files below `root`, and how a container of it is started."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    volumes: list[str] = field(default_factory=list)
    folder: str = "/"
    user: int | None = None
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def inside(self, text: str) -> str:
        """Let the paths in a text that are this image's lead below its root."""
        return re.sub(rf"{NO_PATH}(?=(?:{'|'.join(PATHS)})(?![\w-]))", str(self.root), text)

    def path(self, path: str) -> Path:
        """Return where a path of the image is."""
        return self.root / path.lstrip("/")


def instructions(text: str = TEXT) -> Iterator[tuple[str, str]]:
    """Yield each instruction of a Dockerfile with what follows it."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for line in lines.replace("\\\n", " ").splitlines():
        if line.strip():
            instruction, _, rest = line.partition(" ")
            yield instruction, rest.strip()


def built(folder: Path, python: str) -> Image:
    """Carry out the steps of our Dockerfile in a folder, for a Python; return the last stage."""
    stages: dict[str, Image] = {}
    image = Image(folder)
    for instruction, rest in instructions():
        if instruction == "FROM":
            name = rest.partition(" AS ")[2] or "final"
            image = stages[name] = Image(folder / name)
            image.path("/tmp").mkdir(parents=True)  # noqa: S108 - inside the folder
        elif instruction == "COPY":
            _copy(image, stages, shlex.split(rest))
        elif instruction == "RUN":
            _run(image, rest, python)
        else:
            _note(image, instruction, rest)
    return image


def container_command() -> list[str]:
    """Return what a container of our image runs."""
    (command,) = (rest for instruction, rest in instructions() if instruction == "CMD")
    return list(json.loads(command))


def _note(image: Image, instruction: str, rest: str) -> None:
    """Keep what an instruction says of the containers of an image."""
    if instruction == "ENV":
        image.environment |= dict(each.split("=", 1) for each in shlex.split(rest))
    elif instruction == "VOLUME":
        image.volumes += json.loads(rest)
    elif instruction == "WORKDIR":
        image.folder = rest
    elif instruction == "USER":
        image.user = int(rest.partition(":")[0])
    elif instruction == "CMD":
        image.command = json.loads(rest)
    elif instruction == "HEALTHCHECK":
        image.health = json.loads(rest.partition("CMD ")[2])
    else:
        assert instruction in {"ARG", "EXPOSE"}, f"a step that is not carried out: {instruction}"


def _copy(image: Image, stages: dict[str, Image], words: list[str]) -> None:
    options: dict[str, Any] = dict(word[2:].split("=", 1) for word in words if word.startswith("--"))
    source, target = (word for word in words if not word.startswith("--"))
    begin = stages[options["from"]].path(source) if "from" in options else ROOT / source
    end = image.path(target + begin.name if target.endswith("/") else target)
    end.parent.mkdir(parents=True, exist_ok=True)
    if begin.is_dir():
        bytecode = None if "from" in options else shutil.ignore_patterns("__pycache__")
        shutil.copytree(begin, end, ignore=bytecode)
    else:
        shutil.copy(begin, end)
    if "chown" in options and os.geteuid() == 0:
        os.chown(end, *map(int, options["chown"].split(":")))


def _run(image: Image, script: str, python: str) -> None:
    """Run a step in a shell, where `python` is ours, whose pip installs for the other one."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PIP_PYTHON": python}
    subprocess.run(["/bin/sh", "-ec", image.inside(script)], check=True, env=environment)  # noqa: S603
