"""Weather for storms: every kind of trouble that a network, a workspace or Slack can make."""

from dataclasses import replace

from sandbox.faults import Fault

SECRET = "hr.gold.payroll"
"""Stands in what the servers say when they fail, and nobody may repeat it."""

_JSON = '{"error_code": "%s", "message": "Cannot read hr.gold.payroll"}'
_PAGE = f"<!doctype html><html><body>Sign in to see {SECRET}</body></html>"
_HTML = "text/html"
_BUSY = _JSON % "RESOURCE_EXHAUSTED"

AT_DATABRICKS = (
    Fault(status=429, body=_BUSY, retry_after="1"),
    # A question that is refused without a time closes the line for 15 s, so those are counted below.
    Fault(status=429, body=_BUSY, method="GET"),
    Fault(status=500, body=_JSON % "INTERNAL_ERROR"),
    Fault(status=500, after=True),
    Fault(status=502, body=_PAGE, content_type=_HTML),
    Fault(status=502, body=_PAGE, content_type=_HTML, after=True),
    Fault(status=503, body=_JSON % "TEMPORARILY_UNAVAILABLE", retry_after="1"),
    Fault(status=503),
    Fault(status=504, body=_PAGE, content_type=_HTML, after=True),
    Fault(drop=True),
    Fault(drop=True, after=True),
    Fault(slow=1.0),
    Fault(slow=15.0),
    Fault(delay=12.0),
    Fault(malformed=True),
    Fault(content_type="text/plain"),
    Fault(bomb=80),
    Fault(status=200, body=_PAGE, content_type=_HTML),
    Fault(status=302, location="/login.html", content_type=_HTML),
)
AT_SLACK = (
    Fault(status=429, body='{"ok": false, "error": "ratelimited"}', retry_after="1"),
    Fault(status=500),
    Fault(status=503, body=_PAGE, content_type=_HTML),
    Fault(status=502, body=_PAGE, content_type=_HTML, after=True),
    Fault(drop=True),
    Fault(drop=True, after=True),
    Fault(slow=1.0),
    Fault(malformed=True),
)


def storm(kinds: tuple[Fault, ...], share: float, path: str = "*") -> list[Fault]:
    """Give faults that hit `share` of all calls together, each kind as often as the others."""
    each = share / len(kinds)
    # A fault is only asked when those before it did not hit.
    return [
        replace(fault, path=path, times=None, probability=each / (1 - number * each))
        for number, fault in enumerate(kinds)
    ]


def refused_without_a_time(times: int) -> Fault:
    """Refuse so many questions without saying when to come back."""
    return Fault(path="*/start-conversation", status=429, body=_BUSY, times=times)
