"""Cloud storage beside the workspace: a server of its own, whose pre-signed addresses open one object each.

Like the real ones, it takes no `Authorization` beside a signature, and asks for the headers that were signed.
https://docs.databricks.com/aws/en/dev-tools/sql-execution-tutorial
"""

import secrets
import time
from dataclasses import dataclass

from aiohttp import web

DEMANDED = "x-amz-server-side-encryption-customer-key"
"""The header that each address wants to be sent with."""


@dataclass(frozen=True, slots=True)
class Link:
    """A pre-signed address, good until `expires` (seconds since 1970) and only with these headers."""

    url: str
    expires: float
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Object:
    body: bytes
    content_type: str
    key: str


class Storage:
    """Objects by name; `url` is its address, set by who runs it, and a link lives `lifetime` seconds."""

    def __init__(self, lifetime: float) -> None:
        self.url = ""
        self._lifetime = lifetime
        self._objects: dict[str, _Object] = {}
        self._signed: dict[str, tuple[str, float]] = {}
        """The object and the end of each signature."""

    def put(self, name: str, body: bytes, content_type: str) -> None:
        """Keep an object."""
        self._objects[name] = _Object(body, content_type, secrets.token_urlsafe(24))

    def sign(self, name: str) -> Link:
        """Give a fresh address of an object."""
        signature, expires = secrets.token_hex(24), time.time() + self._lifetime
        self._signed[signature] = (name, expires)
        url = f"{self.url}/exports/{name}?X-Amz-Expires={int(self._lifetime)}&X-Amz-Signature={signature}"
        return Link(url, expires, {DEMANDED: self._objects[name].key})

    def expire_all(self) -> None:
        """Let every address expire now."""
        self._signed = {signature: (name, 0.0) for signature, (name, _) in self._signed.items()}

    def routes(self) -> list[web.RouteDef]:
        """Give the one route."""
        return [web.get("/exports/{statement}/{chunk}", self._get, name="storage")]

    async def _get(self, request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            return _refused(400, "InvalidArgument", "Only one auth mechanism allowed.")
        name, expires = self._signed.get(request.query.get("X-Amz-Signature", ""), ("", 0.0))
        signed = request.query.get("X-Amz-Expires") == str(int(self._lifetime))
        if name != "{statement}/{chunk}".format(**request.match_info) or not signed:
            return _refused(403, "SignatureDoesNotMatch", "The signature does not match the request.")
        if expires <= time.time():
            return _refused(403, "AccessDenied", "Request has expired")
        found = self._objects[name]
        if request.headers.get(DEMANDED) != found.key:
            return _refused(400, "InvalidRequest", f"The header {DEMANDED} is missing or wrong.")
        return web.Response(body=found.body, content_type=found.content_type)


def _refused(status: int, code: str, message: str) -> web.Response:
    body = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    return web.Response(status=status, text=body, content_type="application/xml")
