"""Time zones, by the names of https://www.iana.org/time-zones."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def time_zone(name: str) -> str:
    """Return the name; ValueError for one that this machine does not know."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no time zone, such as Europe/Berlin") from None
    return name
