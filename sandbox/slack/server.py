"""The local Slack: one HTTP server that an unmodified app and a browser can talk to."""

from collections.abc import Callable
from typing import Any, Self, TypeVar

from aiohttp import web

from sandbox.faults import Faults
from sandbox.slack.operations import views
from sandbox.slack.operations.user_actions import UserActions
from sandbox.slack.page.routes import PageRoutes
from sandbox.slack.platform import ApiCall, Platform
from sandbox.slack.state.records import Message
from sandbox.slack.state.seed_data import sandbox_workspace
from sandbox.slack.state.settings import Settings
from sandbox.slack.state.workspace import Workspace
from sandbox.slack.transport.http_mode import HttpMode
from sandbox.slack.transport.outbox import Delivery, Outbox
from sandbox.slack.transport.socket_mode import SocketMode
from sandbox.slack.web_api import WebApi

_T = TypeVar("_T")
_LARGEST_UPLOAD = 1_000_000_000


class Slack(UserActions):
    """A Slack on 127.0.0.1, running between `async with` and its end.

    What people do are its methods (`say`, `click`, `command`, ...); what the app did is in `workspace`,
    `request_log` and `deliveries`, and `until` waits for it.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        port: int = 0,
        request_url: str | None = None,
        faults: Faults | None = None,
        workspace: Workspace | None = None,
    ) -> None:
        self.settings = settings if settings is not None else Settings()
        self.bot_token, self.app_token = self.settings.bot_token, self.settings.app_token
        """The tokens for the Web API and for Socket Mode."""
        self.faults = faults if faults is not None else Faults()
        self.workspace = workspace if workspace is not None else sandbox_workspace()
        self.request_url = request_url
        """Where events go in HTTP mode; may be set later, when the app's address is known."""
        self._port = port
        platform = Platform(self.workspace, self.settings)
        super().__init__(platform)
        self.socket = SocketMode(self.workspace.app_id, self.settings.ack_timeout, platform.changes.wake)
        """Socket Mode connections: `connections`, `disconnect`, `drop`, `refuse_tickets`."""
        self._http = HttpMode(
            lambda: self.request_url, self.settings.signing_secret, self.settings.ack_timeout
        )
        transport = self.socket if self.settings.mode == "socket" else self._http
        platform.outbox = Outbox(transport, self.settings.retry_delays, platform.changes.wake)
        platform.socket_ticket = self.socket.ticket
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        host, port = self._runner.addresses[0][:2]
        self._platform.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._platform.outbox.close()
        self._platform.changes.finish()
        await self.socket.close()
        await self._http.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The address of the page."""
        return self._platform.base_url

    @property
    def api_url(self) -> str:
        """The base address of the Web API, as `SLACK_API_URL` takes it."""
        return f"{self.url}/api/"

    @property
    def request_log(self) -> tuple[ApiCall, ...]:
        """Every call of the Web API, oldest first."""
        return tuple(self._platform.request_log)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Everything that was sent to the app, oldest first."""
        return tuple(self._platform.outbox.deliveries)

    @property
    def ephemerals(self) -> tuple[Message, ...]:
        """The messages that only one person sees."""
        return tuple(self.workspace.ephemerals)

    def thread(self, channel: str, ts: str) -> list[Message]:
        """Give a thread, root first."""
        place = self.workspace.channel(channel).id
        return [self.workspace.message(place, ts), *self.workspace.replies(place, ts)]

    async def until(self, predicate: Callable[[], _T | None], timeout: float = 40) -> _T:  # noqa: ASYNC109 - names what was awaited
        """Wait for a condition on this state, looked at after every change; give what it gave."""
        return await self._platform.changes.until(predicate, timeout)

    async def verify_request_url(self) -> bool:
        """Do what Slack does when a request URL is entered: send a challenge; whether it came back."""
        return await self._http.verify()

    async def submit_view(self, user: str, view_id: str, values: dict[str, Any]) -> dict[str, str]:
        """Submit a modal with values by block and action; gives errors by block."""
        return await views.submit(self._platform, user, view_id, values)

    async def close_view(self, user: str, view_id: str) -> None:
        """Close a modal."""
        await views.close(self._platform, user, view_id)

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self.faults.middleware()], client_max_size=_LARGEST_UPLOAD)
        application.add_routes(WebApi(self._platform).routes())
        application.add_routes(PageRoutes(self._platform, self).routes())
        application.add_routes([web.get("/link/", self.socket.handle), *self.faults.routes()])
        return application
