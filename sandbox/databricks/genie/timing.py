"""How long Genie takes, and turns that go otherwise than usual.

The statuses and their order: https://docs.databricks.com/api/workspace/genie/getmessage
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields

from aiohttp import web

from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.edits import Edit, unchanged
from sandbox.faults import CONTROL

COMPLETED, FAILED, EXPIRED = "COMPLETED", "FAILED", "QUERY_RESULT_EXPIRED"
ASKING_AI, PENDING_WAREHOUSE, EXECUTING_QUERY = "ASKING_AI", "PENDING_WAREHOUSE", "EXECUTING_QUERY"
FINAL = frozenset({COMPLETED, FAILED, "CANCELLED", EXPIRED})

_READING = ("SUBMITTED", "FETCHING_METADATA", "FILTERING_CONTEXT", ASKING_AI)
_NATURAL = {
    "SUBMITTED": 0.2,
    "FETCHING_METADATA": 0.4,
    "FILTERING_CONTEXT": 0.4,
    ASKING_AI: 1.3,
    PENDING_WAREHOUSE: 0.6,
    EXECUTING_QUERY: 0.5,
    # The steps of agent mode, which have no status of their own.
    "REASONING": 0.8,
    "CALLING": 0.25,
    "EXECUTING_SQL": 0.6,
    "REPORTING": 1.2,
    "VIEW_LAG": 2.0,
}
_UNKNOWN_STATUS = 0.5
_JITTER = 0.25


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds per status, varied by a quarter; `total` may give the length of a whole question instead."""

    durations: Mapping[str, float] = field(default_factory=lambda: _NATURAL)
    total: Callable[[str], float] | None = None
    """Given the question, the seconds from its arrival to the end; the statuses share them."""

    @classmethod
    def instant(cls) -> "Timing":
        """Pass through every status without waiting."""
        return cls(total=lambda _question: 0.0)

    def steps(self, question: str, statuses: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
        """Give each status with its seconds."""
        chance = random.Random(question)  # noqa: S311 - the same question takes the same time
        seconds = [
            self.durations.get(status, _UNKNOWN_STATUS) * chance.uniform(1 - _JITTER, 1 + _JITTER)
            for status in statuses
        ]
        if self.total is not None:
            scale = self.total(question) / (sum(seconds) or 1)
            seconds = [each * scale for each in seconds]
        return tuple(zip(statuses, seconds, strict=True))


@dataclass(frozen=True, slots=True)
class Turn:
    """How Genie treats a question that contains `match`; without any change, as usual.

    Fields decide what happens; the edits decide how it looks on the wire. An edit is given the JSON of one
    reply, each time it is sent, and returns what is sent instead:

        Turn(end="FAILED", error_type="CONTENT_FILTER_EXCEPTION")           # how it ends
        Turn(statuses=("EXECUTING_QUERY", "ASKING_AI", "EXECUTING_QUERY"))  # a query that Genie corrects
        Turn(sql="SELECT id FROM range(6000) AS t(id)")                     # these rows, whatever is asked
        Turn(message=shapes.late(looks=2))                                  # attachments come after the end
        Turn(statement=shapes.both(row_shapes.retyped(1, "VARIANT"), row_shapes.cut))
        Turn(message=lambda body: body | {"status": "DREAMING"})

    Trouble of HTTP itself, such as a chunk that cannot be read, is a `Fault` of `sandbox.faults`.
    """

    match: str = ""
    """A part of the question, in any case; empty for every question."""
    statuses: tuple[str, ...] = ()
    """The statuses before the end instead of the usual ones; unknown ones are possible."""
    end: str = COMPLETED
    """The final status, or empty when it never ends."""
    error_type: str = "GENERIC_CHAT_COMPLETION_EXCEPTION"
    error: str = "The model could not answer."
    """With `end` FAILED: the message error."""
    silent: bool = False
    """Complete without any attachment."""
    sql: str = ""
    """The query that Genie writes instead of its own, in Databricks SQL over the sample data."""
    opening: Edit = unchanged
    """Edits the reply to start-conversation, in which `message` is edited already."""
    message: Edit = unchanged
    """Edits each GenieMessage: in replies to questions, looks and lists."""
    statement: Edit = unchanged
    """Edits each StatementResponse of results and reruns."""
    export: Edit = unchanged
    """Edits each StatementResponse of exports."""
    chunk: Edit = unchanged
    """Edits each further chunk, a ResultData."""
    agent: AgentTurn = field(default_factory=AgentTurn)
    """How agent mode treats it. There the fields from `statuses` to `silent` do not hold."""
    times: int = 1
    """For how many questions it holds."""


_EDITS = frozenset({"opening", "message", "statement", "export", "chunk", "event"})
_OVER_HTTP = frozenset(each.name for each in fields(Turn)) - _EDITS
_AGENT_OVER_HTTP = frozenset(each.name for each in fields(AgentTurn)) - _EDITS


class Turns:
    """The turns in waiting; the first that matches a question decides how it goes."""

    def __init__(self, *turns: Turn) -> None:
        self._waiting: list[tuple[Turn, int]] = [(turn, turn.times) for turn in turns]

    def add(self, turn: Turn) -> None:
        """Let a turn wait for its question."""
        self._waiting.append((turn, turn.times))

    def routes(self) -> list[web.RouteDef]:
        """Give the route that adds a turn over HTTP: POST /sandbox/turns with its fields but no edits."""
        return [web.post(f"{CONTROL}turns", self._post)]

    async def _post(self, request: web.Request) -> web.Response:
        given = await request.json()
        agent = given.get("agent", {})
        if not (given.keys() <= _OVER_HTTP and agent.keys() <= _AGENT_OVER_HTTP):
            raise web.HTTPBadRequest(text="Unknown field of a turn.")
        self.add(Turn(**{**given, "statuses": tuple(given.get("statuses", ())), "agent": AgentTurn(**agent)}))
        return web.json_response(status=201)

    def take(self, question: str) -> Turn:
        """Give the turn that this question takes."""
        for position, (turn, left) in enumerate(self._waiting):
            if left > 0 and turn.match.lower() in question.lower():
                self._waiting[position] = (turn, left - 1)
                return turn
        return Turn()


def usual(*, queries: bool, cold: bool) -> tuple[str, ...]:
    """Give the usual statuses before the end; `cold` when the warehouse has to start first."""
    waiting = (PENDING_WAREHOUSE,) if cold else ()
    return (*_READING, *waiting, EXECUTING_QUERY) if queries else _READING
