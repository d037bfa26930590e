"""The arguments of a Web API call, however they came: query string, form or JSON body.

https://docs.slack.dev/apis/web-api/#methods_supporting_json
"""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sandbox.slack.errors import SlackError

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_TRUE = ("1", "true", "True")


class Arguments(Mapping[str, Any]):
    """Reads single arguments; a missing or malformed one is a `SlackError`."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def required(self, name: str) -> str:
        """Give an argument without which the call makes no sense; `invalid_arguments` otherwise."""
        value = self.text(name)
        if not value:
            raise SlackError("invalid_arguments", messages=(f"[ERROR] missing required field: {name}",))
        return value

    def text(self, name: str) -> str:
        """Give an argument as text, empty when it is not there."""
        value = self._values.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Give an argument as a boolean; forms say 1 or true."""
        value = self._values.get(name)
        return value is True or value in _TRUE

    def integer(self, name: str, default: int, most: int) -> int:
        """Give a number such as `limit`."""
        value = self._values.get(name)
        try:
            found = default if value in (None, "") else int(str(value))
        except ValueError:
            raise SlackError("invalid_arguments") from None
        if not 0 < found <= most:
            raise SlackError("invalid_limit")
        return found

    def data(self, name: str, error: str) -> Any:
        """Give a structure; forms carry it as a JSON string. `error` when that is broken."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None


async def read(request: web.Request, *, takes_json: bool) -> Arguments:
    """Read the arguments of a request; a JSON body counts only for methods that take one."""
    values: dict[str, Any] = dict(request.query)
    if request.method == "POST" and request.can_read_body:
        if request.content_type in _FORMS:
            values |= {
                name: value for name, value in (await request.post()).items() if isinstance(value, str)
            }
        elif request.content_type == "application/json" and takes_json:
            values |= await _json(request)
    return Arguments(values)


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.text())
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


def page_of(items: list[Any], cursor: str, limit: int) -> tuple[list[Any], str]:
    """Give one page and the cursor of the next, empty at the end."""
    try:
        start = int(cursor.removeprefix("next:")) if cursor else 0
    except ValueError:
        raise SlackError("invalid_cursor") from None
    following = f"next:{start + limit}" if start + limit < len(items) else ""
    return items[start : start + limit], following
