"""The pages on which people sign in to Databricks: HTTP around the steps of `bot.identity.sign_in_flow`.

Addresses are made from PUBLIC_URL alone, whatever host a request names, and no address holds data.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from aiohttp import web
from redis.exceptions import RedisError

from bot.identity.sign_in_flow import CALLBACK, CONFIRM, DONE, FORGED, LINK_ENDED, Redirect, SignInFlow
from bot.store.keys import SIGN_IN_LIFETIME
from bot.store.questions import NotStored
from render import words
from render.pages.page import HEADERS, Page
from render.pages.sign_in import done_page, refusal_page

log = logging.getLogger(__name__)

COOKIE_SECONDS = 2 * SIGN_IN_LIFETIME // 1000
"""For the way to Databricks and back, and then for the confirmation."""
MAX_FORM_BYTES = 4096
STARTING = refusal_page(words.sign_in.STARTING_TITLE, words.sign_in.STARTING, 503)
NO_STORE = refusal_page(words.sign_in.STORE_TITLE, words.sign_in.STORE, 503)
# Browsers name no origin with a form of a page without referrers; to others this page passes none on, either.
CONFIRM_HEADERS = HEADERS | {"referrer-policy": "same-origin"}

Step = Callable[[SignInFlow, web.Request], Awaitable[Page | Redirect]]


class SignInPages:
    """Serves the pages; before the bot has started, only words."""

    def __init__(self, server: web.Application, public_url: str) -> None:
        """Add the routes to `server`; browsers reach it at `public_url`."""
        self.flow: SignInFlow | None = None
        url = urlsplit(public_url)
        self._public_url, self._secure = public_url, url.scheme == "https"
        # As browsers name it: in small letters, and without the port that goes without saying.
        host = url.netloc.lower().removesuffix(":443" if self._secure else ":80")
        self._origin = f"{url.scheme}://{host}"
        # A cookie of that prefix is of this host alone, and was set over https.
        self._cookie = "__Host-genie-sign-in" if self._secure else "genie-sign-in"
        server.add_routes(
            [
                # Not for HEAD, by which programs look at links: it would use them up.
                web.get(CALLBACK, self._come_back, allow_head=False),
                web.get(CONFIRM, self._ask, allow_head=False),
                web.post(CONFIRM, self._confirm),
                web.get(DONE, self._done, allow_head=False),
                web.get("/sign-in/{token}", self._open, allow_head=False),
            ]
        )

    async def _open(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if not _is_secret(token):
            return self._response(LINK_ENDED)
        return await self._step(lambda flow: flow.open(token))

    async def _come_back(self, request: web.Request) -> web.Response:
        query = _single(request.query)
        return await self._step(lambda flow: flow.come_back(query, self._cookie_of(request)))

    async def _ask(self, request: web.Request) -> web.Response:
        response = await self._step(lambda flow: flow.page(self._cookie_of(request)))
        response.headers.update(CONFIRM_HEADERS)
        return response

    async def _confirm(self, request: web.Request) -> web.Response:
        cookie = self._cookie_of(request)
        form = await _form(request)
        if request.headers.get("origin") != self._origin or not cookie or form is None:
            log.warning("sign_in.refused", extra={"reason": "origin or cookie"})
            return self._response(FORGED)
        return await self._step(lambda flow: flow.answer(form, cookie))

    async def _done(self, _: web.Request) -> web.Response:
        return self._response(done_page())

    async def _step(self, step: Callable[[SignInFlow], Awaitable[Page | Redirect]]) -> web.Response:
        if self.flow is None:
            return self._response(STARTING)
        try:
            return self._response(await step(self.flow))
        except (RedisError, NotStored) as error:
            log.warning("sign_in.no_redis", extra={"error": type(error).__name__})
            return self._response(NO_STORE)

    def _response(self, result: Page | Redirect) -> web.Response:
        if isinstance(result, Page):
            return web.Response(
                text=result.html, status=result.status, content_type="text/html", headers=HEADERS
            )
        ours = result.address.startswith("/")
        location = self._public_url + result.address if ours else result.address
        response = web.Response(status=303, headers=HEADERS | {"location": location})
        if result.cookie is not None:
            seconds = COOKIE_SECONDS if result.cookie else 0
            response.set_cookie(
                self._cookie,
                result.cookie,
                max_age=seconds,
                path="/",
                secure=self._secure,
                httponly=True,
                samesite="lax",
            )
        return response

    def _cookie_of(self, request: web.Request) -> str:
        """Return the browser's cookie; empty without one that can be ours."""
        cookie = request.cookies.get(self._cookie, "")
        return cookie if _is_secret(cookie) else ""


def _is_secret(text: str) -> bool:
    return re.fullmatch(r"[\w-]{43}", text, re.ASCII) is not None


def _single(query: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of an address; none where one comes twice, which nobody honest sends."""
    return dict(query) if len(query) == len(set(query)) else {}


async def _form(request: web.Request) -> dict[str, str] | None:
    """Read a form as browsers send it, or return None."""
    length = request.content_length
    plain = request.content_type == "application/x-www-form-urlencoded" and request.charset in {None, "utf-8"}
    if not plain or length is None or length > MAX_FORM_BYTES:
        return None
    try:
        sent = await request.post()
    except (ValueError, LookupError):
        return None
    return {name: value for name, value in sent.items() if isinstance(value, str)}
