"""The Genie client of each person."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from types import TracebackType
from typing import Self

from bot.identity.grants import Grant, Grants
from bot.identity.model import GenieOf, NotSignedIn, SlackUser
from bot.identity.user_auth import IsTheirs, UserAuth, check_theirs, revoke
from genie.client import Genie
from genie.http.auth import Auth
from genie.http.user_oauth import UserOAuth

MAX_CLIENTS = 1000
"""People whose access tokens are held; others' are bought again."""
SETTLE_SECONDS = 2.0
"""In which a stopping process keeps what it is just buying."""


def shared_identity(genie: Genie) -> GenieOf:
    """Ask as the bot, for everybody."""

    def genie_of(_user: SlackUser) -> Genie:
        return genie

    return genie_of


async def no_sign_in(_user: SlackUser) -> None:
    """Let everybody ask, as the bot asks for them."""


class UserIdentities:
    """Each person asks with a client of their own, and nobody else's rights."""

    def __init__(
        self, grants: Grants, oauth: UserOAuth, is_theirs: IsTheirs, client: Callable[[Auth], Genie]
    ) -> None:
        """Build with `client` what asks with the tokens of a person."""
        self.grants, self.oauth = grants, oauth
        self._is_theirs, self._client = is_theirs, client
        self._clients: OrderedDict[SlackUser, tuple[UserAuth, Genie]] = OrderedDict()
        self._revocations: set[asyncio.Task[bool]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let purchases and revocations end that are on their way."""
        ending = [asyncio.ensure_future(auth.settle()) for auth, _ in self._clients.values()]
        if settling := {*ending, *self._revocations}:
            await asyncio.wait(settling, timeout=SETTLE_SECONDS)

    def genie_of(self, user: SlackUser) -> Genie:
        """Return the client that asks as a person; its calls raise NotSignedIn, too."""
        if user not in self._clients:
            auth = UserAuth(user, self.grants, self.oauth, self._is_theirs)
            self._clients[user] = auth, self._client(auth)
            if len(self._clients) > MAX_CLIENTS:
                self._clients.popitem(last=False)
        self._clients.move_to_end(user)
        return self._clients[user][1]

    async def signed_in(self, user: SlackUser) -> Grant:
        """Return what a person gave, or raise NotSignedIn; NotStored, or Unavailable while Slack is away."""
        kept = await self.grants.read(user)
        if kept is None:
            raise NotSignedIn
        try:
            await check_theirs(kept, self.grants, self._is_theirs)
        except NotSignedIn:
            self.revoke(kept.grant.refresh_token)
            raise
        return kept.grant

    async def sign_out(self, user: SlackUser) -> bool:
        """Delete what a person gave, for all processes at once, and have Databricks end it, too."""
        grant = await self.grants.take(user)
        if grant is None:
            return False
        self.revoke(grant.refresh_token)
        return True

    def revoke(self, refresh_token: str) -> None:
        """Have Databricks end what is not kept here, without waiting for that."""
        task = asyncio.create_task(revoke(self.oauth, refresh_token))
        self._revocations.add(task)
        task.add_done_callback(self._revocations.discard)
