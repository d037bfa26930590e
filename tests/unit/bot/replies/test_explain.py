"""A stopping process waits for open modals to be filled, and not for a Slack that is silent."""

import asyncio
import time
from typing import cast

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.identity.model import GenieOf
from bot.offload.executor import Executor
from bot.records.question import Place
from bot.replies import modal_tasks
from bot.replies.explain_modal import ExplainTasks
from bot.replies.load_answer import AnswerLoader
from bot.slack.modal import ModalRequest
from sandbox.faults import Fault
from sandbox.slack.server import Slack


async def test_a_silent_slack_does_not_keep_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Last words that Slack does not take are given up within the bound, and no task is left."""
    monkeypatch.setattr(modal_tasks, "SHUTDOWN_GRACE_SECONDS", 0.2)
    monkeypatch.setattr(modal_tasks, "SHUTDOWN_NOTICE_SECONDS", 0.2)
    async with Slack() as slack, aiohttp.ClientSession() as http:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=http)
        slack.faults.add(Fault(path="/api/*", delay=30.0, times=None))
        nobody = cast("AnswerLoader", None), cast("GenieOf", None), cast("Executor", None)
        before = asyncio.all_tasks()
        async with ExplainTasks(client, *nobody) as tasks:
            assert tasks.start(ModalRequest("U1", Place("T", "C", "1"), trigger="1.2"), "q")
            await asyncio.sleep(0)
            began = time.monotonic()
        assert time.monotonic() - began < 2.0
        assert not [task for task in asyncio.all_tasks() - before if "_explain" in repr(task)]
