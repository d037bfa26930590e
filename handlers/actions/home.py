"""The Home tab: press a starter, withdraw a question, change one's settings.

A click there brings no `response_url`: what its person is told comes as a modal, or in the tab itself.
"""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.identity.model import SlackUser
from bot.replies.refusal import refusal
from bot.slack.api import optional
from bot.slack.direct_messages import direct_channel
from bot.store.people import Preferences
from bot.store.questions import in_time
from handlers.actions.watches import keep_quiet
from handlers.ephemeral import open_modal, reply_privately
from handlers.payloads.actions import clicked
from handlers.services import Services
from render import words
from render.home.settings_modal import read_settings, settings_modal
from render.text.escape import escape


async def handle_starter(services: Services, context: AsyncBoltContext) -> None:
    """Ask what a space offers, in the direct messages of who presses."""
    click = clicked(context)
    channel = await optional(direct_channel(context.client, click.user), "")
    if not channel:
        await reply_privately(context, words.home.NOT_ASKED)
        return
    receipt = await services.questions.accept(click.from_home(channel, escape(click.suggestion)))
    services.wake()
    await services.home.opened(click.person)
    await reply_privately(context, refusal(receipt, services.questions.bounds))


async def handle_withdraw(services: Services, context: AsyncBoltContext) -> None:
    """Withdraw a question of who presses; the tab says what came of it."""
    click = clicked(context)
    await services.changes.withdraw(click.question_id, click.user)
    services.wake()
    await services.home.opened(click.person)


async def handle_settings(services: Services, context: AsyncBoltContext) -> None:
    """Open a modal with the settings of who presses."""
    click = clicked(context)
    shown = await in_time(services.home.contents.settings(click.person))
    await open_modal(context, click.trigger_id, settings_modal(shown, click.place.team))


async def handle_settings_saved(services: Services, body: Mapping[str, Any], ack: AsyncAck) -> None:
    """Keep what was chosen; it holds from the next answer on."""
    view, person = body["view"], SlackUser(body["view"]["private_metadata"], body["user"]["id"])
    await in_time(_save(services, person, view["state"]["values"]))
    await services.home.opened(person)
    await ack()


async def _save(services: Services, person: SlackUser, values: Mapping[str, Any]) -> None:
    chosen = read_settings(values, await services.home.contents.settings(person))
    preferences = Preferences(
        private=chosen.private,
        charts=chosen.charts,
        numbers=chosen.numbers,
        dates=chosen.dates,
        quiet=chosen.quiet,
    )
    await services.people.save(person.team, person.id, preferences)
    await keep_quiet(services, person, preferences.quiet)
