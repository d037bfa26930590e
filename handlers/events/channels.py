"""Changes of who is in a channel: somebody joined it, the bot perhaps, or another company was let in.

https://docs.slack.dev/reference/events/member_joined_channel
https://docs.slack.dev/reference/events/channel_shared
"""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.store.questions import in_time
from handlers.payloads.envelope import changed_channel
from handlers.services import Services


async def handle_channel_change(
    services: Services, body: Mapping[str, Any], context: AsyncBoltContext
) -> None:
    """Have the readers of a channel looked at anew with the next question, and at once where the bot came."""
    place = changed_channel(body)
    await services.privacy.forget(place)
    if body["event"].get("user") == context.bot_user_id:
        await in_time(services.privacy.readers(place))
