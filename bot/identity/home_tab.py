"""The Home tab: as whom a person asks, and the way to sign in or out."""

import asyncio
import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.identity.identities import UserIdentities
from bot.identity.model import NotSignedIn, SlackUser
from bot.identity.sign_in_messages import SignInMessages
from bot.slack.api import SlackError, ask_slack
from genie.errors import GenieError
from render.blockkit.blocks import Block
from render.notices.sign_in import home_as_bot, home_refusing, home_signed_in, home_signed_out

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 1.5
"""Slack waits three seconds for the acknowledgement of the event."""


class HomeTab:
    """Shows each person their own."""

    def __init__(
        self,
        slack: AsyncWebClient,
        identities: UserIdentities | None = None,
        messages: SignInMessages | None = None,
    ) -> None:
        """Without `identities` the bot asks for everybody."""
        self._slack, self._identities, self._messages = slack, identities, messages

    async def publish(self, user: SlackUser, refusal: str = "") -> None:
        """Show a person how things are now, or only why the bot does not answer that person.

        A failure is logged, as it is shown anew when it is opened.
        """
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                view = home_refusing(refusal) if refusal else await self._view(user)
                await ask_slack(self._slack.views_publish(user_id=user.id, view=view))
        except (SlackError, TimeoutError) as error:
            log.info("home.not_published", extra={"error": str(error) or type(error).__name__})

    async def _view(self, user: SlackUser) -> Block:
        if not (self._identities and self._messages):
            return home_as_bot()
        try:
            return home_signed_in((await self._identities.signed_in(user)).databricks_user)
        except (NotSignedIn, GenieError):
            return home_signed_out(await self._messages.link(user))
