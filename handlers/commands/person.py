"""Commands for the user: last questions, how the bot fares, signing in and out again, being forgotten."""

import asyncio

from slack_bolt.async_app import AsyncBoltContext

from bot.records.job import JobKind
from handlers.payloads.commands import Command
from handlers.services import Services
from render import words
from render.blockkit.reply import Reply
from render.home.history import history_reply


async def sign_in(services: Services, _context: AsyncBoltContext, command: Command) -> Reply | str:
    """Bring a link to sign in to Databricks."""
    if not services.sign_in:
        return words.sign_in.NO_NEED
    return await services.sign_in.sign_in(command.person)


async def sign_out(services: Services, _context: AsyncBoltContext, command: Command) -> str:
    """Delete what is kept of a sign-in."""
    if not services.sign_in:
        return words.sign_in.NO_NEED
    was_in = await services.sign_in.sign_out(command.person)
    services.wake()
    return words.sign_in.SIGNED_OUT if was_in else words.sign_in.NOT_IN


async def show_history(services: Services, _context: AsyncBoltContext, command: Command) -> Reply:
    """Show the user's last questions, with links to their threads."""
    return history_reply(await services.home.contents.entries(command.person))


async def show_status(services: Services, _context: AsyncBoltContext, command: Command) -> str:
    """Say how long the line is, how much of the limit is used, and what works."""
    figures = services.home.contents.figures
    now, place, works = await asyncio.gather(
        figures.read(), figures.place(command.person.queue_name), services.works()
    )
    said = words.commands
    broken = [said.PARTS[part] for part, well in works.items() if not well]
    line = said.in_line(now.waiting, place) if now.waiting else said.NOBODY_WAITS
    return "\n".join([line, said.limit(now.used, now.capacity, now.window), *(broken or [said.ALL_WORKS])])


async def forget_me(services: Services, _context: AsyncBoltContext, command: Command) -> str:
    """Sign the user out, and leave to the worker what else is kept."""
    if services.sign_in:
        await services.sign_in.sign_out(command.person)
    await services.jobs.enqueue(command.own_job(JobKind.FORGET_PERSON), rerun=True)
    services.wake()
    return words.commands.FORGETTING_PERSON
