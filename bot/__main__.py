"""`python -m bot`: read the settings, run, and explain a start that failed in one sentence."""

import asyncio
import gc
import os
import sys

from bot.config.errors import StartupError


def main(*, warm: bool = True) -> int:
    """Run the bot; 0 after a clean stop, 1 when it could not start or go on."""
    # Imports leave no garbage, and looking for it takes a twentieth of their time; `serve` switches it on.
    gc.disable()
    from bot.config.load import load  # noqa: PLC0415
    from bot.observability import logs  # noqa: PLC0415
    from bot.wiring.app import serve  # noqa: PLC0415

    try:
        settings = load(os.environ)
        logs.set_up(settings.log_level, settings.log_format, settings.secrets)
        asyncio.run(serve(settings, warm=warm))
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
    sys.exit(main())
