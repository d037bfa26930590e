"""What the lists of a space hold, as frozen data: conversations, and people's comments in them."""

from dataclasses import dataclass, field

from genie.model import MessageRef

CHAT = "GENIE_CONVERSATION_TYPE_CHAT"
AGENT = "GENIE_CONVERSATION_TYPE_AGENT"
"""The two kinds known today; a conversation of agent mode takes no chat message."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the list of a space; `kind` is Genie's `agent_type` as it came."""

    conversation_id: str
    title: str = ""
    created_at: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A person's remark about a message."""

    ref: MessageRef
    comment_id: str
    content: str = field(default="", repr=False)
    created_at: float | None = None
    user_id: str = ""
