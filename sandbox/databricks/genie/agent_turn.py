"""Runs of agent mode that go, and streams that look, otherwise than usual."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.databricks.genie.edits import Edit, unchanged

End = Literal["completed", "done", "failed", "incomplete", "error", "eof", "never"]
"""The last event: `response.completed`, `.done`, `.failed`, `.incomplete`, `error`; the end of the stream
alone, behind a run that is completed; or a run that goes on for ever."""
Naming = Literal["both", "type", "event", "other"]
"""What names an event: its `event:` line and the `type` of its data, one of them, or a line that says
`message`."""
Metadata = Literal["available", "fetch_failed", "none"]
"""The `status` of the tables in a report, or no rows beside its words at all."""


def _model_failed() -> Mapping[str, str]:
    return {"type": "GENERIC_CHAT_COMPLETION_EXCEPTION", "message": "The model could not answer."}


@dataclass(frozen=True, slots=True)
class AgentTurn:
    """How agent mode treats a question; a `Turn` has one, and its `match` says for which question it is.

    Turn("why", agent=AgentTurn(end="failed", error="No warehouse."))   # how the run ends
    Turn("why", agent=AgentTurn(hold=4))                                # stops after four events
    Turn("why", agent=AgentTurn(naming="type", comments=3, open_end=True))

    A stream that is cut is a `Fault` of `sandbox.faults`.
    """

    end: End = "completed"
    error: Any = field(default_factory=_model_failed)
    """Of `response.failed`: an object, a text, or an object with a code alone."""
    reason: str = "max_output_tokens"
    """Of `response.incomplete`."""
    announced: bool = True
    """Whether it begins at all; else there is no `response.created`, and its end is the first event."""
    queries: int | None = None
    """At most so many queries. A run of one has no rows in its report, as was seen; one of none is words."""
    hold: int | None = None
    """Stop after so many events until `Databricks.release`, or a cancel, lets the run go on."""
    lost: tuple[int, ...] = ()
    """Events that never reach the stream, by their `sequence_number`."""
    updated: bool = False
    """Send an `updated` event between the `added` and the `done` of each item."""
    naming: Naming = "both"
    ids: bool = True
    """Whether the items of the stream have `id` and `call_id`."""
    published: bool = False
    """Whether the id of a chart begins with `pub_`; else it ends in `_output`."""
    metadata: Metadata = "available"
    reasoning: Literal["content", "summary", "text"] = "content"
    """Where a thought has its words."""
    thoughts: bool = False
    """Whether a thought comes as a `message`, too, with a `ui_type`."""
    comments: int = 0
    """Keep-alive comments before each event."""
    padding: int = 0
    """Characters of prose that are added to the report: it and the last event are single lines."""
    open_end: bool = False
    """Whether the last event lacks its blank line."""
    event: Edit = unchanged
    """Edits the data of each event."""
