"""What is installed where: the bot's own needs, those of the sandbox, and those of the tests."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import PACKAGES, ROOT, modules

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
ASKED_FOR = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-sandbox.txt": PROJECT["dependency-groups"]["sandbox"],
    "requirements-dev.txt": [each for each in PROJECT["dependency-groups"]["dev"] if isinstance(each, str)],
}
"""Each lock, with what the project says that it holds."""
OPTIONAL = {"databricks-sdk"}
"""What the bot imports only where an operator has installed it."""


def locked(name: str) -> set[str]:
    """Return the packages that a lock installs."""
    return set(re.findall(r"^([\w-]+)==", (ROOT / name).read_text(), re.MULTILINE))


def imported(*folders: str) -> set[str]:
    """Return the packages of others that some folders import, by the names under which they are installed."""
    of_module = packages_distributions()
    names = {name.partition(".")[0] for module in modules(*folders) for name in module.imports}
    others = names - set(sys.stdlib_module_names) - {*PACKAGES, "tests", "bench", "databricks"}
    return {re.sub(r"[-_.]+", "-", each).lower() for name in others for each in of_module[name]}


@pytest.mark.parametrize("name", ASKED_FOR)
def test_the_lock_is_exact_and_names_no_place(name: str) -> None:
    """Every package has one version and its hashes; no index, address or path of a machine is in the file."""
    package, line_of_hash = r"[\w.-]+==[\w.]+( ; [\w .<>=!']+)? \\", r" {4}--hash=sha256:[0-9a-f]{64}( \\)?"
    because = r"-c requirements(-sandbox)?\.txt|[\w.-]+|genie-slack-bot \(pyproject\.toml(:\w+)?\)"
    comment = rf" +# +(via)? ?({because})?"
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if not re.fullmatch(f"{package}|{line_of_hash}|{comment}", line)] == []


@pytest.mark.parametrize("name", ASKED_FOR)
def test_the_lock_holds_what_the_project_asks_for(name: str) -> None:
    """No dependency was added without renewing the lock."""
    needed = {re.split(r"[^\w-]", each)[0] for each in ASKED_FOR[name]}
    assert needed
    assert needed <= locked(name)


def test_the_bot_is_installed_with_all_that_it_imports_and_with_nothing_of_the_sandbox() -> None:
    """Where the bot runs, what only the demo and the tests import is not installed."""
    bot = imported(*(package for package in PACKAGES if package != "sandbox"))
    assert bot <= locked("requirements.txt") | OPTIONAL
    assert imported("sandbox") - locked("requirements.txt") == locked("requirements-sandbox.txt")
    assert locked("requirements.txt") | locked("requirements-sandbox.txt") <= locked("requirements-dev.txt")


def test_the_demo_installs_what_the_bot_does_without(tmp_path: Path) -> None:
    """`make demo` in an empty environment installs both; `make run` installs what the bot needs alone."""
    would = {
        verb: subprocess.run(  # noqa: S603 - our own Makefile
            ["make", "-n", f"VENV={tmp_path}/venv", verb],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for verb in ("demo", "run")
    }
    assert "-r requirements.txt" in would["demo"]
    assert "-r requirements-sandbox.txt" in would["demo"]
    assert "-r requirements.txt" in would["run"]
    assert "requirements-sandbox.txt" not in would["run"]
