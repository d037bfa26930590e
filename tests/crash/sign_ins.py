"""People who sign in to Databricks as soon as they get a link, whatever becomes of the process that helps."""

import asyncio

import aiohttp

from render import words
from sandbox.slack.errors import SlackError
from tests.stories.identity.people import browser, link_in, offers
from tests.stories.world import SALES, World


async def follow_links(world: World, user: str) -> None:
    """Follow each link that a person gets, and wish for another where one leads nowhere, until cancelled."""
    followed: set[str] = set()
    while True:
        links = [link for link in map(link_in, offers(world, user)) if link not in followed]
        followed.update(links)
        if links and not await _signs_in(world, user, links[-1]):
            await _wish_for_a_link(world, user)
        await asyncio.sleep(0.05)


async def _signs_in(world: World, user: str, link: str) -> bool:
    """Go the whole way; False where a page does not come, or says that another link is needed."""
    try:
        async with browser() as own:
            done = await own.sign_in(link, world.slack.workspace.user(user).email)
    except (aiohttp.ClientError, AssertionError):
        return False
    return words.sign_in.DONE in done.text


async def _wish_for_a_link(world: World, user: str) -> None:
    """Use the command until a process takes it, which sends no link to a person who is signed in by now."""
    while True:
        try:
            await world.slack.command(user, SALES, "/genie", "sign-in")
        except SlackError:
            await asyncio.sleep(0.2)
        else:
            return
