"""Errors of the Databricks API as one exception that the server turns into a response.

Body: `{"error_code", "message", "details"}`. https://docs.databricks.com/api/workspace/introduction
"""

import math

from aiohttp import web


class DatabricksError(Exception):
    """A request that is answered with an error; `retry_after` in seconds."""

    def __init__(self, status: int, code: str | int, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def response(self) -> web.Response:
        """Give the HTTP response for it."""
        body: dict[str, object] = {"error_code": self.code, "message": self.message}
        headers = {}
        if self.retry_after is not None:
            seconds = max(1, math.ceil(self.retry_after))
            headers["Retry-After"] = str(seconds)
            retry = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retry_delay": {"seconds": seconds}}
            body["details"] = [retry]
        return web.json_response(body, status=self.status, headers=headers)


def invalid(message: str) -> DatabricksError:
    """Refuse a parameter."""
    return DatabricksError(400, "INVALID_PARAMETER_VALUE", message)


def missing(what: str, name: str) -> DatabricksError:
    """Refuse to find something."""
    return DatabricksError(404, "RESOURCE_DOES_NOT_EXIST", f"{what} {name} does not exist.")


def wrong_state(status: str) -> DatabricksError:
    """Refuse what a message has only at its end."""
    return DatabricksError(400, "INVALID_STATE", f"The message is {status}; there is no result to give.")


def unsupported_conversation() -> DatabricksError:
    """Refuse a conversation of the other mode."""
    text = "UNSUPPORTED_CONVERSATION_TYPE_EXCEPTION: this conversation belongs to the other mode."
    return DatabricksError(400, "INVALID_PARAMETER_VALUE", text)


def too_many(retry_after: float | None) -> DatabricksError:
    """Refuse a question above the limit."""
    return DatabricksError(429, "RESOURCE_EXHAUSTED", "Rate limit exceeded for this workspace.", retry_after)
