"""Before whom an answer stands, which decides what can be done with it."""

from enum import StrEnum


class Audience(StrEnum):
    """Who sees an answer."""

    CHANNEL = "channel"
    """Everybody in a channel, who open its thread."""
    PERSON = "person"
    """Somebody who asked in a direct message."""
    ASKER = "asker"
    """Somebody who asked privately, from a channel in which the answer may be shared."""
