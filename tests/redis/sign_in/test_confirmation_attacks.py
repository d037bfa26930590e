"""Attacks on the confirmation of a sign-in: each test is named for what it refuses."""

import json
import logging
import re

import pytest
from redis.asyncio import Redis

from bot.store.grants import GrantStore
from bot.store.questions import NotStored
from render import words
from render.pages.page import HEADERS
from render.pages.sign_in import ANSWER, CONFIRMED, FORM_TOKEN
from tests.redis.queue_moves import KEYS
from tests.redis.sign_in.site import ANA, BEN, Site, refused
from tests.stories.identity.people import Browser, browser, form_token

pytestmark = pytest.mark.redis

said = words.sign_in
MINE, OTHERS = "ana@example.com", "ben@example.com"


async def test_a_cross_site_confirm(site: Site, own: Browser) -> None:
    """Without the cookie, the form's own token and our origin nothing is confirmed; with them it is."""
    page = await own.to_confirm(await site.link(), MINE)
    token, origin = form_token(page), {"Origin": site.url}
    good = {FORM_TOKEN: token, ANSWER: CONFIRMED}
    async with browser() as without_cookie:
        await refused(site, await without_cookie.post(site.confirm, good, **origin), said.FORM, 403)
    for headers in (
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"{site.url}.evil.example"},
    ):
        await refused(site, await own.post(site.confirm, good, **headers), said.FORM, 403)
    for form in (
        {ANSWER: CONFIRMED},
        {FORM_TOKEN: "", ANSWER: CONFIRMED},
        {FORM_TOKEN: "f" * 64, ANSWER: CONFIRMED},
    ):
        await refused(site, await own.post(site.confirm, form, **origin), said.FORM, 403)
    large = good | {"x": "x" * 5000}
    await refused(site, await own.post(site.confirm, large, **origin), said.FORM, 403)
    as_json = await own.get(site.confirm, method="POST", **origin, **{"Content-Type": "application/json"})
    await refused(site, as_json, said.FORM, 403)
    assert (await own.get(site.confirm)).status == 200  # looking at it confirms nothing
    assert await site.signed_in(ANA) is None
    assert (await own.post(site.confirm, good, **origin)).location == f"{site.url}/sign-in/done"
    assert await site.signed_in(ANA) == MINE


async def test_nothing_goes_on_before_a_grant_is_kept(
    site: Site, own: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question that woke before it would find no sign-in, and send another link."""
    ana, in_an_hour = site.person(ANA), 2**41
    await site.redis.hset(KEYS.question("q"), mapping={"signing_in_at": 1})
    for key in (KEYS.sign_in_waiting(ana), KEYS.due):
        await site.redis.zadd(key, {"q": in_an_hour})
    for key in (KEYS.question("q"), KEYS.sign_in_waiting(ana), KEYS.due):
        await site.redis.expire(key, 60)
    page = await own.to_confirm(await site.link(), MINE)

    async def fails(*_: object) -> int:
        raise NotStored

    with monkeypatch.context() as without_redis:
        without_redis.setattr(GrantStore, "save", fails)
        assert (await own.confirm(page, site.confirm)).status == 503
    assert await site.redis.zscore(KEYS.due, "q") == in_an_hour
    await own.confirm(await own.to_confirm(await site.link(), MINE), site.confirm)
    assert await site.signed_in(ANA) == MINE
    assert (await site.redis.zscore(KEYS.due, "q") or 0) < in_an_hour


async def test_a_form_of_another_sign_in(site: Site, own: Browser) -> None:
    """An attacker's form token is of no use in the browser of somebody else."""
    async with browser() as attacker:
        theirs = form_token(await attacker.to_confirm(await site.link(BEN), OTHERS))
    await own.to_confirm(await site.link(ANA), MINE)
    got = await own.post(site.confirm, {FORM_TOKEN: theirs, ANSWER: CONFIRMED}, Origin=site.url)
    await refused(site, got, said.FORM, 403)


async def test_a_confirmation_that_is_replayed_or_declined(site: Site, own: Browser) -> None:
    """What was declined cannot be confirmed, and what was confirmed is confirmed once."""
    page = await own.to_confirm(await site.link(), MINE)
    await refused(site, await own.confirm(page, site.confirm, "cancel"), said.CANCELLED, 200)
    await refused(site, await own.confirm(page, site.confirm), said.STATE_UNKNOWN, 410)
    page = await own.to_confirm(await site.link(), MINE)
    cookie = own.cookies(site.url)
    assert (await own.confirm(page, site.confirm)).status == 303
    assert own.cookies(site.url) == {}
    await site.sign_in.flow.identities.sign_out(site.person(ANA))
    own.set_cookies(cookie, site.url)
    await refused(site, await own.confirm(page, site.confirm), said.STATE_UNKNOWN, 410)


@pytest.mark.parametrize("fields", [{"deleted": True}, {"email": OTHERS}], ids=["deactivated", "address"])
async def test_an_account_in_slack_that_changes_before_the_confirmation(
    site: Site, own: Browser, fields: dict[str, object]
) -> None:
    """What is confirmed after it is kept for nobody, and Databricks is told to end it."""
    page = await own.to_confirm(await site.link(), MINE)
    await site.slack.change_user(ANA, **fields)
    await site.users.forget(site.team, ANA)
    await refused(site, await own.confirm(page, site.confirm), said.GONE, 403)
    await site.sign_in.flow.identities.__aexit__(None, None, None)
    assert [each.status for each in site.databricks.request_log if each.kind == "revoke"] == [200]


async def test_a_form_in_an_encoding_of_an_attacker(site: Site, own: Browser) -> None:
    """Browsers send UTF-8; what another encoding makes of the token may not even be text."""
    page = await own.to_confirm(await site.link(), MINE)
    for charset, token in (("utf-7", "+2AA-"), ("unicode_escape", "\\ud800"), ("utf-16", "x")):
        headers = {"Content-Type": f"application/x-www-form-urlencoded; charset={charset}"}
        form = f"{FORM_TOKEN}={token}&{ANSWER}={CONFIRMED}"
        await refused(site, await own.post(site.confirm, form, Origin=site.url, **headers), said.FORM, 403)
    assert (await own.confirm(page, site.confirm)).status == 303


async def test_a_confirmation_that_was_swapped_or_tampered_with(site: Site, own: Browser) -> None:
    """The token in it decrypts for its own person alone, and only as it was written."""
    for name, value in (("user", {"team": site.team, "id": BEN}), ("refresh_token", "AAAA")):
        page = await own.to_confirm(await site.link(), MINE)
        [key] = [each async for each in site.redis.scan_iter(match=f"{KEYS.sign_in_confirmation('')}*")]
        record = json.loads(await site.redis.get(key) or "") | {name: value}
        await site.redis.set(key, json.dumps(record), px=60_000)
        await refused(site, await own.confirm(page, site.confirm), said.STATE_UNKNOWN, 410)


async def test_a_framed_page(site: Site, own: Browser) -> None:
    """Every page and every redirect forbids frames, scripts, caches and referrers."""
    link = await site.link()
    first = await own.get(link)
    back = await own.get(await own.allow(first.location, MINE))
    pages = [await own.get(address) for address in (link, site.confirm, f"{site.url}/sign-in/done")]
    for got in (first, back, *pages):
        differing = {
            name: got.headers.get(name) for name in HEADERS if got.headers.get(name) != HEADERS[name]
        }
        assert differing in ({}, {"referrer-policy": "same-origin"})
    assert pages[1].headers["referrer-policy"] == "same-origin"  # of the form: its browser names the origin
    assert "form-action 'self'" in HEADERS["content-security-policy"]
    assert "frame-ancestors 'none'" in HEADERS["content-security-policy"]


async def test_no_token_is_anywhere_in_clear(
    site: Site, own: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in Redis before and after the confirmation, not in the log, on no page and in no address."""
    caplog.set_level(logging.DEBUG)
    link = await site.link()
    there = (await own.get(link)).location
    back = await own.allow(there, MINE)
    seen = [await own.get(back)]
    seen.append(await own.get(site.confirm))
    kept = [await dump(site.redis)]
    seen.append(await own.confirm(seen[-1], site.confirm))
    kept.append(await dump(site.redis))
    grant = await site.sign_in.flow.identities.signed_in(site.person(ANA))
    code, state = (re.search(rf"{name}=([^&]+)", back) for name in ("code", "state"))
    assert code
    assert state
    secret = [grant.refresh_token, code[1], state[1], link.rpartition("/")[2], site.app.client_secret]
    pages = [page.text + page.location for page in seen]
    everywhere = "\n".join((*kept, *pages, caplog.text.replace(str(site.databricks.url), "")))
    assert [each for each in secret if each in everywhere] == []
    assert MINE not in "".join(page.location for page in seen)


async def dump(redis: "Redis") -> str:
    """Return all that Redis holds, as text."""
    held = []
    async for key in redis.scan_iter():
        kind = await redis.type(key)
        held.append(f"{key} {await redis.hgetall(key) if kind == 'hash' else await redis.get(key)!r}")
    return "\n".join(held)
