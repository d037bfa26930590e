"""From Genie's words for how far a run is, and for why it failed, to ours."""

import re
from typing import Any

from genie.agent_model import Item, Prose, ResponseStatus
from genie.model import MessageError
from genie.protocol.coerce import as_code, as_object, as_text

_STATUSES = {status.value: status for status in ResponseStatus} | {"canceled": ResponseStatus.CANCELLED}
_CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")


def status_of(value: Any) -> ResponseStatus:
    """Read a status; one that is missing or unknown counts as still running."""
    return _STATUSES.get(as_text(value).lower(), ResponseStatus.IN_PROGRESS)


def failure(value: Any) -> MessageError | None:
    """Read why a run failed: an object, a text, or a code alone."""
    if text := as_text(value).strip():
        return MessageError(text) if _CODE.fullmatch(text) else MessageError("", text)
    body = as_object(value)
    told = [as_text(body.get(name)) for name in ("error_code", "code", "type")]
    codes = [text for text in told if as_code(text)]  # which may be logged
    code = next((code for code in codes if _CODE.fullmatch(code)), next(iter(codes), ""))
    details = [as_text(body.get(name)) for name in ("message", "error", "detail")]
    detail = next(filter(None, (*details, *(text for text in told if text not in codes))), "")
    return MessageError(code, detail) if code or detail else None


def failure_in(items: tuple[Item, ...]) -> MessageError | None:
    """Return what the last message of the system says; a stored run has no other place for its reason."""
    said = [item.text for item in items if isinstance(item, Prose) and item.role == "system"]
    return MessageError("", said[-1]) if said else None
