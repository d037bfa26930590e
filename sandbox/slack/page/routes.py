"""Routes of the web page: its files, the state to show, the event stream, and its user's actions."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.slack.errors import SlackError
from sandbox.slack.operations import views
from sandbox.slack.operations.user_actions import UserActions
from sandbox.slack.platform import Platform
from sandbox.slack.state.change_feed import Change
from sandbox.slack.state.objects import file_object, view_object
from sandbox.slack.state.records import User

PAGE = Path(__file__).resolve().parent
_USER = ("id", "name", "real_name", "is_bot", "color", "email", "is_restricted", "deleted")
_CHANGEABLE = frozenset({"email", "is_restricted", "is_ultra_restricted", "deleted"})
_PRIVATE = frozenset({"ephemeral", "view_opened", "view_updated", "view_closed", "home"})
_Action = Callable[[dict[str, Any], web.Request], Awaitable[dict[str, Any]]]


class PageRoutes:
    """The routes below `/sandbox/`, the page itself and the files that it shows."""

    def __init__(self, platform: Platform, actions: UserActions) -> None:
        self._platform = platform
        self._workspace = platform.workspace
        self._actions = actions

    def routes(self) -> list[web.RouteDef]:
        """Give all routes of the page."""
        return [
            web.get("/", self._index),
            web.get("/archives/{channel}/{message}", self._index),
            web.get("/page/{name:.+}", self._static),
            web.get("/files-pri/{file}/{name}", self._file),
            web.get("/sandbox/workspace", self._state),
            web.get("/sandbox/channels/{channel}/messages", self._messages),
            web.get("/sandbox/channels/{channel}/threads/{ts}", self._thread),
            web.get("/sandbox/stream", self._stream),
            web.get("/sandbox/home", self._home),
            web.post("/sandbox/messages", _action(self._say)),
            web.post("/sandbox/messages/edit", _action(self._edit)),
            web.post("/sandbox/messages/delete", _action(self._delete)),
            web.post("/sandbox/commands", _action(self._command)),
            web.post("/sandbox/shortcuts", _action(self._shortcut)),
            web.post("/sandbox/actions", _action(self._click)),
            web.post("/sandbox/views/{view}/submit", _action(self._submit)),
            web.post("/sandbox/views/{view}/close", _action(self._close)),
            web.post("/sandbox/home", _action(self._open_home)),
            web.post("/sandbox/reactions", _action(self._react)),
            web.post("/sandbox/sessions/stop", _action(self._stop)),
            web.post("/sandbox/users", _action(self._change_user)),
        ]

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        path = (PAGE / request.match_info["name"]).resolve()
        shown = path.suffix in (".js", ".css", ".svg") and path.is_relative_to(PAGE) and path.is_file()
        if not shown:
            raise web.HTTPNotFound
        return web.FileResponse(path)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._workspace.files.get(request.match_info["file"])
        if file is None or not file.ready:
            raise web.HTTPNotFound
        kind = file_object(self._workspace, file, "")["mimetype"]
        name = file.name.replace('"', "")
        inline = "inline" if kind.startswith("image/") else "attachment"
        headers = {"Content-Disposition": f'{inline}; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.content, content_type=kind, headers=headers)

    async def _state(self, _request: web.Request) -> web.Response:
        workspace, settings = self._workspace, self._platform.settings
        users = [
            {key: getattr(user, key) for key in _USER} | {"standing": _standing(user)}
            for user in workspace.users.values()
        ]
        channels = [
            {key: getattr(channel, key) for key in ("id", "name", "is_im", "is_private", "topic")}
            | {"members": sorted(channel.members)}
            | ({"user": channel.user} if channel.is_im else {})
            for channel in workspace.channels.values()
            if not channel.is_archived
        ]
        names = ("command", "description", "usage_hint")
        return web.json_response(
            {
                "team": {"id": workspace.team_id, "name": workspace.team_name},
                "bot_user_id": workspace.bot_user_id,
                "users": users,
                "channels": channels,
                "commands": [dict(zip(names, command, strict=True)) for command in settings.commands],
                "shortcuts": [asdict(shortcut) for shortcut in settings.shortcuts],
                "hints": list(settings.hints),
                "can_stop": settings.agent and "agent_session_stopped" in settings.events,
            }
        )

    async def _messages(self, request: web.Request) -> web.Response:
        channel = _found(self._workspace.channels, request.match_info["channel"]).id
        forms = [self._platform.message_object(message) for message in self._workspace.roots(channel)]
        return web.json_response({"messages": forms})

    async def _thread(self, request: web.Request) -> web.Response:
        channel = _found(self._workspace.channels, request.match_info["channel"]).id
        root = _found(self._workspace.messages[channel], request.match_info["ts"])
        thread = [root, *self._workspace.replies(channel, root.ts)]
        return web.json_response({"messages": [self._platform.message_object(message) for message in thread]})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        user = request.query.get("user", "")
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        # A closed tab is the ordinary end of a stream.
        with suppress(ConnectionResetError), self._platform.changes.watch() as watcher:
            await response.prepare(request)
            await response.write(b": welcome\n\n")
            async for line in _lines(watcher.get):
                if self._may_see(user, line):
                    await response.write(b"data: " + json.dumps(line).encode() + b"\n\n")
        return response

    def _may_see(self, user: str, line: Change) -> bool:
        if line["type"] == "user_change":
            return True
        if line["type"] in _PRIVATE or "user" in line:
            return bool(line["user"] == user)
        channel, person = self._workspace.channels[line["channel"]], self._workspace.users.get(user)
        outside = person is not None and bool(person.is_restricted or person.team_id)
        return (channel.kind == "channel" and not outside) or user in channel.members

    async def _home(self, request: web.Request) -> web.Response:
        view = self._workspace.homes.get(request.query.get("user", ""))
        return web.json_response({"view": view and view_object(self._workspace, view)})

    async def _say(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        thread_ts = body.get("thread_ts")
        return {"ts": await self._actions.say(body["user"], body["channel"], body["text"], thread_ts)}

    async def _edit(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        await self._actions.edit(body["user"], body["channel"], body["ts"], body["text"])
        return {}

    async def _delete(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        await self._actions.delete(body["user"], body["channel"], body["ts"])
        return {}

    async def _command(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        user, channel, text = body["user"], body["channel"], body.get("text", "")
        thread_ts = body.get("thread_ts")
        await self._actions.command(user, channel, body["command"], text, thread_ts=thread_ts)
        return {}

    async def _shortcut(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        user, callback_id = body["user"], body["callback_id"]
        if "message_ts" in body:
            await self._actions.message_shortcut(user, body["channel"], body["message_ts"], callback_id)
        else:
            await self._actions.global_shortcut(user, callback_id)
        return {}

    async def _click(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        what = {key: body.get(key) for key in ("block_id", "value", "selected_option")}
        if "view_id" in body:
            what["values"] = body.get("values")
            await self._actions.click_in_view(body["user"], body["view_id"], body["action_id"], **what)
        else:
            channel, ts = body["channel"], body["message_ts"]
            await self._actions.click(body["user"], channel, ts, body["action_id"], **what)
        return {}

    async def _submit(self, body: dict[str, Any], request: web.Request) -> dict[str, Any]:
        values = body.get("values", {})
        view = request.match_info["view"]
        errors = await views.submit(self._platform, body["user"], view, values)
        return {"ok": False, "errors": errors} if errors else {}

    async def _close(self, body: dict[str, Any], request: web.Request) -> dict[str, Any]:
        await views.close(self._platform, body["user"], request.match_info["view"])
        return {}

    async def _open_home(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        await self._actions.open_home(body["user"])
        return {}

    async def _react(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        where = (body["user"], body["channel"], body["ts"], body["name"])
        await self._actions.react(*where, add=body["add"])
        return {}

    async def _stop(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        await self._actions.stop_session(body["user"], body["channel"], body["thread_ts"])
        return {}

    async def _change_user(self, body: dict[str, Any], _request: web.Request) -> dict[str, Any]:
        fields = {key: body[key] for key in _CHANGEABLE if key in body}
        await self._actions.change_user(body["user"], **fields)
        return {}


def _action(action: _Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Wrap an action of the user: JSON in, `{ok}` out, refusals as `{ok: false, error}`."""

    async def handle(request: web.Request) -> web.Response:
        try:
            answer = {"ok": True, **await action(await request.json(), request)}
        except SlackError as error:
            answer = {"ok": False, "error": error.error}
        except (KeyError, ValueError):
            raise web.HTTPBadRequest(text="a field is missing") from None
        return web.json_response(answer)

    return handle


def _standing(user: User) -> str:
    """Say what sets a person apart from the colleagues; empty for those."""
    if user.deleted:
        return "deactivated"
    if user.team_id:
        return "another company"
    return "guest" if user.is_restricted else ""


def _found(known: dict[str, Any], key: str) -> Any:
    if key not in known:
        raise web.HTTPNotFound
    return known[key]


async def _lines(get: Callable[[], Awaitable[Change | None]]) -> AsyncIterator[Change]:
    while (line := await get()) is not None:
        yield line
