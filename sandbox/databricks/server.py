"""A Databricks workspace on this machine: a real HTTP server with Genie, its warehouse and sign-in.

async with Databricks() as databricks:
    print(databricks.url, databricks.token, databricks.space_id)
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.databricks.agent_mode.run import AgentRun
from sandbox.databricks.agent_mode.runner import AgentRunner
from sandbox.databricks.agent_mode.settings import AgentMode
from sandbox.databricks.api.agent_mode import AgentModeApi
from sandbox.databricks.api.charts import ChartsApi
from sandbox.databricks.api.downloads import DownloadsApi
from sandbox.databricks.api.exports import Exports
from sandbox.databricks.api.feedback import FeedbackApi
from sandbox.databricks.api.messages import GenieApi, Visualization
from sandbox.databricks.api.request_log import QuestionLimit, Record, RequestLog
from sandbox.databricks.api.results import ResultsApi
from sandbox.databricks.api.serving import ENDPOINT, Serving
from sandbox.databricks.api.storage import Storage
from sandbox.databricks.api.unity_catalog import UnityCatalog
from sandbox.databricks.api.workspace import WorkspaceApi, WorkspaceState
from sandbox.databricks.errors import DatabricksError
from sandbox.databricks.genie.message_runner import MessageRunner, expire
from sandbox.databricks.genie.sample_spaces import ONE_SPACE, SampleSpace
from sandbox.databricks.genie.store import Store
from sandbox.databricks.genie.timing import Timing, Turns
from sandbox.databricks.identities import ALL_RIGHTS, PEOPLE, Person, Rights
from sandbox.databricks.oauth.apps import OAuthApp
from sandbox.databricks.oauth.authorization_server import AuthorizationServer
from sandbox.databricks.oauth.tokens import BadUserToken
from sandbox.databricks.warehouse.warehouse import Warehouse
from sandbox.faults import CONTROL, Faults

_OPEN = ("/.well-known/", "/oidc/", CONTROL)


class Databricks:
    """The server, running between `async with` and its end, in the loop of the caller.

    `url` is its address, known once it runs; `token` a personal access token; `client_id` and `client_secret`
    are the service principal's.

    `port` 0 takes a free one. `today` is the last day with orders (UTC's today by default). `question_limit`
    questions are let in per `window` seconds. `token_lifetime` is in seconds. `chunk_rows` and `max_rows` cut
    results, and `exports` says how whole ones are given. `spaces` are samples, or titles of spaces about the
    orders. `token_rights` are those of the personal token. `visualization` says whether charts are offered.
    `people` are the users of the workspace; `bad_user_token` is the status with which a token of theirs is
    refused that has ended. `agent_mode` says what the workspace makes of agent mode.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        timing: Timing | None = None,
        question_limit: int = 20,
        window: float = 60.0,
        faults: Faults | None = None,
        turns: Turns | None = None,
        today: date | None = None,
        chunk_rows: int = 1000,
        max_rows: int = 5000,
        token_lifetime: float = 3600.0,
        visualization: Visualization = "offered",
        exports: Exports | None = None,
        spaces: tuple[SampleSpace | str, ...] = ONE_SPACE,
        token_rights: Rights = ALL_RIGHTS,
        people: tuple[Person, ...] = PEOPLE,
        bad_user_token: BadUserToken = 403,
        agent_mode: AgentMode | None = None,
    ) -> None:
        today = self.today = today or datetime.now(UTC).date()
        self.faults, self.turns = faults or Faults(), turns or Turns()
        self.serving_endpoint, self.serving, self.unity_catalog = ENDPOINT, Serving(), UnityCatalog()
        self.around_genie, self.url, self._port = WorkspaceState(), "", port
        self.agent_mode = agent_mode or AgentMode()
        self._request_log = RequestLog()
        self._oauth = AuthorizationServer(people, token_lifetime, bad_user_token, token_rights)
        self.token, self.client_id, self.client_secret = self._oauth.credentials
        samples = tuple(SampleSpace(each) if isinstance(each, str) else each for each in spaces)
        self._store = Store(*samples)
        self.finished: Mapping[str, float] = self._store.finished
        self.space_ids = tuple(space.space_id for space in self._store.spaces)
        self.space_id = self.space_ids[0]
        self._warehouse = Warehouse(today, max_rows)
        timing, exports = timing or Timing(), exports or Exports()
        self._runner = MessageRunner(self._store, today, self._warehouse, timing, self.turns)
        self._agent = AgentRunner(self._store, self._runner, timing, self.turns, self.agent_mode)
        self._storage = Storage(exports.link_lifetime)
        self._routes = (
            *self._about_questions(QuestionLimit(question_limit, window), visualization),
            *self._about_results(exports, chunk_rows),
            *self._around_genie(),
        )
        self._exits = AsyncExitStack()

    def _about_questions(self, limit: QuestionLimit, visualization: Visualization) -> list[web.RouteDef]:
        """Give the endpoints of both modes, and of what people think of an answer."""
        mode = self.agent_mode
        agent_limit = QuestionLimit(mode.limit, mode.window)
        return [
            *GenieApi(self._store, self._runner, limit, visualization, mode).routes(),
            *AgentModeApi(self._store, self._agent, agent_limit, mode, visualization).routes(),
            *FeedbackApi(self._store).routes(),
        ]

    def _about_results(self, exports: Exports, chunk_rows: int) -> list[web.RouteDef]:
        """Give the endpoints of rows, charts and whole results."""
        downloads = DownloadsApi(self._store, self._runner, self._storage, exports)
        return [
            *ResultsApi(self._store, self._runner, downloads, chunk_rows).routes(),
            *ChartsApi(self._store).routes(),
            *downloads.routes(),
        ]

    def _around_genie(self) -> list[web.RouteDef]:
        """Give the endpoints of the rest of the workspace."""
        return [
            *self._oauth.routes(),
            *self.serving.routes(),
            *self.unity_catalog.routes(),
            *WorkspaceApi(self.around_genie).routes(),
        ]

    @property
    def endpoints(self) -> frozenset[str]:
        """Every endpoint as its method and path, the cloud's storage included."""
        routes = (*self._routes, *self._storage.routes())
        return frozenset(f"{route.method} {route.path}" for route in routes)

    @property
    def request_log(self) -> list[Record]:
        """Every request so far, in the order of arrival."""
        return self._request_log.records

    def questions(self) -> list[Record]:
        """Give every question that arrived; those that were refused have no `message_id`."""
        return [record for record in self.request_log if record.kind == "question"]

    @property
    def runs(self) -> list[AgentRun]:
        """Every run of agent mode so far, oldest first, with its events, cancels and end."""
        return self._agent.runs

    def release(self) -> None:
        """Let all runs go on that were told to stop after some event."""
        for run in self.runs:
            run.release()

    def add_app(self, app: OAuthApp) -> None:
        """Let an app ask the people of the workspace for tokens."""
        self._oauth.apps[app.client_id] = app

    def expire_tokens(self, name: str = "") -> None:
        """Let all OAuth access tokens expire now, or those of one e-mail address or client id."""
        self._oauth.tokens.expire_all(name)

    def end_grants(self, email: str) -> None:
        """End all that a person has granted, as an admin may: refresh tokens and access tokens."""
        self._oauth.grants.end_all(email)

    def expire_links(self) -> None:
        """Let every address of the cloud's storage that was given so far expire now."""
        self._storage.expire_all()

    def feedback_on(self, conversation_id: str, message_id: str) -> tuple[str, str]:
        """Give a message's rating and the comment that came with it."""
        message = self._store.any_message(conversation_id, message_id)
        return message.rating, message.comment

    def next_day(self) -> None:
        """Let a day of orders come, which the next query sees, also that of an earlier answer."""
        self.today += timedelta(days=1)
        self._warehouse.move_to(self.today)
        self._runner.move_to(self.today)

    def expire_result(self, conversation_id: str, message_id: str) -> None:
        """Let the rows of an answer expire now, as Genie does after some days."""
        expire(self._store.any_message(conversation_id, message_id))

    async def __aenter__(self) -> Self:
        self._exits.callback(self._warehouse.close)
        self._exits.push_async_callback(self._runner.close)
        around = (self._request_log.middleware(), self.faults.middleware())
        steering = web.post(f"{CONTROL}next-day", self._post_next_day)
        routes = (*self._routes, *self.faults.routes(), *self.turns.routes(), steering)
        self._storage.url = await self._serve(around, self._storage.routes(), 0)
        self.url = await self._serve((*around, self._gate()), routes, self._port)
        # Streams end with their runs: the server need not wait for them.
        self._exits.push_async_callback(self._runner.close)
        return self

    async def _post_next_day(self, _request: web.Request) -> web.Response:
        self.next_day()
        return web.json_response({"today": self.today.isoformat()})

    async def _serve(
        self, middlewares: Sequence[Middleware], routes: Iterable[web.RouteDef], port: int
    ) -> str:
        """Run a server until the end; give its address."""
        app = web.Application(middlewares=middlewares, client_max_size=1024**2)
        app.add_routes(routes)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        self._exits.push_async_callback(runner.cleanup)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exits.aclose()

    def _gate(self) -> Middleware:
        """Give the middleware that asks who calls and words every refusal as Databricks does."""

        @web.middleware
        async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                if not request.path.startswith(_OPEN):
                    self._oauth.tokens.admit(request)
                return await handler(request)
            except DatabricksError as error:
                return error.response()
            except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
                message = f"No API found for '{request.method} {request.path}'"
                return DatabricksError(404, "ENDPOINT_NOT_FOUND", message).response()

        return gate
