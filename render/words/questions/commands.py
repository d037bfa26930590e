"""Texts of `/genie` and its subcommands, which only the user reads."""

from collections.abc import Sequence

from render.text.escape import literal_clipped

INTRODUCTION = (
    "*Type `/genie` and your question* to ask from anywhere. Or mention me, or write to me directly: "
    "I answer in the thread, and replies there go on from it. These words alone do something else:"
)
ASK_FORM, PRIVATE_FORM, USE_FORM = "ask …", "private …", "use …"
SIGN_IN_FORM, SIGN_OUT_FORM = "sign-in", "sign-out"
ASK = "asks what follows, also if it begins with one of these words"
PRIVATE = "answers in your direct messages with me, where only you see it"
SPACES = "lists the Genie spaces, and which one is asked in this channel"
USE = "and the name of a space has the questions of this channel asked there; `/genie use off` ends that"
HISTORY = "shows your last questions, with links to the answers"
STATUS = "says how long the line is, and what works"
NEW = "begins a new conversation in your latest thread here"
CANCEL = "takes your newest unanswered question here back"
QUIET = "has your latest thread here listen to mentions only"
LISTEN = "has it take replies as questions again"
FORGET = "deletes the conversation of your latest thread here, after you have confirmed it"
FORGET_ME = (
    "deletes what I keep of you: questions, watches, ratings, settings, sign-in; not what stands in Slack"
)
SIGN_IN = "brings a link to sign in to Databricks, so that I ask there as you"
SIGN_OUT = "ends that"
FORGETTING_PERSON = "I delete what I keep of you, and tell you here when that is done."
FORGOT_PERSON = (
    "I have deleted what I kept of you: your questions and clicks, watches, ratings, settings and sign-in. "
    "What stands in Slack and in Genie stays: delete it there, or choose Forget This Thread below an answer."
)
ASK_EXPLAINED = "Type your question after `/genie ask`: I ask it, whatever it begins with."

# Spaces

ONE_SPACE = "There is one Genie space here, and every question goes there. Just ask."
ADMINS_BIND = "Only those who set me up may choose the space of a channel. Ask one of them."
UNBOUND = "Questions in this channel go to the space that their words say, from now on."
BOUND_TO_NONE = (
    "This channel has no space of its own: the words of a question decide, and where they do not, I ask "
    "which one is meant."
)

# History

NO_HISTORY = "You have asked nothing within the last week. Type `/genie` and your question to begin."
HISTORY_TITLE = "*Your last questions*, which only you see here:"
OPEN = "Open"

# Status

ALL_WORKS = "Slack, Databricks and my database answer."
PARTS = {
    "slack": "*My connection to Slack is down.* What you write arrives when it is back.",
    "databricks": "*Databricks does not answer.* I keep what you ask, and go on when it does.",
    "redis": "*My database does not answer.* I take no questions until it does: try again in a minute.",
}
NOBODY_WAITS = "*Line:* nobody waits. Just ask."
DATABASE_DOWN = PARTS["redis"]


def line(form: str, meaning: str) -> str:
    """Say what a form of the command does."""
    return f"• `/genie {form}` {meaning}"


def signing_in() -> list[str]:
    """Say how to sign in to Databricks and out, in the words of the command's own help."""
    return [line(SIGN_IN_FORM, SIGN_IN), line(SIGN_OUT_FORM, SIGN_OUT)]


def no_such_space(name: str, aliases: Sequence[str]) -> str:
    """Say that a name is none of a space; it is escaped here."""
    shown = literal_clipped(name, 100)
    known = ", ".join(f"`{alias}`" for alias in aliases)
    return (
        f"There is no Genie space “{shown}”: there are {known}. If that was a question, type "
        f"`/genie ask use {shown}`."
    )


def bound_to(name: str) -> str:
    """Say which space a channel has; the name is safe mrkdwn."""
    return f"Questions in this channel go to *{name}*, unless they name another space or continue a thread."


def bound_now(name: str) -> str:
    """Say which space a channel has got; the name is safe mrkdwn."""
    return (
        f"Questions in this channel go to *{name}* from now on, unless they name another space or continue a "
        "thread. `/genie use off` ends that."
    )


def not_reached(name: str) -> str:
    """Say that a channel cannot be bound to a space that refuses the bot; the name is safe mrkdwn."""
    return f"I cannot ask *{name}* at the moment, so nothing changes. Those who run me find why in my log."


def in_line(waiting: int, place: int) -> str:
    """Say how many questions wait, and the place of the asker's first one, 0 without one."""
    said = f"*Line:* {waiting:,} {'question waits' if waiting == 1 else 'questions wait'}; "
    return said + (f"yours is number {place:,}." if place else "none of them is yours.")


def limit(used: int, capacity: int, seconds: float) -> str:
    """Say how much of the limit of questions is used."""
    left = max(0, capacity - used)
    return (
        f"*Limit:* {used:,} of {capacity:,} questions that Genie takes in {seconds:.0f} seconds are used; "
        f"{'the next one waits' if not left else f'{left:,} more can be asked at once'}."
    )


def forgot_person(running: int) -> str:
    """Tell a user that what was kept is deleted, and how much of it could not be yet."""
    if running <= 0:
        return FORGOT_PERSON
    left = "one of your questions is" if running == 1 else f"{running} of your questions are"
    return f"{FORGOT_PERSON} But {left} still on the way: use `/genie forget me` again after the answer."
