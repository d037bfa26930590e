"""How far a question or a job has come: what Redis keeps beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

from bot.records.question import Question, Surface
from genie.agent_model import ResponseRef
from genie.model import MessageRef


class State(StrEnum):
    """How far a question has come; each is saved before the next step begins."""

    RECEIVED = "received"
    ANNOUNCED = "announced"
    ASKING = "asking"
    BLOCKED = "blocked"
    """Another question is running in the conversation; its end is waited for without a token."""
    REUSING = "reusing"
    """The same question is just being asked: the Genie message of that is awaited, without a token."""
    ASKED = "asked"
    ANSWERED = "answered"
    SHOWN = "shown"
    """The answer is in Slack; its chart and files may still be on their way."""
    DELIVERED = "delivered"
    OVERDUE = "overdue"
    """The deadline passed and the thread says so; "Check Again" goes on from here."""
    WITHDRAWN = "withdrawn"
    """Nobody wants the answer any more, and nothing of the question is shown."""


class Placeholder(StrEnum):
    """What the placeholder message says now, so that it is edited only for news."""

    NONE = ""
    BEHIND = "behind"
    """The question waits for the one before it in its thread."""
    IN_LINE = "in line"
    """`Progress.place` is its place in line."""
    WORKING = "working"
    BLOCKED = "blocked"
    ASKING_AGAIN = "asking again"
    STILL_RUNNING = "still running"
    RESEARCHING = "researching"
    """`Progress.place` tells how much of the run it shows."""
    SIGNING_IN = "signing in"
    CHOOSING_SPACE = "choosing space"


STOP_TOLD, STOP_REFUSED = 2, 3
"""Of research that its asker has stopped: Genie ends it, or does not, and its report comes after all."""
ANSWERED = "answered"
"""The outcome of a question that got its answer."""
STOPPED = "stopped"
"""The outcome of research that its asker has stopped."""
INCOMPLETE = "incomplete"
"""The outcome of research that Genie ended early: its report has what it had found."""
FAILED = "failed:"
"""Before the name of the cause for which a question got no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Fields that Redis keeps about a question or a job."""

    thread: str | None = None
    ts: str | None = None
    """The message that becomes the answer."""
    attempts: int = 0
    """Leases of the present step that expired or failed; each may have done a part of it."""
    failures_in_a_row: int = 0
    """Of calls to Genie."""
    note: str = ""
    """What the message says besides."""
    files: str = "{}"
    """JSON: ids by name of uploaded files, so that no file is shared twice."""
    signing_in_at: int = 0
    """Milliseconds by Redis's clock, since when it waits until its person has signed in; 0 if it does not."""
    received_at: int = 0
    """Milliseconds by Redis's clock."""
    ended_at: int = 0
    """The same; 0 as long as it has not ended, and in old records."""

    @classmethod
    def from_hash(cls, stored: Mapping[str, str]) -> Self:
        """Read the saved fields; absent ones keep their defaults."""
        known: dict[str, Any] = {}
        for each in fields(cls):
            if each.name in stored:
                text = stored[each.name]
                known[each.name] = each.type(text) if isinstance(each.type, type) else text
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Progress(Saved):
    """What has been saved about a question on its way; times are milliseconds by Redis's clock."""

    state: State
    text: str = field(default="", repr=False)
    """The question in the words that Genie gets."""
    placeholder: Placeholder = Placeholder.NONE
    place: int = 0
    """The place in line that the placeholder names."""
    in_line_at: int = 0
    """Since when it waits for a token; 0 if it does not."""
    waited: int = 0
    """Milliseconds for which it has waited for tokens: more than once, if it was asked more than once."""
    asking_at: int = 0
    lost_at: int = 0
    """When a POST was sent of which Genie showed no trace in time; 0 if none was, or the trace came."""
    asked_at: int = 0
    blocked_at: int = 0
    """When the question first found its conversation occupied."""
    polls: int = 0
    status: str = ""
    shown: str = ""
    """What Slack was told last for its status line, at `shown_at`."""
    shown_at: int = 0
    space: str = ""
    """The Genie space in which it is asked, once that is known; where there is but one, once it was asked."""
    choosing_at: int = 0
    """Since when it waits until its space is chosen; 0 if it does not."""
    conversation: str = ""
    message: str = ""
    response: str = ""
    """Of research: the id of its response in Genie; its `message` is known at its end."""
    content: str = field(default="", repr=False)
    """Of research about an earlier answer: `text` with its context in words, as Genie gets it."""
    stopping: int = 0
    """Of research: 1 once its asker has stopped it, then `STOP_TOLD` or `STOP_REFUSED`."""
    asked_as: str = ""
    """The person with whose rights it was last about to be asked; empty for the bot's."""
    into: str = ""
    """The conversation in which it was last about to be asked; empty for a new one."""
    repeated: int = 0
    """1 once the bot has asked again by itself, which it does only once."""
    fresh: int = 0
    """1 if it is to be asked in a new conversation, whatever its thread has."""
    refused: str = ""
    """The name of the cause for which it ends, once it is clear that it cannot be asked."""
    plain: int = 0
    """1 once it was refused with the wish for a chart, and is asked without."""
    variant: str = ""
    """The name of the reply's variant that Slack took."""
    withdrawn: int = 0
    """1 once nobody wants the answer: the question was withdrawn, or its message edited into another one."""
    said_else: int = 0
    """1 once its message, which asked it first, was deleted, or edited into no question."""
    revision: str = ""
    """The question into which that was edited last."""
    passed: int = 0
    """1 once its message in Slack and its place in line went to the words that it was edited into."""
    joined: int = 0
    """1 if it was asked in a channel, and is answered in the thread of an earlier one in direct messages."""
    outcome: str = ""
    """How it ended: as the log has it, after `FAILED` where it got no answer; old records have none."""
    channel_told: int = 0
    """1 once the thread in which it was asked says that its asker is answered privately."""
    reused: str = ""
    """The question with the same words whose Genie message is this one's, too."""
    reused_at: int = 0
    """When that was received, if the answer says so; 0 where both were asked within a minute."""
    after: str = field(default="", repr=False)
    """The question whose answer was reused, where this one goes on from that: Genie gets it in front."""

    @property
    def is_follow_up(self) -> bool:
        """Whether it goes on from what was asked before, so that its words alone do not say all of it."""
        return bool(self.into or self.after)

    @property
    def missing_files(self) -> frozenset[str]:
        """The suffixes of the answer's files that did not get into Slack."""
        files: dict[str, str] = json.loads(self.files)
        return frozenset(name.rpartition(".")[2] for name, file_id in files.items() if not file_id)

    @property
    def ref(self) -> MessageRef:
        """Where the question lives in Genie."""
        return MessageRef(self.space, self.conversation, self.message)

    @property
    def response_ref(self) -> ResponseRef:
        """Where research runs in Genie."""
        return ResponseRef(self.space, self.conversation, self.response)


def stands_alone(question: Question, progress: Progress) -> bool:
    """Whether the words of a question say all of it: it began a conversation, and is no part of research."""
    return not (question.research or question.result_of or progress.is_follow_up)


def is_quoted(question: Question, progress: Progress) -> bool:
    """Whether the words of a question stand above its reply, as its thread does not show them."""
    if question.result_of:  # what was asked stands in its report
        return False
    return bool(progress.joined) if question.asked_thread else question.surface is Surface.BUTTON
