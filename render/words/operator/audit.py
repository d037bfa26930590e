"""Words of the operator's commands about the audit trail and about what is kept of a person."""

AUDIT = "Print who asked what, where and with whose rights, from the oldest to the newest."
SINCE = "a day or a time (2026-11-29, 2026-11-29T08:00), in UTC if it names no zone, or an age: 90m, 36h, 7d"
UNTIL = "the same; what ended before then is printed"
USER = "the id of one person (U... or W...)"
CSV = "with a heading, for spreadsheets; the default"
JSON = "one object of JSON in each line"
FORGET = "Delete what is kept of a person: audit, questions, ratings, choices, sign-in."

NOT_REVOKED = (
    "The sign-in is deleted here, and could not be ended in Databricks: it ends there by its lifetime, or by "
    "an admin of the account."
)
NOT_KEPT = "No audit trail is kept: AUDIT_DAYS is 0."


def not_a_time(text: str) -> str:
    """Say what a time may look like."""
    return f"{text!r} is none of these: {SINCE}"


def not_an_id(text: str) -> str:
    """Say what the id of a person looks like."""
    return f"{text!r} is no id of a person: these begin with U or W, with capital letters and digits after it"


def forgotten(user: str, counts: dict[str, int]) -> str:
    """Say what was deleted of a person."""
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    return f"Forgot {user}: {told}."


def still_running(count: int) -> str:
    """Say that not everything could be deleted."""
    return f"{count} of the person's questions or clicks are on their way: repeat this when they have ended."
