"""Attacks on a link and on the way back from Databricks: each test is named for what it refuses."""

import re
import secrets

import pytest
from aiohttp import web

from bot.identity.sign_in_flow import Redirect
from bot.identity.sign_ins import digest
from bot.server.sign_in_pages import SignInPages
from render import words
from sandbox.databricks import OAuthApp
from sandbox.faults import Fault
from tests.redis.queue_moves import KEYS
from tests.redis.sign_in.site import ANA, BEN, Site, refused
from tests.stories.identity.people import Browser, browser

pytestmark = pytest.mark.redis

said = words.sign_in
MINE, OTHERS = "ana@example.com", "ben@example.com"


def changed(address: str, name: str, value: str) -> str:
    """Give a parameter of an address another value."""
    return re.sub(rf"(?<=[?&]{name}=)[^&]*", value, address)


async def test_a_link_that_was_opened(site: Site, own: Browser) -> None:
    """The second who opens it gets words, in the same browser and in another."""
    link = await site.link()
    assert (await own.get(link)).status == 303
    await refused(site, await own.get(link), said.LINK_USED, 410)
    async with browser() as another:
        await refused(site, await another.get(link), said.LINK_USED, 410)


async def test_a_link_that_is_too_old_or_forged(site: Site, own: Browser) -> None:
    """Nothing tells the two apart."""
    link = await site.link()
    await site.redis.delete(KEYS.sign_in_link(digest(link.rpartition("/")[2])))
    for address in (link, f"{site.url}/sign-in/{secrets.token_urlsafe(32)}", f"{site.url}/sign-in/x"):
        await refused(site, await own.get(address), said.LINK_USED, 410)


async def test_a_program_that_looks_at_a_link_uses_nothing_up(site: Site, own: Browser) -> None:
    """HEAD, OPTIONS and POST open no link."""
    link = await site.link()
    assert [(await own.get(link, method=method)).status for method in ("HEAD", "OPTIONS", "POST")] == [
        405
    ] * 3
    assert (await own.get(link)).status == 303


async def test_a_link_opened_by_somebody_else(site: Site, own: Browser) -> None:
    """Whoever signs in has to be the person for whom the link was; Databricks' token is ended at once."""
    got = await own.to_confirm(await site.link(ANA), OTHERS)
    await refused(site, got, said.OTHER_TITLE, 403)
    assert MINE in got.text
    assert OTHERS in got.text
    await refused(site, await own.get(site.confirm), said.STATE_UNKNOWN, 410)
    await site.sign_in.flow.identities.__aexit__(None, None, None)
    assert [each.status for each in site.databricks.request_log if each.kind == "revoke"] == [200]


async def test_an_address_in_slack_that_has_changed(site: Site, own: Browser) -> None:
    """Who takes on another's address in Slack cannot use it with the link from before."""
    link = await site.link(ANA)
    await site.slack.change_user(ANA, email=OTHERS)
    await refused(site, await own.to_confirm(link, OTHERS), said.GONE, 403)


@pytest.mark.parametrize("fields", [{"deleted": True}, {"email": ""}], ids=["deactivated", "no address"])
async def test_an_account_in_slack_that_is_gone(site: Site, own: Browser, fields: dict[str, object]) -> None:
    """A deactivated account, or one without an address, ends the sign-in on its way."""
    link = await site.link(ANA)
    await site.slack.change_user(ANA, **fields)
    await refused(site, await own.to_confirm(link, MINE), said.GONE, 403)


async def test_a_forged_state(site: Site, own: Browser) -> None:
    """A state that we did not make brings nobody back."""
    back = await own.allow((await own.get(await site.link())).location, MINE)
    for state in (secrets.token_urlsafe(32), "", "x" * 3000):
        await refused(site, await own.get(changed(back, "state", state)), said.STATE_UNKNOWN, 410)
    await refused(site, await own.get(f"{site.url}/sign-in/callback"), said.STATE_UNKNOWN, 410)


async def test_an_expired_state(site: Site, own: Browser) -> None:
    """After ten minutes at Databricks there is nothing to come back to."""
    there = (await own.get(await site.link())).location
    [key] = [each async for each in site.redis.scan_iter(match=f"{KEYS.sign_in_state('')}*")]
    assert 0 < await site.redis.pttl(key) <= 600_000
    await site.redis.delete(key)
    await refused(site, await own.get(await own.allow(there, MINE)), said.STATE_UNKNOWN, 410)


async def test_a_replayed_state(site: Site, own: Browser) -> None:
    """The way back works once, whatever code comes with it."""
    back = await own.allow((await own.get(await site.link())).location, MINE)
    assert (await own.get(back)).status == 303
    await refused(site, await own.get(back), said.STATE_UNKNOWN, 410)


async def test_a_foreign_state(site: Site, own: Browser) -> None:
    """Somebody else's way back, sent to a person who is just signing in, signs nobody in as anybody."""
    async with browser() as attacker:
        theirs = await attacker.allow((await attacker.get(await site.link(BEN))).location, OTHERS)
    await own.get(await site.link(ANA))
    await refused(site, await own.get(theirs), said.STATE_UNKNOWN, 403)
    async with browser() as without_cookie:
        back = await own.allow((await own.get(await site.link(ANA))).location, MINE)
        await refused(site, await without_cookie.get(back), said.STATE_UNKNOWN, 403)


async def test_a_code_of_another_client(site: Site, own: Browser) -> None:
    """A code that was given to another app buys nothing here."""
    other = OAuthApp((f"{site.url}/sign-in/callback",))
    site.databricks.add_app(other)
    there = (await own.get(await site.link())).location
    back = await own.allow(changed(there, "client_id", other.client_id), MINE)
    await refused(site, await own.get(back), said.CODE_ENDED, 400)


async def test_a_wrong_or_missing_verifier(site: Site, own: Browser) -> None:
    """A code that was bought with another challenge does not fit the verifier that only we have."""
    there = (await own.get(await site.link())).location
    back = await own.allow(changed(there, "code_challenge", "A" * 43), MINE)
    await refused(site, await own.get(back), said.CODE_ENDED, 400)
    there = (await own.get(await site.link())).location
    back = await own.allow(there.replace("&code_challenge_method=S256", ""), MINE)
    assert "error=invalid_request" in back
    assert (await own.get(back)).status in {502, 503}


async def test_a_code_that_is_used_missing_or_made_up(site: Site, own: Browser) -> None:
    """It is the same as no code."""
    back = await own.allow((await own.get(await site.link(BEN))).location, OTHERS)
    used = re.search(r"code=([^&]+)", back)
    assert used
    await own.get(back)
    for code in (used[1], "", "made-up"):
        back = await own.allow((await own.get(await site.link())).location, MINE)
        await refused(site, await own.get(changed(back, "code", code)), said.CODE_ENDED, 400)


@pytest.mark.parametrize(
    ("error", "sentence", "status"),
    [
        ("access_denied", said.NOT_ALLOWED, 403),
        ("invalid_scope", said.SCOPE, 502),
        ("unauthorized_client", said.REFUSED, 502),
        ("server_error", said.AWAY, 503),
        ("<script>alert(1)</script>", said.AWAY, 503),
    ],
    ids=["denied", "scope", "client", "server", "made up"],
)
async def test_an_error_that_databricks_sends_back(
    site: Site, own: Browser, error: str, sentence: str, status: int
) -> None:
    """Each has its words, and none of its own is shown."""
    back = await own.allow((await own.get(await site.link())).location, MINE, "deny")
    got = await own.get(changed(back, "error", error))
    await refused(site, got, sentence, status)
    assert error not in got.text


async def test_parameters_that_come_twice(site: Site, own: Browser) -> None:
    """Which of them counts is nothing to guess about."""
    back = await own.allow((await own.get(await site.link())).location, MINE)
    await refused(site, await own.get(f"{back}&code=another"), said.STATE_UNKNOWN, 410)


async def test_an_open_redirect_and_a_host_header(site: Site, own: Browser) -> None:
    """Where browsers go comes from the settings and from Databricks, whatever a request says."""
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    link = await site.link()
    there = await own.get(f"{link}?next=https://evil.example&redirect_uri=https://evil.example", **evil)
    assert there.location.startswith(f"{site.databricks.url}/oidc/v1/authorize?")
    assert "evil" not in there.location
    back = await own.allow(there.location, MINE)
    assert back.startswith(f"{site.url}/sign-in/callback?")
    async with browser() as by_cookie:
        by_cookie.set_cookies(own.cookies(site.url), site.url)
        confirm = await by_cookie.get(f"{back}&next=https://evil.example", **evil)
    assert (confirm.status, confirm.location) == (303, site.confirm)


async def test_the_cookie_is_of_this_host_and_no_script(site: Site, own: Browser) -> None:
    """It is sent along from Databricks' redirect, and with no request that another page makes."""
    cookie = (await own.get(await site.link())).headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/", "max-age=1200"))
    assert "domain" not in cookie


def test_over_https_no_other_host_can_set_the_cookie() -> None:
    """Browsers take a cookie of this prefix from this host alone, over https, and for all of its paths."""
    pages = SignInPages(web.Application(), "https://genie.example.com/bot")
    response = pages._response(Redirect("/sign-in/confirm", "c"))
    cookie = str(response.cookies).lower()
    assert all(part in cookie for part in ("__host-genie-sign-in=c", "secure", "httponly", "path=/"))
    assert "domain" not in cookie
    assert response.headers["location"] == "https://genie.example.com/bot/sign-in/confirm"


async def test_databricks_slack_or_the_bot_are_away(site: Site, own: Browser) -> None:
    """Words say what to do; a link is not used up by what could not even begin."""
    site.pages.flow = None
    link = await site.link()
    await refused(site, await own.get(link), said.STARTING, 503)
    site.pages.flow = site.sign_in.flow
    site.databricks.faults.add(Fault(path="/oidc/*", status=503))
    await refused(site, await own.get(link), said.STARTING, 503)
    site.databricks.faults.clear()
    there = (await own.get(link)).location
    back = await own.allow(there, MINE)
    site.slack.faults.add(Fault(path="*/users.info", status=500))
    await refused(site, await own.get(back), said.AWAY, 503)
