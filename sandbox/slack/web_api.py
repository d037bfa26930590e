"""The Web API over HTTP: tokens, rate limits, dispatch, and how refusals look.

https://docs.slack.dev/apis/web-api
"""

import time
from typing import Any

from aiohttp import web

from sandbox.slack.errors import SlackError
from sandbox.slack.methods import METHODS, arguments
from sandbox.slack.methods.files import receive
from sandbox.slack.methods.method import Method, require_scope
from sandbox.slack.operations.response_urls import respond
from sandbox.slack.platform import ApiCall, Platform


class WebApi:
    """The routes that an app calls."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def routes(self) -> list[web.RouteDef]:
        """Give the routes of the Web API, of uploads and of response addresses."""
        return [
            web.get("/api/{method}", self._call),
            web.post("/api/{method}", self._call),
            web.post("/upload/v1/{file}", self._upload),
            web.post("/response/{token}", self._respond),
        ]

    async def _call(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        given = arguments.Arguments({})
        try:
            method = self._known(name)
            given = await arguments.read(request, takes_json=method.takes_json)
            body = {"ok": True, **self._run(name, method, request, given)}
        except SlackError as error:
            body = error.payload()
        kept = {key: value for key, value in given.items() if key != "token"}
        self._platform.record(ApiCall(time.time(), name, kept, body.get("error")))
        return self._answer(body)

    def _run(
        self, name: str, method: Method, request: web.Request, given: arguments.Arguments
    ) -> dict[str, Any]:
        wait = self._platform.rate_limiter.wait_for(name, method.tier)
        if wait:
            raise SlackError("ratelimited", retry_after=wait)
        self._authenticate(method, request, given)
        if method.scope is not None:
            require_scope(self._platform, method.scope)
        return method.handler(self._platform, given)

    def _authenticate(self, method: Method, request: web.Request, given: arguments.Arguments) -> None:
        if method.caller == "anyone":
            return
        header = request.headers.get("Authorization", "")
        token = header.removeprefix("Bearer ").strip() or given.text("token")
        if not token:
            raise SlackError("not_authed")
        callers = {self._platform.settings.bot_token: "bot", self._platform.settings.app_token: "app"}
        if token not in callers:
            raise SlackError("invalid_auth")
        if callers[token] != method.caller:
            raise SlackError("not_allowed_token_type")

    def _answer(self, body: dict[str, Any]) -> web.Response:
        headers = {"X-OAuth-Scopes": ",".join(sorted(self._platform.settings.scopes))}
        if body.get("error") != "ratelimited":
            return web.json_response(body, headers=headers)
        headers["Retry-After"] = str(body["retry_after"])
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        if request.content_type == "multipart/form-data":
            parts = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
            content = parts[0].file.read() if parts else b""
        if not receive(self._platform, request.match_info["file"], content):
            return web.Response(status=400, text="the upload is not as it was announced")
        return web.Response(text=f"OK - {len(content)}")

    async def _respond(self, request: web.Request) -> web.Response:
        try:
            address = self._platform.responses.use(request.match_info["token"])
        except SlackError as error:
            return web.json_response(error.payload(), status=404)
        try:
            respond(self._platform, address, await request.json())
        except SlackError as error:
            return web.Response(status=400, text=error.error)
        return web.Response(text="ok")

    def _known(self, name: str) -> Method:
        if name not in METHODS:
            raise SlackError("unknown_method", req_method=name)
        if name in self._platform.settings.retired:
            raise SlackError("method_deprecated")
        return METHODS[name]
