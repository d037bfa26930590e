"""Every link inside the documents leads to a file, and to a heading of it, that are there."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMING = [
    *(path for folder in (*PACKAGES, "bench", "tests") for path in sorted((ROOT / folder).rglob("*.py"))),
    *sorted(ROOT.glob("*.y*ml")),
    *(ROOT / name for name in (".env.example", "Makefile", "Procfile")),
    *DOCUMENTS,
]
"""Files whose comments and sentences name pages by their path in the repository."""


def prose(page: Path) -> str:
    """Return a page without its blocks of code, in which brackets are no links."""
    return re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    seen: Counter[str] = Counter()
    found = set()
    for heading in re.findall(r"^#+ +(.+)$", prose(page), re.MULTILINE):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)", "", heading).lower())
        slug = words.strip().replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def leads_somewhere(page: Path, link: str) -> bool:
    """Tell whether a link of a page has its file and its heading."""
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_inside_leads_somewhere(page: Path) -> None:
    """What a document of ours points to in this repository is there, with its heading."""
    links = re.findall(r"\]\(([^)\s]+)[^)]*\)", prose(page))
    inside = [link for link in links if not re.match(r"\w+:", link)]
    assert [link for link in inside if not leads_somewhere(page, link)] == []


def test_every_page_that_is_named_is_there() -> None:
    """A comment or sentence that sends its reader to a page below docs names one."""
    named = {
        (str(file.relative_to(ROOT)), page)
        for file in NAMING
        for page in re.findall(r"\bdocs/[\w/-]+\.(?:md|html)\b", file.read_text())
    }
    assert named
    assert sorted((file, page) for file, page in named if not (ROOT / page).exists()) == []


def test_every_page_for_operators_is_listed() -> None:
    """Who opens the folder finds each of its pages in its list."""
    folder = ROOT / "docs" / "operating"
    listed = re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text())
    assert sorted({page.name for page in folder.glob("*.md")} - {"README.md"}) == sorted(set(listed))
