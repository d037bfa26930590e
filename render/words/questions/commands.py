"""Texts of `/genie` and its subcommands, which only the user reads."""

INTRODUCTION = (
    "*Type `/genie` and your question* to ask from anywhere. Or mention me, or write to me directly: "
    "I answer in the thread, and replies there go on from it. These words alone do something else:"
)
ASK_FORM, PRIVATE_FORM = "ask …", "private …"
ASK = "asks what follows, also if it begins with one of these words"
PRIVATE = "answers in your direct messages with me, where only you see it"
NEW = "begins a new conversation in your latest thread here"
CANCEL = "takes your newest unanswered question here back"
QUIET = "has your latest thread here listen to mentions only"
LISTEN = "has it take replies as questions again"
FORGET = "deletes the conversation of your latest thread here, after you have confirmed it"
SIGN_IN = "brings a link to sign in to Databricks, so that I ask there as you"
SIGN_OUT = "ends that"
ASK_EXPLAINED = "Type your question after `/genie ask`: I ask it, whatever it begins with."


def line(form: str, meaning: str) -> str:
    """Say what a form of the command does."""
    return f"• `/genie {form}` {meaning}"
