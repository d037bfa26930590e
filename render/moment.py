"""A moment as mrkdwn, which Slack shows in the time zone of each reader.

https://docs.slack.dev/messaging/formatting-message-text#date-formatting
"""

from datetime import UTC, datetime

from render import words_values


def moment(seconds: float) -> str:
    """Return a moment in seconds since 1970; nothing for one that no calendar has."""
    try:
        known = datetime.fromtimestamp(max(seconds, 0), UTC)
    except (OverflowError, ValueError, OSError):
        return ""
    return f"<!date^{int(known.timestamp())}^{words_values.MOMENT}|{known:%Y-%m-%d %H:%M} UTC>"
