"""Sign-ins of accounts that were deactivated while Slack had nobody to tell, as the bot was down.

Who asks no more uses no grant, at which it would show; so all accounts are looked at, slowly, once a day.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.exceptions import RedisClusterException, RedisError

from bot.identity.sign_in_actions import SignInActions
from bot.slack.api import SlackError, SlackRefused
from bot.slack.users import Users
from bot.store.grants import GrantStore
from bot.store.questions import NotStored

log = logging.getLogger(__name__)

LOOK_SECONDS = 3600.0
"""Between two looks whether a day is over."""
PAUSE_SECONDS = 1.0
"""Between two people: Slack allows a hundred a minute, and people who ask are read, too."""


class ClosedAccounts:
    """Ends the sign-ins of accounts that are closed."""

    def __init__(
        self, grants: GrantStore, users: Users, actions: SignInActions, pause: float = PAUSE_SECONDS
    ) -> None:
        """Ask Slack about one person after the other, with a `pause` in between."""
        self._grants, self._users, self._actions, self._pause = grants, users, actions, pause

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Look at the accounts in the background within the block."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()

    async def _watch(self) -> None:
        while True:
            try:
                with suppress(NotStored, RedisError, RedisClusterException):
                    await self.look()
            except Exception:  # the next look may not meet what this one did
                log.exception("accounts.look_crashed")
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Look at all accounts, unless a process did within a day; what ends early begins anew in an hour."""
        if not await self._grants.begin_look():
            return
        complete = False
        try:
            complete = await self._look_at_all()
        finally:
            if not complete:
                await self._grants.look_again()

    async def _look_at_all(self) -> bool:
        """Tell whether Slack was there to the end."""
        for user in await self._grants.people():
            try:
                closed = (await self._users.ask(user.team, user.id)).deleted
            except SlackRefused:
                continue
            except SlackError as error:
                log.info("accounts.not_looked_at", extra={"error": str(error)})
                return False
            if closed:
                await self._actions.account_changed(user, deleted=True)
            await asyncio.sleep(self._pause)
        return True
