"""The command: read the arguments, look, print, and end with 1 if something is red."""

import argparse
import asyncio
import logging
import os
import shutil
import sys
from collections.abc import Sequence
from typing import NoReturn

from bot.doctor.examine import examine
from bot.doctor.model import Level
from bot.doctor.report import as_json, as_text, worst
from render.words.operator import check as words


def run(arguments: Sequence[str]) -> NoReturn:
    """Look at the installation that the environment and `.env` describe, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m bot check", description=words.DESCRIPTION)
    parser.add_argument("--json", action="store_true", help=words.JSON)
    as_object = parser.parse_args(arguments).json
    logging.disable()  # what libraries and the bot's own parts would say is in the findings
    asyncio.run(_run(as_object=as_object))
    raise AssertionError("it ends with the program")


async def _run(*, as_object: bool) -> NoReturn:
    findings = await examine(os.environ)
    terminal = sys.stdout.isatty()
    columns = shutil.get_terminal_size().columns if terminal else None
    coloured = terminal and "NO_COLOR" not in os.environ
    report = as_json(findings) if as_object else as_text(findings, columns=columns, coloured=coloured)
    print(report, flush=True)  # noqa: T201 - for the person at the terminal
    code = 1 if worst(findings) is Level.RED else 0
    os._exit(code)  # at once: a thread that still looks a name up would keep the program for minutes
