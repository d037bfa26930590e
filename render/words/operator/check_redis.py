"""Texts of `python -m bot check` about Redis, and about what the bot keeps there of Slack."""

from collections.abc import Sequence

WRITES = "Redis takes writes."
OWN = "The bot's own store takes writes; only this machine has it, so set REDIS_URL for several machines."
WENT_AWAY = "Redis went away while it was looked at: see its log, and try again."
INFO_REFUSED = (
    "The user in REDIS_URL may not use INFO: allow it, or see yourself that Redis is version 7 or later, "
    "has appendonly yes and maxmemory-policy noeviction."
)
KEEPS_ALL = "Redis evicts nothing."
ALMOST_FULL = "Nine tenths of Redis' memory are in use: raise its maxmemory, or make room."
SAVES = "Redis saves each write to its disk (appendonly)."
SAVING_FAILED = "Redis could not save to its disk the last time: make room there, and see its log."
SAVING_NOT_SEEN = (
    "Whether Redis saves to its disk cannot be seen: ask its provider, since a restart without loses "
    "questions that wait."
)
SNAPSHOTS = "Redis saves to its disk now and then: set appendonly yes, or a crash loses the last minutes."
SAVES_NOTHING = "Redis saves nothing to its disk: set appendonly yes, or a restart loses questions that wait."
NOTHING_HEARD = (
    "Nothing has come from Slack so far: start the bot and mention it in a channel; if nothing comes then, "
    "see that the app has the events of its manifest."
)
NO_PROCESS = (
    "No process of the bot runs with this Redis and REDIS_PREFIX: start it, and look again to learn whether "
    "others use its app token."
)
NOT_CONNECTED = "The bot has not reached Slack by Socket Mode yet: look again in a minute, and see its log."


def server(redis: str, valkey: str) -> str:
    """Name a server; Valkey also says as which version of Redis it serves."""
    return f"Valkey {valkey}" if valkey else f"Redis {redis}"


def version(shown: str) -> str:
    """Say which server it is."""
    return f"{shown} is there."


def too_old(shown: str) -> str:
    """Say that a server is older than those with which the bot is tested."""
    return f"{shown} is older than what the bot is tested with: upgrade to Redis 7 or Valkey, or later."


def latency(seconds: float, most: float) -> str:
    """Say how long a call takes."""
    took = f"Redis takes {max(seconds * 1000, 1):.0f} ms for a call"
    if seconds <= most:
        return f"{took}."
    return f"{took}, and each question makes dozens: run it nearer to the bot, or see what keeps it busy."


def evicts(policy: str) -> str:
    """Say that Redis throws keys away when it is full."""
    return f"Redis has maxmemory-policy {policy}: set noeviction, since what it evicts is a question lost."


def heard(kinds: Sequence[str], seconds: float) -> str:
    """Say what has come from Slack."""
    return f"Slack has sent {', '.join(kinds)}; the last about {_ago(seconds)} ago."


def not_heard(kinds: Sequence[str]) -> str:
    """Say what has never come from Slack."""
    return (
        f"Slack has not sent {', '.join(kinds)} within 30 days: nothing to do where nobody did such a thing, "
        "else renew the app from its manifest (Event Subscriptions; Interactivity for clicks)."
    )


def connections(processes: int) -> str:
    """Say that nobody else connects."""
    return f"Slack counts no more connections than the {processes} of this installation."


def strangers(connections: int, processes: int) -> str:
    """Say that another installation takes events away."""
    return (
        f"Slack counts {connections} connections of the app, and {processes} of them are ours: another "
        "installation uses SLACK_APP_TOKEN and takes a part of the events. Stop it, or give it an app of its "
        "own."
    )


def mixed(others: int) -> str:
    """Say that processes run with another IDENTITY than the one that is set here."""
    return (
        f"Processes with another IDENTITY than here run with this Redis ({others}): give all the same one, "
        "and restart them."
    )


def maybe_strangers(connections: int, processes: int) -> str:
    """Say that another installation may take events away."""
    return (
        f"Slack counted {connections} connections of the app, and {processes} were ours; one may have broken "
        "just before: look again in some hours, or restart the bot, and if it stays, another installation "
        "uses SLACK_APP_TOKEN."
    )


def _ago(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return "a minute"
