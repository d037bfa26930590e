"""The tables of what the sandbox emulates say what is there."""

import re
from pathlib import Path

from sandbox import coverage
from sandbox.databricks import Databricks
from sandbox.slack.methods import METHODS


def test_the_table_names_every_endpoint_and_its_tests() -> None:
    """The table has exactly the registered endpoints, and its tests exist and speak of them."""
    assert {row.name for row in coverage.ENDPOINTS} == Databricks().endpoints
    folder = Path(__file__).parent
    for row in coverage.ENDPOINTS:
        text = (folder / f"{row.tests}.py").read_text()
        last = re.findall(r"/([\w.-]+)(?=$|/\{)", row.name)[-1]
        words = (last, last.replace("-", "_"), last.rstrip("s"))
        assert any(word in text for word in words), row.name
    assert all((folder / f"{row.tests}.py").is_file() for row in coverage.DATABRICKS_BEHAVIOURS)


def test_every_chat_endpoint_is_there() -> None:
    """Nothing of Genie's chat mode that a bot can use is missing."""
    offered = {
        re.sub(r"\{\w+\}", "*", each).replace("/api/2.0/genie/spaces", "")
        for each in Databricks().endpoints
        if "/genie/" in each
    }
    message = "/*/conversations/*/messages/*"
    attachment = f"{message}/attachments/*"
    assert offered >= {
        "POST /*/start-conversation",
        "POST /*/conversations/*/messages",
        f"GET {message}",
        f"GET {attachment}/query-result",
        f"POST {attachment}/execute-query",
        f"POST {message}/feedback",
        f"GET {attachment}/download-visualization",
        "GET /*",
        "GET ",
        "GET /*/conversations",
        "DELETE /*/conversations/*",
        "GET /*/conversations/*/messages",
        f"DELETE {message}",
        f"POST {attachment}/downloads",
        f"GET {attachment}/downloads/*",
        f"POST {message}/comments",
        f"GET {message}/comments",
        "GET /*/conversations/*/list-comments",
    }


def test_the_table_names_every_method_and_its_tests() -> None:
    """The table of coverage has exactly the registered methods, and its tests exist and name them."""
    assert {row.name for row in coverage.METHODS} == set(METHODS)
    folder = Path(__file__).parent
    for row in coverage.METHODS:
        text = (folder / f"{row.tests}.py").read_text()
        assert row.name in text or row.name.replace(".", "_") in text, row.name
    assert all((folder / f"{row.tests}.py").is_file() for row in coverage.SLACK_BEHAVIOURS)


def test_the_document_is_current() -> None:
    """docs/sandbox.md is what the table says."""
    document = Path(__file__).parents[3] / "docs" / "sandbox.md"
    assert document.read_text() == coverage.document()
