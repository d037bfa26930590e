"""Watches each call of a bot's process to Redis, Slack and Genie, and in which step it was made.

The lists are the code's own: every Lua script, every command of Redis and every HTTP request.
"""

import inspect
import re
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from typing import Any

import aiohttp
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from slack_bolt.async_app import AsyncApp
from yarl import URL

from bot.identity.sign_in_flow import SignInFlow
from bot.jobs.watch.clock import WatchClock
from bot.records.lease import JobLease, Lease, QuestionLease
from bot.records.progress import State
from bot.records.question import RESEARCH
from bot.store.queue import Queue
from bot.store.scripts.script import LUA
from bot.worker import Worker

IDS = re.compile(r"/(?=[^/]*\d)[\w-]{6,}(?=/|$)")
"""A part of a path that names one thing of its kind."""
ID_AS_FIELD = re.compile(r"^T\w+\..*")
"""A field that is named by the id of a question, which is another one in each run."""
RUN_SCRIPTS = frozenset({"EVALSHA", "EVAL", "SCRIPT"})
"""Commands that run a script, which has a name of its own."""
SCRIPTS = frozenset(path.stem for path in LUA.glob("*.lua"))


PAGES = {
    "open": "a link to sign in",
    "come_back": "the way back from Databricks",
    "page": "the page to confirm",
    "answer": "a confirmation",
}
"""The steps of a browser's way through a sign-in."""


class When(StrEnum):
    """On which side of a call a process dies."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Call:
    """A call to another program, made in a step of a question, in a job, a listener or a page."""

    step: str
    name: str
    number: int = 1
    """Counts the calls of that name in one run of the step."""

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.step}: {self.name}" + (f" ({self.number})" if self.number > 1 else "")


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of a step, and how often it has made each call."""

    step: str
    made: Counter[str] = field(default_factory=Counter)

    def call(self, name: str) -> Call:
        self.made[name] += 1
        return Call(self.step, name, self.made[name])


Notice = Callable[[Call, When], None]
Function = Callable[..., Awaitable[Any]]
_RUN: ContextVar[_Run | None] = ContextVar("run", default=None)


def watch(notice: Notice) -> None:
    """Have `notice` called before and after each call that a step makes in this process."""
    _patch(Worker, "_step", _running(lambda _worker, lease: step_of(lease)))
    _patch(AsyncApp, "async_dispatch", _running(lambda _app, request: _listener(request.body)))
    for name, page in PAGES.items():
        _patch(SignInFlow, name, _running(lambda *_args, page=page: page))
    _patch(WatchClock, "tick", _running(lambda *_args: "the clock"))
    _patch(Queue, "claim", _claiming(notice))
    for module in [each for name, each in sys.modules.items() if name.startswith("bot.store.")]:
        for name in SCRIPTS:
            if inspect.iscoroutinefunction(vars(module).get(name)):
                _patch(module, name, _calling(notice, _script_namer(name)))
    _patch(Redis, "execute_command", _calling(notice, _command))
    _patch(Pipeline, "execute", _calling(notice, lambda *_args, **_given: "redis multi"))
    _patch(aiohttp.ClientSession, "_request", _calling(notice, _request))


def step_of(lease: Lease) -> str:
    """Return the name of the step that a lease is for."""
    if isinstance(lease, QuestionLease):
        state = State.WITHDRAWN if lease.progress.withdrawn else lease.progress.state
        return f"{RESEARCH} {state.value}" if lease.question.research else state.value
    assert isinstance(lease, JobLease)
    return lease.job.kind.value


def _patch(owner: Any, name: str, around: Callable[[Function], Function]) -> None:
    setattr(owner, name, around(getattr(owner, name)))


def _running(step: Callable[..., str]) -> Callable[[Function], Function]:
    """Let a function's calls count as those of a step."""

    def around(function: Function) -> Function:
        @wraps(function)
        async def run(*args: Any, **given: Any) -> Any:
            token = _RUN.set(_Run(step(*args)))
            try:
                return await function(*args, **given)
            finally:
                _RUN.reset(token)

        return run

    return around


def _calling(notice: Notice, name: Callable[..., str]) -> Callable[[Function], Function]:
    """Let a function be a call, unless it has no name or is made outside of all steps."""

    def around(function: Function) -> Function:
        @wraps(function)
        async def call(*args: Any, **given: Any) -> Any:
            run, called = _RUN.get(), name(*args, **given)
            if run is None or not called:
                return await function(*args, **given)
            made = run.call(called)
            notice(made, When.BEFORE)
            try:
                return await function(*args, **given)
            finally:
                notice(made, When.AFTER)

        return call

    return around


def _claiming(notice: Notice) -> Callable[[Function], Function]:
    """Let each lease that a claim returns be a call of its own."""

    def around(function: Function) -> Function:
        @wraps(function)
        async def claim(*args: Any, **given: Any) -> Any:
            claimed = await function(*args, **given)
            for lease in claimed.leases:
                notice(Call(step_of(lease), "claim"), When.AFTER)
            return claimed

        return claim

    return around


def _script_namer(script: str) -> Callable[..., str]:
    def name(*_args: Any, **given: Any) -> str:
        return " ".join(("script", script, *_told(given)))

    return name


def _told(given: Mapping[str, Any]) -> list[str]:
    """Return the choices among a script's arguments, and the names of the fields that it saves."""
    choices = [value.value for value in given.values() if isinstance(value, StrEnum)]
    fields = given.get("fields", {})
    saved = [f"{key}={value}" if isinstance(value, StrEnum) else key for key, value in fields.items()]
    return [*choices, *sorted({ID_AS_FIELD.sub("*", each) for each in saved})]


def _command(_redis: Any, command: str, *_args: Any, **_given: Any) -> str:
    return "" if command.partition(" ")[0] in RUN_SCRIPTS else f"redis {command.lower()}"


def _request(_session: Any, method: str, url: str | URL, **_given: Any) -> str:
    return f"{method} {IDS.sub('/*', URL(url).path)}"


def _listener(body: Mapping[str, Any]) -> str:
    """Return which listener gets a request of Slack."""
    if "command" in body:
        return "a command"
    if body.get("type") == "block_actions":
        return "a click"
    return "an event" if "event" in body else "a modal"
