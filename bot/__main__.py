"""`python -m bot`: read the settings, run, and explain a start that failed in one sentence.

With the name of a command of operators behind it, that is done instead.
"""

import asyncio
import gc
import importlib
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from bot.config.errors import StartupError

Work = Callable[[Any], Coroutine[Any, Any, None]]
"""What is done with the settings, of which this module alone would load the class too soon."""
COMMANDS = {
    "audit": "bot.wiring.audit_command",
    "digest": "bot.wiring.digest_command",
    "forget-me": "bot.wiring.forget_command",
    "confirmed": "bot.wiring.confirmed_command",
}
"""Commands of operators by the module whose `parse(arguments)` returns what to do with the settings."""
CHECK = "check"
"""The command that takes settings as they are, also wrong ones."""


def main(*, warm: bool = True) -> int:
    """Run the bot; 0 after a clean stop, 1 when it could not start or go on."""
    # Imports leave no garbage, and looking for it takes a twentieth of their time; `serve` switches it on.
    gc.disable()
    from bot.wiring.app import serve  # noqa: PLC0415

    return _run(partial(serve, warm=warm))


def command(arguments: Sequence[str]) -> int:
    """Do what an operator wants; 1 if it could not be done, 2 if there is no such command."""
    name, *rest = arguments
    if name == CHECK:
        code: int = importlib.import_module("bot.doctor.command").run(rest)
        return code
    if name not in COMMANDS:
        known = ", ".join([CHECK, *COMMANDS])
        print(f"python -m bot, alone or with one of: {known}", file=sys.stderr)  # noqa: T201
        return 2
    work: Work = importlib.import_module(COMMANDS[name]).parse(rest)
    return _run(work, log_level="WARNING")


def _run(work: Work, log_level: str = "") -> int:
    from bot.config.load import load  # noqa: PLC0415
    from bot.observability import logs  # noqa: PLC0415

    try:
        settings = load(os.environ)
        logs.set_up(log_level or settings.log_level, settings.log_format, settings.secrets)
        asyncio.run(work(settings))
    except (StartupError, BaseExceptionGroup) as problem:
        print(_sentence(problem), file=sys.stderr)  # noqa: T201 - for the person at the terminal
        return 1
    return 0


def _sentence(problem: BaseException) -> str:
    """Return the words of an explained end, also of one among several tasks; raise any other."""
    if not isinstance(problem, BaseExceptionGroup):
        return str(problem)
    explained = problem.subgroup(StartupError)
    if explained is None:
        raise problem
    return _sentence(explained.exceptions[0])


if __name__ == "__main__":
    sys.exit(command(sys.argv[1:]) if sys.argv[1:] else main())
