"""Download a part of an export from the cloud's storage, which is not Databricks: nothing of ours goes there.

Vendor's page: https://docs.databricks.com/aws/en/dev-tools/sql-execution-tutorial (external links)
"""

import re
from collections.abc import AsyncGenerator, Mapping
from http import HTTPStatus

import aiohttp
from yarl import URL

from genie.errors import GenieError, LinkExpired, Malformed, Unavailable, Unreachable
from genie.http.host import host_url
from genie.protocol.links import ExternalLink

MAX_BYTES = 1 << 30
"""As much as the vendor's own page gives for one result."""

_TIMEOUT = aiohttp.ClientTimeout(total=900, connect=10, sock_read=30)
"""In all no longer than a link lives."""

_PART = 64 << 10
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_TEXT = re.compile(r"[\t\x20-\x7e]*")
_OURS_TO_SET = frozenset({"host", "content-length", "transfer-encoding", "connection", "upgrade", "expect"})
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


async def download(
    http: aiohttp.ClientSession, link: ExternalLink, *, plain: bool, max_bytes: int = MAX_BYTES
) -> AsyncGenerator[bytes, None]:
    """Yield the bytes behind a link, decompressed; the errors are ours, and may come after some bytes.

    `plain` allows http:// to a loopback address. A redirect is not followed: a pre-signed link needs none,
    and it would take the link's headers along. LinkExpired when the storage refuses the link.
    """
    url, headers = _address(link.url, plain=plain), _headers(link.headers)
    # A session of its own, which shares the connections but neither default headers nor cookies. It does not
    # look at the environment either: with a proxy would come what ~/.netrc has for a host.
    async with aiohttp.ClientSession(
        connector=http.connector, connector_owner=False, cookie_jar=aiohttp.DummyCookieJar()
    ) as bare:
        size = 0
        try:
            async with bare.get(
                url,
                headers=headers,
                skip_auto_headers=("User-Agent",),
                timeout=_TIMEOUT,
                allow_redirects=False,
            ) as response:
                if error := _refusal(response.status):
                    raise error
                async for part in response.content.iter_chunked(_PART):
                    size += len(part)
                    if size > max_bytes:
                        raise Malformed("the download is too large")
                    yield part
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            # Without its text, which may quote the link.
            raise Unreachable(f"the storage cannot be reached ({type(error).__name__})") from None


def _address(link: str, *, plain: bool) -> URL:
    try:
        url = URL(link, encoded=True)
        host_url(f"{url.scheme}://{url.raw_authority}")
    except ValueError:
        raise Malformed("a link of the export leads nowhere that we go") from None
    if url.scheme != "https" and not plain:
        raise Malformed("a link of the export is not encrypted")
    if not (link.isascii() and link.isprintable()) or " " in link:
        raise Malformed("a link of the export is not one")
    return url


def _headers(listed: Mapping[str, str]) -> Mapping[str, str]:
    for name, text in listed.items():
        if not _NAME.fullmatch(name) or not _TEXT.fullmatch(text) or name.lower() in _OURS_TO_SET:
            raise Malformed("a link of the export wants a header that cannot be sent")
    return listed


def _refusal(status: int) -> GenieError | None:
    if status == HTTPStatus.OK:
        return None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _PASSING:
        return Unavailable("the storage is unavailable", status=status)
    if status >= HTTPStatus.BAD_REQUEST:
        return LinkExpired(status=status)
    return Malformed("the storage gave something else", status=status)
