"""The command of the bot's admins that lists what experts have confirmed."""

from slack_bolt.async_app import AsyncBoltContext

from bot.records.review import Confirmed
from bot.store.questions import in_time
from handlers.payloads.commands import Command
from handlers.services import Services
from render import words
from render.blockkit.reply import Reply
from render.expert.listing import Entry, listing


async def _all(services: Services) -> list[Confirmed]:
    return [each async for each in services.confirmed.all()]


async def list_confirmed(services: Services, _context: AsyncBoltContext, command: Command) -> Reply | str:
    """List it for an admin."""
    team = command.place.team
    if not await services.access.is_admin(team, command.user):
        return words.experts.ADMINS_ONLY
    found = await in_time(_all(services))
    names = await services.users.of(team, {each.by for each in found} - {""})
    about = services.catalog.about
    return listing(
        [
            Entry(
                id=each.id,
                question=each.question,
                space=about(each.space).name,
                by=names.get(each.by, ""),
                at=each.at,
            )
            for each in found
        ]
    )
