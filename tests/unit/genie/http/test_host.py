"""The workspace's address, as people paste it."""

import pytest

from genie.http.host import host_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("adb-1.2.azuredatabricks.net", "https://adb-1.2.azuredatabricks.net"),
        (" https://DBC-1.cloud.databricks.com/ ", "https://dbc-1.cloud.databricks.com"),
        ("https://dbc-1.cloud.databricks.com/genie/rooms/1?o=2#x", "https://dbc-1.cloud.databricks.com"),
        ("https://host:8443", "https://host:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:80/x", "http://localhost:80"),
        ("http://[::1]:80", "http://[::1]:80"),
    ],
)
def test_an_address_becomes_scheme_and_host(text: str, url: str) -> None:
    """With or without scheme, path and query."""
    assert host_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "http://dbc-1.cloud.databricks.com",
        "http://127.0.0.1.evil.example",
        "ftp://host",
        "https://",
        "https://host:port",
        "https://[::1",
        "https://me:secret@host",
        "https://secret@host",
        "two words",
    ],
)
def test_an_address_that_cannot_be_used_is_explained(text: str) -> None:
    """The rest of a sentence that does not repeat what was given."""
    with pytest.raises(ValueError, match=r"^(is|holds) .*[^.]$") as raised:
        host_url(text)
    assert "secret" not in str(raised.value)
