"""What a person can do about signing in from Slack, and what a change of their account does."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from bot.identity.identities import UserIdentities
from bot.identity.model import NotSignedIn, SlackUser
from bot.identity.sign_in_messages import SignInMessages
from bot.identity.sign_in_wait import SignInWaits
from bot.slack.api import SlackError
from genie.errors import GenieError
from render import words
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply

log = logging.getLogger(__name__)

LINK_SECONDS = 1.5
"""Slack waits three seconds for an answer to a command."""


class SignInActions:
    """Where people ask as themselves. Methods raise NotStored or RedisError without Redis."""

    def __init__(
        self,
        identities: UserIdentities,
        messages: SignInMessages,
        waits: SignInWaits,
        changed: Callable[[SlackUser], None],
    ) -> None:
        """Call `changed` once something is another for a person, who may be looking at it."""
        self._identities, self._messages, self._waits, self._changed = identities, messages, waits, changed

    async def sign_in(self, user: SlackUser) -> Reply:
        """Return a link for a person, or say that none is needed."""
        try:
            grant = await self._identities.signed_in(user)
        except NotSignedIn:
            return await self.new_link(user)
        except GenieError:
            return text_reply(words.sign_in.NO_LINK)
        return text_reply(words.sign_in.signed_in_already(grant.databricks_user))

    async def new_link(self, user: SlackUser) -> Reply:
        """Return a message with a new link for a person, or why there is none."""
        try:
            async with asyncio.timeout(LINK_SECONDS):
                return await self._messages.new_link(user) or text_reply(words.sign_in.NO_EMAIL)
        except (SlackError, TimeoutError) as error:
            log.info("sign_in.no_link", extra={"error": str(error) or type(error).__name__})
            return text_reply(words.sign_in.NO_LINK)

    async def pressed(self, user: SlackUser, response_url: str) -> None:
        """Remember where the link stands that a person pressed."""
        await self._messages.pressed(user, response_url)

    async def sign_out(self, user: SlackUser) -> bool:
        """Delete what is kept of a person's sign-in, and end what needs it; False if there was nothing."""
        # First, so that no link is sent for what then has no sign-in.
        ended = await self._waits.signed_out(user)
        was_in = await self._identities.sign_out(user)
        if was_in:
            log.info("sign_in.ended", extra={"waiting": ended})
            self._changed(user)
        return was_in

    async def account_changed(self, user: SlackUser, *, deleted: bool) -> None:
        """End the sign-in of an account that is deactivated, or has another address now."""
        if deleted:
            await self.sign_out(user)
            return
        with suppress(NotSignedIn, GenieError):
            await self._identities.signed_in(user)
