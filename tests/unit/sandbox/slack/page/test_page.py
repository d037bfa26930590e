"""The sandbox's page as files: whole, safe by construction, and nothing from outside."""

import re
from pathlib import Path

import pytest

import sandbox.slack

PAGE = Path(sandbox.slack.__file__).parent / "page"
FILES = [path for path in PAGE.rglob("*.*") if path.suffix not in (".py", ".pyc")]
MODULES = sorted(path for path in FILES if path.suffix == ".js")
IMPORT = re.compile(r'from "(\.[^"]+)"')
ASKED = re.compile(r'(?:href|src)="/page/([^"]+)"')
PARSES_HTML = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|\.write\(|DOMParser|\beval\(|new Function")
ADDRESS = re.compile(r"https?://[\w.-]+")
NAMED = {"https://docs.slack.dev", "http://www.w3.org"}
"""Addresses that are only written down: the vendor's pages, and the name of SVG's namespace."""


def text(path: Path) -> str:
    """Return what a file says."""
    return path.read_text(encoding="utf-8")


def test_the_page_finds_all_its_parts() -> None:
    """Every module and style sheet that something asks for is there, and none is there for nothing."""
    wanted = set(ASKED.findall(text(PAGE / "index.html")))
    asked = {(module.parent / name).resolve() for module in MODULES for name in IMPORT.findall(text(module))}
    wanted |= {str(path.relative_to(PAGE.resolve())) for path in asked}
    assert wanted | {"index.html"} == {str(path.relative_to(PAGE)) for path in FILES}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_module_parses_html(module: Path) -> None:
    """Data can become text on the page, never markup or code."""
    assert PARSES_HTML.findall(text(module)) == []


def test_nothing_comes_from_another_server() -> None:
    """The page works without a network: no file names an address that it would load."""
    named = {address for path in FILES for address in ADDRESS.findall(text(path))}
    assert named <= NAMED


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_says_what_it_is_for_and_stays_small(module: Path) -> None:
    """Each module begins with a line about its purpose and has at most 250 lines."""
    lines = text(module).splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= 250


def test_the_browser_refuses_scripts_that_are_not_ours() -> None:
    """The page's policy allows scripts and styles from its own server only."""
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text(PAGE / "index.html"))
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.group(1).split(";"))
    assert (rules["default-src"], rules["script-src"], rules["style-src"]) == ("'none'", "'self'", "'self'")
