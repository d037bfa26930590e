"""Texts about which replies in a thread the bot takes as questions."""

OFFER = "Is this for me? People are talking to each other here, so I did not ask Genie."
ASK_GENIE = "Ask Genie"
ONLY_MENTIONS = "Only when mentioned here"
ASKED = "I ask it. From now on I take what you reply in this thread as questions."
MENTIONS_CHOSEN = "In this thread I listen to you only when you mention me. `/genie listen` undoes that."
NOT_READ = "I could not read your message any more. Mention me with your question, and I will ask it."

QUIET = "Listen to Mentions Only"
LISTEN = "Listen to Replies"
NOW_QUIET = "In this thread I listen to mentions only."
NOW_LISTENING = "In this thread I take replies as questions again."
NO_THREAD = (
    "You have not asked me anything in this channel lately. Choose this below an answer of mine instead."
)
DIRECT = (
    "Your latest thread here is in your direct messages with me, where each message is a question. "
    "Choose this below an answer of mine in a channel instead."
)


def quiet_latest(link: str) -> str:
    """Say that the latest thread listens to mentions only; `link` leads to it, if it is known."""
    return f"In {_latest(link)} I listen to mentions only. `/genie listen` undoes that."


def listening_latest(link: str) -> str:
    """Say that the latest thread takes replies as questions again; `link` leads to it, if it is known."""
    return f"In {_latest(link)} I take replies as questions again. `/genie quiet` undoes that."


def _latest(link: str) -> str:
    return f"<{link}|your latest thread here>" if link else "your latest thread here"
