"""A company in which people ask Databricks as themselves, and the browser in which they sign in."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from render import words
from render.pages.sign_in import ANSWER, CONFIRMED, FORM_TOKEN
from sandbox.databricks.genie.timing import Timing
from sandbox.environment import people_sign_in
from sandbox.slack.state.records import Message
from tests.stories.world import OWN_CHARTS, QUICK, World, company, words_of

ANA, CLEO = "U0ANA00007", "U0CLEO0008"
EMAILS = {"U0ANA00007": "ana@example.com", "U0BEN00002": "ben@example.com", "U0CLEO0008": "cleo@example.com"}


@asynccontextmanager
async def asking_as_themselves(redis_url: str, timing: Timing = QUICK) -> AsyncIterator[World]:
    """Open the company with an app connection in Databricks, and no bot yet."""
    async with company(redis_url, databricks=OWN_CHARTS, timing=timing) as world:
        let_people_sign_in(world)
        yield world


def let_people_sign_in(world: World) -> None:
    """Make an app connection in Databricks, and have bots use it that start from now on."""
    world.environment |= people_sign_in(world.databricks, int(world.environment["PORT"]))


@dataclass(frozen=True, slots=True)
class Reply:
    """What a browser got."""

    status: int
    location: str
    text: str
    headers: dict[str, str]


class Browser:
    """A browser that follows no address by itself; it keeps cookies."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def get(self, address: str, *, method: str = "GET", **headers: str) -> Reply:
        """Open an address."""
        return await self._ask(method, address, None, headers)

    async def post(self, address: str, form: dict[str, str] | str, **headers: str) -> Reply:
        """Send a form, as it is or encoded already."""
        return await self._ask("POST", address, form, headers)

    async def _ask(
        self, method: str, address: str, form: dict[str, str] | str | None, headers: dict[str, str]
    ) -> Reply:
        async with self._session.request(
            method, address, data=form, headers=headers, allow_redirects=False
        ) as got:
            lower = {name.lower(): value for name, value in got.headers.items()}
            return Reply(got.status, got.headers.get("Location", ""), await got.text(), lower)

    def cookies(self, address: str) -> dict[str, str]:
        """Return the cookies that are sent to an address."""
        found = self._session.cookie_jar.filter_cookies(URL(address))
        return {name: morsel.value for name, morsel in found.items()}

    def set_cookies(self, cookies: dict[str, str], address: str) -> None:
        """Have these cookies for an address."""
        self._session.cookie_jar.update_cookies(cookies, URL(address))

    async def allow(self, address: str, email: str, decision: str = "allow") -> str:
        """Decide at Databricks; return the address at which it sends the browser back."""
        return (await self.post(address, {"person": email, "decision": decision})).location

    async def to_confirm(self, link: str, email: str) -> Reply:
        """Follow a link to the page that asks for a confirmation."""
        there = (await self.get(link)).location
        back = await self.get(await self.allow(there, email))
        return await self.get(back.location) if back.location else back

    async def confirm(self, page: Reply, address: str, answer: str = CONFIRMED) -> Reply:
        """Press a button of that page."""
        form = {FORM_TOKEN: form_token(page), ANSWER: answer}
        return await self.post(address, form, Origin=origin(address))

    async def sign_in(self, link: str, email: str) -> Reply:
        """Go the whole way; return the last page."""
        page = await self.to_confirm(link, email)
        assert page.status == 200, page.text
        confirmed = await self.confirm(page, f"{origin(link)}/sign-in/confirm")
        return await self.get(confirmed.location)


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Open a browser of one person's own."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Browser(session)


def origin(address: str) -> str:
    """Return the part of an address that browsers name with a form."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(address))


def form_token(page: Reply) -> str:
    """Return the token in the form of a page."""
    found = re.search(rf'name="{FORM_TOKEN}" value="([^"]*)"', page.text)
    assert found, page.text
    return found[1]


def offers(world: World, user: str) -> list[Message]:
    """Return the private messages with which a person was offered to sign in."""
    channel = direct(world, user)
    said = [*world.slack.ephemerals, *(world.slack.workspace.messages[channel].values() if channel else ())]
    offer = words.sign_in.YOUR_LINK.splitlines()[0]
    return [each for each in said if offer in words_of(each) and each.for_user in {user, None}]


async def offered(world: World, user: str, number: int = 1) -> Message:
    """Wait until a person was offered to sign in so many times; return the last offer."""

    def found() -> Message | None:
        said = offers(world, user)
        return said[number - 1] if len(said) >= number else None

    return await world.slack.until(found)


def direct(world: World, user: str) -> str:
    """Return the channel of a person's direct messages with the bot; empty before there is one."""
    channels = world.slack.workspace.channels.values()
    return next((each.id for each in channels if each.user == user), "")


def link_in(message: Message) -> str:
    """Return the address behind the button of such a message."""
    return next(
        str(button["url"])
        for block in message.blocks
        for button in block.get("elements", ())
        if button.get("url")
    )


async def sign_in_when_offered(world: World, user: str, number: int = 1) -> None:
    """Wait until a person is offered a link, and follow it."""
    offer = await offered(world, user, number)
    async with browser() as own:
        done = await own.sign_in(link_in(offer), EMAILS[user])
        assert words.sign_in.DONE in done.text
