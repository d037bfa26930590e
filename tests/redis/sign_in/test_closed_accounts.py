"""Accounts that were closed while the bot was down lose their sign-ins."""

import asyncio
import logging

import pytest

from bot.identity import closed_accounts
from bot.identity.closed_accounts import ClosedAccounts
from bot.slack.api import SlackUnreachable
from bot.slack.users import Person, Users
from bot.store.grants import GrantRecord, GrantStore
from tests.redis.queue_moves import KEYS
from tests.redis.sign_in.site import ANA, BEN, Site
from tests.stories.identity.people import Browser

pytestmark = pytest.mark.redis


def accounts(site: Site) -> ClosedAccounts:
    """Return what looks at the accounts, without a pause."""
    return ClosedAccounts(GrantStore(site.redis, KEYS), site.users, site.sign_in.actions, pause=0)


async def sign_ana_in(site: Site, own: Browser) -> None:
    """Let Ana sign in, and keep something of Ben's beside it."""
    await own.sign_in(await site.link(), "ana@example.com")
    await GrantStore(site.redis, KEYS).save(site.person(BEN), GrantRecord("s", "of another key"))
    async with GrantStore(site.redis, KEYS).locked(site.person(ANA)):
        assert await GrantStore(site.redis, KEYS).people() == {site.person(ANA), site.person(BEN)}


async def test_a_closed_account_loses_its_sign_in_within_a_day(site: Site, own: Browser) -> None:
    """Others keep theirs, whatever this process can read of them; and one look a day is enough."""
    await sign_ana_in(site, own)
    await site.slack.change_user(ANA, deleted=True)
    await accounts(site).look()
    assert await GrantStore(site.redis, KEYS).people() == {site.person(BEN)}
    await site.slack.change_user(BEN, deleted=True)
    await accounts(site).look()
    assert await GrantStore(site.redis, KEYS).people() == {site.person(BEN)}
    await site.redis.delete(KEYS.accounts_looked_at)
    await accounts(site).look()
    assert await GrantStore(site.redis, KEYS).people() == frozenset()


async def test_while_slack_is_away_the_look_is_for_later(
    site: Site, own: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is taken to be gone, and the next hour looks again."""

    async def away(*_: object) -> Person:
        raise SlackUnreachable("away")

    await sign_ana_in(site, own)
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(Users, "ask", away)
    await accounts(site).look()
    assert "accounts.not_looked_at" in caplog.messages
    assert await GrantStore(site.redis, KEYS).begin_look()
    assert await site.signed_in(ANA)


async def test_a_look_that_crashes_is_made_again(
    site: Site, own: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The day does not count as looked at, and the log tells of it."""

    async def crash(*_: object) -> Person:
        raise ValueError

    await sign_ana_in(site, own)
    await site.slack.change_user(ANA, deleted=True)
    monkeypatch.setattr(closed_accounts, "LOOK_SECONDS", 0.01)
    async with asyncio.timeout(20), accounts(site).watched():
        with monkeypatch.context() as broken:
            broken.setattr(Users, "ask", crash)
            while "accounts.look_crashed" not in caplog.messages:  # noqa: ASYNC110 - the log tells nobody
                await asyncio.sleep(0.01)
        while await GrantStore(site.redis, KEYS).people() != {site.person(BEN)}:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
