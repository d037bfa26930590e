"""Looks at the way to other hosts, and at the clock."""

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncGenerator
from contextlib import closing
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.model import Finding, green, red, yellow
from bot.doctor.surroundings import Surroundings
from render.words.operator import check_network as words

SLACK_HOST = "slack.com"
SLACK_HOSTS = (SLACK_HOST, "files.slack.com", "wss-primary.slack.com", "wss-backup.slack.com")
"""The Web API, uploads, and Socket Mode; https://docs.slack.dev/apis/events-api/using-socket-mode."""
STAGE_SECONDS = 4.0
"""For each of DNS, TCP and TLS."""
HTTPS = 443
WORTH_TELLING_SECONDS, SIGNATURE_SECONDS = 30.0, 240.0
"""Slack's signatures are refused after five minutes; https://docs.slack.dev/authentication/verifying-requests."""


async def look_at_slack(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Look at the way to each host of Slack's."""
    address = urlsplit(around.settings.slack_api_url)
    hosts = (
        [f"https://{host}" for host in SLACK_HOSTS] if address.hostname == SLACK_HOST else [address.geturl()]
    )
    for finding in await asyncio.gather(*(_way_to("network.slack", host) for host in hosts)):
        yield finding


async def look_at_databricks(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Look at the way to the workspace."""
    yield await _way_to("network.databricks", around.settings.databricks_host)


async def _way_to(check: str, address: str) -> Finding:
    """Look a name up, connect, and agree on TLS."""
    url = urlsplit(address)
    name, tls = url.hostname or "", url.scheme == "https"
    port = url.port or (HTTPS if tls else 80)
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(STAGE_SECONDS):
            await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError):
        return red(check, words.no_address(name))
    try:
        async with asyncio.timeout(STAGE_SECONDS):
            _, plain = await asyncio.open_connection(name, port)
    except (OSError, TimeoutError):
        return red(check, words.no_connection(name, port))
    with closing(plain):
        if tls:
            try:
                async with asyncio.timeout(STAGE_SECONDS):
                    await plain.start_tls(ssl.create_default_context(), server_hostname=name)
            except ssl.SSLCertVerificationError as refused:
                return red(check, words.not_trusted(name, refused.verify_message))
            except (OSError, TimeoutError):
                return red(check, words.no_tls(name))
    return green(check, words.reached(name))


async def look_at_clocks(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Compare this machine's clock with Slack's and with Databricks'."""
    settings = around.settings
    places = {
        words.SLACK: f"{settings.slack_api_url}api.test",
        words.DATABRICKS: settings.databricks_host,
    }
    ahead = await asyncio.gather(*(_ahead_of(around, address) for address in places.values()))
    for who, seconds in zip(places, ahead, strict=True):
        if seconds is None:
            yield yellow("clock", words.no_time(who))
        elif abs(seconds) >= SIGNATURE_SECONDS and who == words.SLACK and settings.slack_app_token is None:
            yield red("clock", words.signatures_refused(seconds))
        elif abs(seconds) >= WORTH_TELLING_SECONDS:
            yield yellow("clock", words.wrong_clock(who, seconds))
        else:
            yield green("clock", words.right_clock(who))


async def _ahead_of(around: Surroundings, address: str) -> float | None:
    """Return the seconds by which our clock is ahead of a server's, None if it does not tell its time."""
    began, at = time.monotonic(), around.clock()
    try:
        async with around.http.get(address, allow_redirects=False) as response:
            date = response.headers.get(aiohttp.hdrs.DATE, "")
        theirs = parsedate_to_datetime(date).timestamp()
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return None
    return at + (time.monotonic() - began) / 2 - theirs
