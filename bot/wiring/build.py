"""Builds the worker with all of its steps and jobs."""

from collections.abc import Callable

from bot.config.settings import Settings
from bot.identity.model import SlackUser
from bot.identity.sign_in_wait import SignInWaits
from bot.records.job import JobKind
from bot.records.progress import State
from bot.startup.clients import Clients
from bot.store.keys import Keys
from bot.store.questions import QuestionStore
from bot.wiring.jobs import JOBS
from bot.wiring.parts import Offload, Parts
from bot.wiring.steps import STEPS
from bot.worker import RunJob, Step, Worker


def build_worker(
    settings: Settings,
    clients: Clients,
    keys: Keys,
    questions: QuestionStore,
    offload: Offload,
    sign_in_waits: SignInWaits | None,
    changed: Callable[[SlackUser], None],
) -> Worker:
    """Build a worker with all of its steps and jobs; `changed` is told of the person of each."""
    parts = Parts(settings, clients, keys, questions, offload, changed)
    steps: dict[State, Step] = {}
    jobs: dict[JobKind, RunJob] = {}
    for build_step in STEPS:
        steps |= build_step(parts)
    for build_job in JOBS:
        jobs |= build_job(parts)
    return Worker(parts.queue, steps, jobs, parts.responder, sign_in_waits, clients.observe)
