"""Slack's refusals: an `error` word, sometimes with messages or with the scope that is missing."""

from typing import Any


class SlackError(Exception):
    """Slack answers `{"ok": false, "error": ...}`. `error` is Slack's own word for it."""

    def __init__(self, error: str, messages: tuple[str, ...] = (), **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages
        self.details = details

    def payload(self) -> dict[str, Any]:
        """Give the body of the answer."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.details}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
            body["errors"] = [message.removeprefix("[ERROR] ") for message in self.messages]
        return body
