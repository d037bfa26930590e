"""A browser's way through a sign-in: from the link to Databricks, back, and to a person's Confirm.

Each step ends in a page or in another address, and nothing is kept before the person has confirmed. What is
refused is refused in words that say what to do.
"""

import hmac
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from bot.config.sign_in_emails import SignInEmails
from bot.identity.encryption import Encryption, NotDecrypted
from bot.identity.grants import Grant
from bot.identity.identities import UserIdentities
from bot.identity.model import NotSignedIn, SlackUser
from bot.identity.sign_in_messages import SignInMessages, may_sign_in
from bot.identity.sign_ins import Begun, Confirmation, SignIns, form_token, new_cookie, new_state
from bot.slack.api import SlackError
from bot.slack.users import Person, Users
from genie import errors
from genie.http.user_oauth import SignedIn, error_from_browser
from render import words
from render.pages.page import Page
from render.pages.sign_in import (
    ANSWER,
    CONFIRMED,
    FORM_TOKEN,
    Account,
    cancelled_page,
    confirm_page,
    other_person_page,
    refusal_page,
)

log = logging.getLogger(__name__)

said = words.sign_in
CALLBACK = "/sign-in/callback"
"""Where Databricks sends browsers back, below PUBLIC_URL: registered with the app connection."""
CONFIRM, DONE = "/sign-in/confirm", "/sign-in/done"
LINK_ENDED = refusal_page(said.LINK_TITLE, said.LINK_USED, 410)
ENDED = refusal_page(said.STATE_TITLE, said.STATE_UNKNOWN, 410)
FOREIGN = refusal_page(said.STATE_TITLE, said.STATE_UNKNOWN, 403)
NOT_ALLOWED = refusal_page(said.NOT_ALLOWED_TITLE, said.NOT_ALLOWED, 403)
CODE_ENDED = refusal_page(said.STATE_TITLE, said.CODE_ENDED, 400)
SCOPE = refusal_page(said.SCOPE_TITLE, said.SCOPE, 502)
REFUSED = refusal_page(said.REFUSED_TITLE, said.REFUSED, 502)
AWAY = refusal_page(said.AWAY_TITLE, said.AWAY, 503)
NOT_READY = refusal_page(said.AWAY_TITLE, said.STARTING, 503)
CHANGED = refusal_page(said.GONE_TITLE, said.GONE, 403)
FORGED = refusal_page(said.FORM_TITLE, said.FORM, 403)


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where the browser goes next."""

    address: str = field(repr=False)
    """Ours from the root, or one of Databricks."""
    cookie: str | None = field(default=None, repr=False)
    """What the browser keeps from now on: another cookie, or none ("")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFlow:
    """The steps, in the order in which a browser takes them."""

    sign_ins: SignIns
    identities: UserIdentities
    encryption: Encryption
    emails: SignInEmails
    host: str
    """The address of the workspace."""
    users: Users
    messages: SignInMessages
    changed: Callable[[SlackUser], None]
    """Called once a person has signed in, who may be looking at the Home tab."""

    async def open(self, token: str) -> Redirect | Page:
        """Use up a link, and send its browser to Databricks."""
        state, verifier = new_state()
        try:
            address = await self.identities.oauth.authorize_url(state, verifier)
        except errors.GenieError as error:
            log.warning("sign_in.no_databricks", extra={"error": str(error)})
            return NOT_READY  # before the link is used up
        link = await self.sign_ins.open(token)
        if link is None:
            return _refused(LINK_ENDED, "link")
        cookie = new_cookie()
        await self.sign_ins.begin(link, state, verifier, cookie)
        return Redirect(address, cookie)

    async def come_back(self, query: Mapping[str, str], cookie: str) -> Redirect | Page:
        """Take a browser that comes from Databricks, and keep what it brings until it is confirmed."""
        begun = await self.sign_ins.come_back(query.get("state", ""))
        if begun is None:
            return _refused(ENDED, "state")
        if not begun.is_of(cookie):
            return _refused(FOREIGN, "browser")
        if not ("error" in query or query.get("code")):
            return _refused(CODE_ENDED, "code")
        try:
            if "error" in query:
                raise error_from_browser(query["error"])
            signed_in = await self.identities.oauth.sign_in(query["code"], begun.verifier)
        except errors.GenieError as error:
            log.warning("sign_in.refused", extra={"reason": type(error).__name__, "error": str(error)})
            return _page_of(error, denied="error" in query)
        if refusal := await self._refusal(begun, signed_in):
            self.identities.revoke(signed_in.refresh_token)
            return refusal
        return Redirect(CONFIRM)

    async def _refusal(self, begun: Begun, signed_in: SignedIn) -> Page | None:
        """Keep a sign-in for its confirmation, unless it is not that of the person for whom the link was."""
        try:
            person = await self.users.ask(begun.user.team, begun.user.id)
        except SlackError as error:
            log.warning("sign_in.no_slack", extra={"error": str(error)})
            return AWAY
        if not may_sign_in(person) or person.email.lower() != begun.email.lower():
            return _refused(CHANGED, "slack account")
        if not self.emails.belong_together(person.email, signed_in.databricks_user):
            return _refused(other_person_page(person.email, signed_in.databricks_user), "address")
        await self._ask(begun, person, signed_in)
        return None

    async def _ask(self, begun: Begun, person: Person, signed_in: SignedIn) -> None:
        sealed = self.encryption.encrypt(signed_in.refresh_token, *self._bound_to(begun.user))
        confirmation = Confirmation(
            user=begun.user,
            email=person.email,
            name=person.name,
            databricks_user=signed_in.databricks_user,
            refresh_token=sealed,
        )
        await self.sign_ins.ask(begun, confirmation)

    async def page(self, cookie: str) -> Page:
        """Show a browser whom it connects with whom."""
        asked = await self.sign_ins.to_confirm(cookie)
        if asked is None:
            return ENDED
        host = self.host.partition("://")[2]
        slack, databricks = Account(asked.name, asked.email), Account(asked.databricks_user, host)
        return confirm_page(slack, databricks, form_token(cookie))

    async def answer(self, form: Mapping[str, str], cookie: str) -> Redirect | Page:
        """Keep what a person has confirmed, and let what waits for it go on."""
        if not hmac.compare_digest(form.get(FORM_TOKEN, "").encode(), form_token(cookie).encode()):
            return _refused(FORGED, "form")
        confirmed = await self.sign_ins.confirm(cookie)
        if confirmed is None:
            return _refused(ENDED, "confirmation")
        try:
            refresh_token = self.encryption.decrypt(confirmed.refresh_token, *self._bound_to(confirmed.user))
        except NotDecrypted:
            return _refused(ENDED, "not decrypted")
        if form.get(ANSWER) != CONFIRMED:
            self.identities.revoke(refresh_token)
            return cancelled_page()
        grant = Grant(confirmed.databricks_user, confirmed.email, refresh_token)
        if not await self._keep(confirmed.user, grant):
            return _refused(CHANGED, "slack account")
        return Redirect(DONE, "")

    async def _keep(self, user: SlackUser, grant: Grant) -> bool:
        """Keep a grant, and let its person's questions go on; False if the account has changed meanwhile."""
        resumed = await self.identities.grants.save(user, grant)
        try:
            # A change that came before found no grant to end, and one that comes now does.
            with suppress(errors.GenieError):  # Slack is away, and asked again before anything is done
                await self.identities.signed_in(user)
        except NotSignedIn:
            return False
        log.info("sign_in.done", extra={"resumed": resumed})
        await self.messages.done(user)
        self.changed(user)
        return True

    def _bound_to(self, user: SlackUser) -> tuple[str, ...]:
        return "confirmation", user.team, user.id, self.host


def _refused(page: Page, reason: str) -> Page:
    log.warning("sign_in.refused", extra={"reason": reason})
    return page


def _page_of(error: errors.GenieError, *, denied: bool) -> Page:
    if isinstance(error, errors.GrantEnded):
        return NOT_ALLOWED if denied else CODE_ENDED
    if isinstance(error, errors.ScopeRefused):
        return SCOPE
    return REFUSED if isinstance(error, errors.SignInFailed) else AWAY
