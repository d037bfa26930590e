"""The slash command `/genie`: a question, or one of its subcommands."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.store.questions import NotStored, in_time, one_deadline
from handlers.commands.asking import ask_question
from handlers.commands.subcommands import BY_NAME, FORMS, Subcommand
from handlers.payloads.commands import Command, read_command
from handlers.services import Services
from render.blockkit.reply import Reply

SLACK_SECONDS = 0.5
"""More than Redis has alone, as Slack is asked about user and channel before: together less than three."""


async def handle_genie_command(
    services: Services, body: Mapping[str, Any], ack: AsyncAck, context: AsyncBoltContext
) -> None:
    """Do what a command says; only its user sees the reply, and a question becomes a message."""
    command = read_command(body, FORMS)
    row = None if command.name is None else BY_NAME[command.name]
    with one_deadline(asyncio.get_running_loop().time() + SLACK_SECONDS):
        try:
            reply = await _reply(services, context, command, row)
        except NotStored:
            if not (row and row.without_redis):
                raise
            reply = row.without_redis
    if isinstance(reply, Reply):
        await ack(reply.text, blocks=list(reply.variants[0].blocks))
    else:
        await ack(reply)


async def _reply(
    services: Services, context: AsyncBoltContext, command: Command, row: Subcommand | None
) -> Reply | str:
    if not (row and row.takes_away):
        place = command.place
        asking = services.guard.rejection(place.team, command.user, place.channel, external=False)
        if rejection := await in_time(asking):
            return rejection.sentence
    if row is None and not services.catalog.named(command.argument)[1].strip():  # a space, and no question
        row = BY_NAME["help"]
    if row is None:
        return await ask_question(services, context, command.question())
    return await in_time(row.run(services, context, command))
