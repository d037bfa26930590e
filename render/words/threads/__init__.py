"""Texts about conversations: new, forgotten, blocked or lost.

As in `render.words`: short, plain, and ending with what to do next.
"""

START_FRESH = "Start Fresh"
FORGET_THREAD = "Forget This Thread"

TOO_LONG = (
    "This is too long for Genie. Start fresh without the conversation so far, or ask something narrower."
)
WRONG_MODE = "This conversation cannot be continued here. Start fresh to ask in a new one."
OUTGROWN = (
    "The earlier conversation had become too long, so I started a new one. Say again what it should build on."
)
MOVED = "The earlier conversation could not go on, so I started a new one. Say again what it should build on."

NOT_REMEMBERED = (
    "I no longer remember what was said in this thread, so this begins a new conversation. "
    "Say again what it should build on."
)

BLOCKED = "Another question is running in this Genie conversation. I ask yours as soon as it has ended."
STILL_BLOCKED = (
    "Another question is still running in this Genie conversation. Start fresh to ask in a new one, or ask "
    "again here when it has ended."
)


def again_in(seconds: float) -> str:
    """Say that the bot asks once more by itself."""
    return f"The model behind Genie is at its limit. I ask again in {seconds:.0f} s, and answer here."


def begun_anew(mention: str) -> str:
    """Say in a thread who let it begin a new conversation."""
    return (
        f"{mention or 'Somebody'} started fresh: the next question here begins a new conversation with Genie."
    )


def forgotten(mention: str, *, reused: bool = False) -> str:
    """Say in a thread who had it forgotten; `reused` if it has had an answer of another thread."""
    kept = (
        " An answer to the same question of another thread stays in Databricks as long as that."
        if reused
        else ""
    )
    return (
        f"{mention or 'Somebody'} had this thread forgotten: its conversations in Databricks are deleted, "
        f"and I keep none of its questions.{kept} A new question here begins a new conversation."
    )


def not_deleted(mention: str) -> str:
    """Say in a thread that Databricks did not delete its conversations."""
    return (
        f"{mention or 'Somebody'} had this thread forgotten, and I keep none of its questions. "
        "Databricks did not let me delete all its conversations: ask the owner of this Genie space to do it."
    )


FORGET_TITLE = "Forget this thread?"
FORGET = "Forget"
KEEP = "Keep"
FORGET_EXPLAINED = (
    "Genie's conversations behind this thread are deleted in Databricks, "
    "and I delete the questions that I keep. That cannot be undone.\n"
    "The messages here stay until somebody deletes them in Slack."
)
FORGET_NO_THREAD = (
    "You have not asked me anything in this channel lately. Choose this below an answer of mine instead."
)
FORGETTING = "I delete everything now, and say so in the thread when it is done."
FORGET_STRANGER = "Only somebody who asked in this thread can have it forgotten. Ask one of them."
FORGET_BUSY = (
    "An answer in this thread is still on its way. Choose this again when it is here, with its chart."
)
FORGET_ALREADY = "This thread is forgotten already. Ask a question to begin a new conversation."

FRESH_ALREADY = "This thread starts fresh already: ask your question."
FRESH_UNKNOWN = (
    "I do not remember this thread any more. Mention me with a question to begin a new conversation."
)
FRESH_NO_THREAD = (
    "You have not asked me anything in this channel lately. Type `/genie` and your question to begin."
)
FRESH_LATEST = "Your latest thread here starts fresh: reply there with your next question."
FRESH_LATEST_ALREADY = "Your latest thread here starts fresh already: reply there with your next question."
FRESH_PRIVATE = "What you asked privately here starts fresh: reply there, in your direct messages with me."
FRESH_PRIVATE_ALREADY = (
    "What you asked privately here starts fresh already: reply there, in your direct messages with me."
)
FORGET_NOT_STORED = (
    "My database is down, so I could not take that. Close this, and choose it again in a minute."
)
NO_MODAL = "I could not show you what that means. Choose it again in a moment."
CLOSE = "Close"


def forget_latest(link: str) -> str:
    """Say which thread is meant; `link` leads to it, if it is known."""
    return f"This is about {f'<{link}|your latest thread here>' if link else 'your latest thread here'}."
