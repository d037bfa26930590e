"""The Home tab is opened.

https://docs.slack.dev/reference/events/app_home_opened
"""

from collections.abc import Mapping
from typing import Any

from bot.identity.model import SlackUser
from handlers.payloads.envelope import installed_team
from handlers.services import Services


async def handle_home(services: Services, body: Mapping[str, Any]) -> None:
    """Have a person shown what is theirs; the event has been heard once Redis knows that the tab is open."""
    event = body["event"]
    if event.get("tab") == "home":
        await services.home.opened(SlackUser(installed_team(body), str(event["user"])))
