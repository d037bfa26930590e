"""Mentions, replies in threads of the bot, and direct messages."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.question import Surface
from bot.store.results import Receipt
from handlers.payloads.events import may_precede_its_root, question_from_message, surface_of_message
from handlers.services import Services

RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4)
"""Waits before storing a reply again whose event may have come before that of its thread's first message."""


async def handle_mention(services: Services, body: Mapping[str, Any]) -> None:
    """Store a question from a message that mentions the bot."""
    await _store(services, body, Surface.MENTION)


async def handle_message(services: Services, body: Mapping[str, Any]) -> None:
    """Store a direct message, or a reply in a thread of ours; other messages are not for the bot."""
    if surface := surface_of_message(body["event"]):
        await _store(services, body, surface)


async def _store(services: Services, body: Mapping[str, Any], surface: Surface) -> None:
    question = question_from_message(body, surface)
    if not question:
        return
    receipt = await services.questions.accept(question)
    for wait in RETRY_SECONDS if may_precede_its_root(question) else ():
        if receipt is not Receipt.UNKNOWN_THREAD:
            break
        await asyncio.sleep(wait)
        receipt = await services.questions.accept(question)
    services.wake()
