"""What a workspace does where the documents on agent mode say little or disagree.

https://docs.databricks.com/aws/en/genie-agents/api
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class AgentMode:
    """Each field may be changed while the workspace runs, apart from the limit."""

    enabled: bool = True
    """Whether an admin has switched it on; else every endpoint of it answers 404."""
    limit: int = 5
    """How many runs may be asked for in a window: a limit of its own."""
    window: float = 60.0
    retry_after: bool = True
    """Whether a refusal above the limit says when to come back."""
    bad_body: Literal[400, 500] = 500
    """How a body of another shape is refused; 500 comes with an empty message."""
    wrong_mode: Literal["refused", "failed"] = "refused"
    """What becomes of a question for a conversation of the other mode: a 400, or an answer that fails."""
    input_ids: Literal["message", "response"] = "message"
    """Whose id stands before the `_input` of a question in the items."""
    items: bool = True
    """Whether the endpoint of the items is there, too."""
    cancelled: Literal["incomplete", "failed", "completed", "eof"] = "incomplete"
    """The last event of a run that was cancelled. With `completed` and `eof` its status is `cancelled`."""
    cancel_waits: bool = False
    """Whether the answer to a cancel comes when the run has stopped, and not at once."""
    late_cancel: Literal[200, 400, 404] = 400
    """The answer to a cancel of what has ended."""
    charts_by_default: bool = False
    """Whether a run draws charts that nobody has asked for."""
    keep_alive: float = 15.0
    """Seconds of silence after which a comment is sent."""
