"""Commands about watches: list one's own, and have a question asked again by the clock."""

from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext

from bot.records.question import Place
from bot.records.research import without_word
from bot.slack.api import optional
from bot.slack.direct_messages import direct_channel
from bot.slack.users import question_text
from handlers.actions.schedules import keep
from handlers.actions.spaces import likely_space
from handlers.ephemeral import open_modal
from handlers.payloads.commands import Command, rhythm_and_question
from handlers.payloads.watches import Schedule
from handlers.services import Services
from render import words
from render.blockkit.reply import Reply
from render.watch.message import watch_list
from render.watch.schedule_modal import schedule_modal
from render.words.research import WORD

said = words.watches


async def list_watches(services: Services, _context: AsyncBoltContext, command: Command) -> Reply:
    """List what the user watches, and what is asked by itself, with buttons."""
    return watch_list(await services.home.contents.watched(command.person))


async def schedule(services: Services, context: AsyncBoltContext, command: Command) -> str:
    """Have a question asked again by the clock, in this channel or, where that is private, directly.

    Its Genie space is settled now, as nobody is there to choose when it is asked.
    """
    rhythm, text = rhythm_and_question(command.argument)
    named, question = services.catalog.named(text)
    if researched := without_word(question):  # after which the space may be named, too
        after, researched = services.catalog.named(researched)
        named, question = named or after, f"{WORD}: {researched.strip()}"
    if question.strip(" :").casefold() in {"", WORD}:
        return said.SCHEDULE_EXPLAINED
    place = await _place(services, context, command)
    if place is None:
        return words.home.NOT_ASKED
    order = Schedule(
        mark=command.trigger_id, place=place, user=command.user, rhythm=rhythm, question=question.strip()
    )
    if not services.catalog.several:
        return await keep(services, order)
    asked = question_text(order.question, context.bot_user_id or "", {})
    space = named.id if named else await _space(services, command.place, asked)
    if space:
        return await keep(services, replace(order, space=space))
    offered = [(each.space.id, each.name) for each in services.catalog.usable]
    about, opened = order.about(), False
    if about:
        opened = await open_modal(context, command.trigger_id, schedule_modal(about, asked, offered))
    return "" if opened else said.NAME_SPACE


async def _space(services: Services, place: Place, question: str) -> str:
    """Return the id of the space of a question in a channel; empty if that is not sure."""
    if not services.catalog.usable:  # Genie's own words say why it cannot be asked
        return services.catalog.default.id
    return await likely_space(services, place, question)


async def _place(services: Services, context: AsyncBoltContext, command: Command) -> Place | None:
    """Return where the answers go; None where Slack opens no direct messages."""
    place = command.place
    wants_private = services.private or await optional(
        services.privacy.wants_private(place, command.user), default=False
    )
    if not wants_private:
        return place
    channel = await optional(direct_channel(context.client, command.user), "")
    return replace(place, channel=channel) if channel else None
