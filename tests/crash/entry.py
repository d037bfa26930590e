"""What runs in the bot's process before the bot: it records calls, and kills the process at one of them."""

import json
import multiprocessing
import os
import signal
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

import bot.jobs.watch.clock
import bot.jobs.watch.job
import bot.replies.query_reader
import bot.store.queue
import bot.worker
import render.sql.parsing
import render.sql.read
from tests.crash.calls import Call, When, watch

LEASE_SECONDS = 1.5
"""In place of ten, so that the next process takes over soon; nothing else depends on the number."""
LOOK_SECONDS = 0.3
"""Between looks for what is due by the clock."""
PATIENT_SECONDS = 60.0
"""For reading a query: an answer shall not depend on how busy the machine is."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a process dies: just before it makes a call, or just after."""

    call: Call
    when: When

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.when} {self.call}"


@dataclass(frozen=True, slots=True)
class Orders:
    """What a process is to do besides being the bot, once `begun` is set."""

    log: Path
    """Gets a line of JSON for each call, before it is made."""
    begun: Event
    dies_at: Point | None = None

    def __call__(self) -> None:
        """Prepare the process."""
        for module in (bot.store.queue, bot.worker):
            vars(module).update(LEASE_SECONDS=LEASE_SECONDS)
        for module in (bot.jobs.watch.clock, bot.jobs.watch.job):
            vars(module).update(LOOK_SECONDS=LOOK_SECONDS)
        for module in (render.sql.parsing, render.sql.read):
            vars(module).update(SECONDS=PATIENT_SECONDS)
        vars(bot.replies.query_reader).update(WAIT_SECONDS=PATIENT_SECONDS)
        # Its executor is forked from this process, so that it has the same patience.
        fork = multiprocessing.get_context("fork")
        vars(multiprocessing).update(get_context=lambda _method: fork)
        log = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

        def notice(call: Call, when: When) -> None:
            if not self.begun.is_set():
                return
            os.write(log, f"{json.dumps([call.step, call.name, call.number, when])}\n".encode())
            if self.dies_at == Point(call, when):
                os.kill(os.getpid(), signal.SIGKILL)

        watch(notice)


def recorded(log: Path) -> list[Point]:
    """Return the points that processes have passed, each once, in their order."""
    lines = log.read_text().splitlines() if log.exists() else []
    points = [
        Point(Call(step, name, number), When(when)) for step, name, number, when in map(json.loads, lines)
    ]
    return list(dict.fromkeys(points))
