"""`python -m sandbox`: a local Slack, a local Databricks and the bot between them, to try in a browser."""

import argparse
import asyncio
import os
import shlex
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from sandbox.child import bot_process
from sandbox.databricks import ONE_SPACE, THREE_SPACES, AgentMode, Databricks
from sandbox.environment import AsksAs, environment
from sandbox.slack import Settings, Slack
from sandbox.slack.state.settings import AGENT_EVENTS, AGENT_SCOPES

FOLDER = Path(".sandbox")
"""Where the bot keeps its data while it runs."""
FIRST_PORT = 8765
_PORTS = 20
_STARTING = 20.0
"""Seconds after which the page is announced although the bot has not connected yet."""
_WELCOME = {
    AsksAs.APP: """
The sandbox is up: a local Slack, and a local Databricks Genie with sample orders.

  Open          {url}
  In #sales     @Genie revenue by region last year
  In its thread and by month?
  Anywhere      /genie top 5 products by margin
  A day later   curl -X POST {databricks}/sandbox/next-day
                and a watch tells, at the next full hour, what changed

Nothing leaves this machine. Ctrl-C ends everything.""",
    AsksAs.USER: """
The sandbox is up: a local Slack, and a local Databricks Genie where people have rights of their own.

  Open          {url}
  As Ana        @Genie revenue by region last year, in #sales. Sign in as her; the answer is a direct message
  As Ben        (choose him under Acting as, on the left) the same: he sees EMEA alone
  As Ana again  Share to Channel, below her answer

Cleo sees no customer's name, Dan has no SELECT on the orders, and Eve has no CAN RUN on the space.
Nothing leaves this machine. Ctrl-C ends everything.""",
}

_SPACES = """
Three Genie spaces are asked: sales, finance and supply chain. Try @Genie spending by vendor,
@Genie costs last year, and /genie supply-chain: stock by warehouse.
"""


def main() -> int:
    """Read the command line and run until Ctrl-C; 1 when something could not start or the bot ended."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument(
        "--port", type=int, help=f"port of the page, by default {FIRST_PORT} or the next free"
    )
    parser.add_argument("--no-bot", action="store_true", help="only the two servers; start the bot yourself")
    parser.add_argument(
        "--identity",
        type=AsksAs,
        choices=[*AsksAs],
        default=os.environ.get("IDENTITY") or AsksAs.APP,
        help="whose rights questions have, the bot's (app) or those of who asks (user); by default IDENTITY",
    )
    parser.add_argument(
        "--spaces",
        action="store_true",
        default=bool(os.environ.get("SPACES")),
        help="three Genie spaces in the place of one; by default if SPACES is set",
    )
    parser.add_argument(
        "--agent",
        action="store_true",
        default=bool(os.environ.get("AGENT")),
        help="the Slack app of manifest-agent.yml; by default if AGENT is set",
    )
    parser.add_argument(
        "--agent-mode",
        choices=["on", "off"],
        default=os.environ.get("AGENT_MODE") or "on",
        help="whether Genie's agent mode is switched on in the workspace; by default AGENT_MODE, or on",
    )
    options = parser.parse_args()
    mode = AgentMode(enabled=options.agent_mode == "on")
    databricks = Databricks(spaces=THREE_SPACES if options.spaces else ONE_SPACE, agent_mode=mode)
    slack = Settings(agent=True, scopes=AGENT_SCOPES, events=AGENT_EVENTS) if options.agent else Settings()
    return asyncio.run(run(options.port, slack, databricks, options.identity, with_bot=not options.no_bot))


async def run(
    port: int | None, slack_settings: Settings, databricks: Databricks, asks_as: AsksAs, *, with_bot: bool
) -> int:
    """Run both servers and, unless told otherwise, the bot, until SIGINT or SIGTERM; give the exit status."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        async with databricks, _slack(port, slack_settings) as slack:
            _live_here(slack)
            settings, welcome = (
                environment(slack, databricks, asks_as),
                _WELCOME[asks_as].format(url=slack.url, databricks=databricks.url),
            )
            if len(databricks.space_ids) > 1:
                welcome = _SPACES + welcome
            if with_bot:
                return await _with_bot(slack, settings, welcome, stop)
            _say(welcome, "To start a bot for it, set:", *_exports(settings))
            await stop.wait()
            return 0
    except OSError as error:
        _say(f"The sandbox could not start on port {port or FIRST_PORT}: {error.strerror or error}.")
        return 1


async def _with_bot(slack: Slack, settings: dict[str, str], welcome: str, stop: asyncio.Event) -> int:
    _say("Starting the sandbox ...")
    async with bot_process(settings, FOLDER) as bot:
        stopped = asyncio.create_task(stop.wait())
        ended = asyncio.create_task(bot.wait())
        connected = asyncio.create_task(slack.until(lambda: slack.socket.connections, timeout=3_600))
        await asyncio.wait(
            (stopped, ended, connected), timeout=_STARTING, return_when=asyncio.FIRST_COMPLETED
        )
        if not (stopped.done() or ended.done()):
            _say(welcome)
        await asyncio.wait((stopped, ended), return_when=asyncio.FIRST_COMPLETED)
        status = None if stopped.done() else ended.result()
        for task in (stopped, ended, connected):
            task.cancel()
        await asyncio.gather(stopped, ended, connected, return_exceptions=True)
    if status is None:
        return 0
    _say(f"The bot ended by itself (exit status {status}); the lines above say why. The sandbox ends too.")
    return 1


@asynccontextmanager
async def _slack(port: int | None, settings: Settings) -> AsyncIterator[Slack]:
    """Run Slack on the wanted port, or on the first free one from 8765 on."""
    ports = [port] if port is not None else [*range(FIRST_PORT, FIRST_PORT + _PORTS)]
    for each in ports:
        slack = Slack(settings, port=each)
        try:
            await slack.__aenter__()
        except OSError:
            if each == ports[-1]:
                raise
            continue
        try:
            yield slack
        finally:
            await slack.__aexit__(None, None, None)
        return


def _live_here(slack: Slack) -> None:
    """Give people the time zone of this machine, in which a browser on it shows what is told them."""
    zone = os.environ.get("TZ") or os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2] or "UTC"
    users = slack.workspace.users
    users |= {each.id: replace(each, tz=zone) for each in users.values()}


def _exports(settings: dict[str, str]) -> list[str]:
    return [f"  export {name}={shlex.quote(value)}" for name, value in settings.items()]


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201 - for the person at the terminal


if __name__ == "__main__":
    sys.exit(main())
