"""Errors of OAuth's endpoints, in the words of RFC 6749."""

from aiohttp import web


class OAuthError(Exception):
    """A refused request of a client: its error code and words for the developer."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status

    def response(self) -> web.Response:
        """Give the HTTP response for it."""
        body = {"error": self.error, "error_description": self.description}
        return web.json_response(body, status=self.status, headers=NOT_KEPT)


NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}
"""What every answer with a token carries."""
