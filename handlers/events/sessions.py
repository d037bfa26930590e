"""A person stops the app's work in a thread, where the app is an agent.

https://docs.slack.dev/reference/events/agent_session_stopped
"""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from handlers.cancel import withdraw_latest
from handlers.ephemeral import post_privately
from handlers.payloads.envelope import read_stop
from handlers.services import Services
from render.blockkit.text_reply import text_reply


async def handle_stop(services: Services, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
    """Withdraw the newest question that this person has in the thread; what others asked there goes on."""
    stop = read_stop(body)
    if said := await withdraw_latest(services, context, stop.wish, stop.place, stop.user):
        await post_privately(context, stop.place, stop.user, text_reply(said))
