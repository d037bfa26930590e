"""One HTTP reply, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    """Only its beginning where `file` has it all."""
    file: Path | None = None

    @property
    def ok(self) -> bool:
        """Whether the status is a success."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_page(self) -> bool:
        """Whether it is an HTML page, such as a login form, rather than an API reply."""
        return "html" in self.headers.get("content-type", "") or self.body[:100].lstrip()[:1] == b"<"

    @property
    def is_json(self) -> bool:
        """Whether it says that it is JSON; a reply that says nothing is given the benefit of the doubt."""
        return "json" in self.headers.get("content-type", "json")
