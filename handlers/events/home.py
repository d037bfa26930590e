"""The Home tab is opened.

https://docs.slack.dev/reference/events/app_home_opened
"""

from collections.abc import Mapping
from typing import Any

from bot.identity.model import SlackUser
from bot.store.questions import in_time
from handlers.payloads.envelope import installed_team
from handlers.services import Services


async def handle_home(services: Services, body: Mapping[str, Any]) -> None:
    """Show a person as whom Databricks is asked, or why the bot does not answer that person."""
    event = body["event"]
    if event.get("tab") == "home":
        await in_time(_show(services, SlackUser(installed_team(body), str(event["user"]))))


async def _show(services: Services, user: SlackUser) -> None:
    rejection = await services.guard.rejection(user.team, user.id, "", external=False)
    await services.home.publish(user, rejection.sentence if rejection else "")
