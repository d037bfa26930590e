"""How Databricks is asked as a person: access tokens in memory, bought with what the person gave.

A refresh token may serve once. So one process at a time buys, and keeps the new refresh token before it uses
the access token that came with it. A process that dies between the two takes the grant along: Databricks
then refuses the old refresh token, and the person signs in again.
"""

import logging
from collections.abc import Awaitable, Callable

from bot.identity.grants import Grant, Grants, KeptGrant
from bot.identity.model import NotSignedIn, SlackUser
from genie.errors import GenieError, GrantEnded, Unavailable
from genie.http.auth import RenewedToken, Token
from genie.http.user_oauth import UserOAuth

log = logging.getLogger(__name__)

IsTheirs = Callable[[SlackUser, Grant], Awaitable[bool]]
"""Tell whether a grant is its person's still, as Slack and the operator have it; Unavailable if not known."""


class UserAuth:
    """The bearer tokens of one person; raises NotSignedIn without a grant, and NotStored without Redis."""

    def __init__(self, user: SlackUser, grants: Grants, oauth: UserOAuth, is_theirs: IsTheirs) -> None:
        """Buy tokens with the grant of `user`."""
        self._user, self._grants, self._oauth, self._is_theirs = user, grants, oauth, is_theirs
        self._of_sign_in: _SignInToken | None = None

    async def token(self) -> str:
        """Return a token that may be used now.

        The grant is looked at each time: a person who signed out, or in as somebody else, in whichever
        process, is asked for as that from now on.
        """
        sign_in = await self._grants.sign_in_of(self._user)
        if sign_in is None:
            self._of_sign_in = None
            raise NotSignedIn
        held = self._of_sign_in
        if held is None or held.sign_in != sign_in:
            held = self._of_sign_in = _SignInToken(
                self._user, sign_in, self._grants, self._oauth, self._is_theirs
            )
        return await held.token()

    def invalidate(self, token: str) -> None:
        """Note that Databricks refused this token."""
        if self._of_sign_in is not None:
            self._of_sign_in.invalidate(token)

    async def settle(self) -> None:
        """Let a purchase end that is on its way."""
        if self._of_sign_in is not None:
            await self._of_sign_in.settle()


class _SignInToken(RenewedToken):
    """The token of one sign-in."""

    def __init__(
        self, user: SlackUser, sign_in: str, grants: Grants, oauth: UserOAuth, is_theirs: IsTheirs
    ) -> None:
        super().__init__(oauth.clock)
        self._user, self.sign_in = user, sign_in
        self._grants, self._oauth, self._is_theirs = grants, oauth, is_theirs

    async def _buy(self) -> Token:
        async with self._grants.locked(self._user):
            kept = await self._grants.read(self._user)  # not before: another process may just have renewed it
            if kept is None:
                raise NotSignedIn
            if kept.record.sign_in != self.sign_in:
                raise _changed()
            try:
                await check_theirs(kept, self._grants, self._is_theirs)
            except NotSignedIn:
                await revoke(self._oauth, kept.grant.refresh_token)
                raise
            try:
                issued = await self._oauth.refresh(kept.grant.refresh_token)
            except GrantEnded as error:
                if await self._grants.end(kept, f"refused ({error.code})"):
                    raise NotSignedIn from None
                raise _changed() from None
            refresh_token = issued.refresh_token or kept.grant.refresh_token
            if not await self._grants.renew(kept, refresh_token):
                await revoke(self._oauth, refresh_token)  # signed out meanwhile: it belongs to nobody
                raise _changed()
            return issued.access


async def check_theirs(kept: KeptGrant, grants: Grants, is_theirs: IsTheirs) -> None:
    """End a grant that is not its person's any more: NotSignedIn."""
    if not await is_theirs(kept.user, kept.grant):
        await grants.end(kept, "address changed")
        raise NotSignedIn


async def revoke(oauth: UserOAuth, refresh_token: str) -> bool:
    """Have Databricks end a refresh token that is deleted here; False where that could not be done."""
    try:
        await oauth.revoke(refresh_token)
    except GenieError as error:
        log.info("grant.not_revoked", extra={"error": str(error)})
        return False
    return True


def _changed() -> Unavailable:
    return Unavailable("the sign-in changed while a token was bought")
