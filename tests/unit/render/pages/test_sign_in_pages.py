"""The pages of a sign-in hold what people are called as text, and nothing that a browser loads or runs."""

import base64
import re
from hashlib import sha256

import pytest

from render import words
from render.pages.page import HEADERS, Page
from render.pages.sign_in import (
    Account,
    cancelled_page,
    confirm_page,
    done_page,
    other_person_page,
    refusal_page,
)

HOSTILE = "<script>alert(1)</script>\"'&\u202e{x}\n<img src=x onerror=alert(1)>"
PAGES = [
    confirm_page(Account(HOSTILE, HOSTILE), Account(HOSTILE, HOSTILE), HOSTILE),
    other_person_page(HOSTILE, HOSTILE),
    refusal_page(HOSTILE, HOSTILE, 400),
    done_page(),
    cancelled_page(),
]


@pytest.mark.parametrize("page", PAGES, ids=["confirm", "other", "refusal", "done", "cancelled"])
def test_names_are_text(page: Page) -> None:
    """A person's name makes no element, leaves no attribute, and reorders nothing."""
    tags = {tag.lower() for tag in re.findall(r"<(\w+)", page.html)}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "a", "base", "object"})
    quoted = re.sub(r'"[^"]*"', '""', page.html)
    assert not re.search(r"<[^>]*\son\w+=", quoted)
    assert "\u202e" not in page.html


def test_the_policy_lets_nothing_in_but_the_pages_own_style() -> None:
    """No script, no address of another, no frame around it; the style is the one whose digest is named."""
    policy = HEADERS["content-security-policy"]
    style = re.search(r"(?s)<style>(.*?)</style>", done_page().html)
    assert style
    digest = base64.b64encode(sha256(style[1].encode()).digest()).decode()
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]


def test_a_page_names_both_accounts_and_says_what_to_do() -> None:
    """Who confirms sees who is connected with whom."""
    html = confirm_page(
        Account("Ada", "ada@example.com"), Account("ada@corp.example", "ws.example"), "t"
    ).html
    assert [
        name for name in ("Ada", "ada@example.com", "ada@corp.example", "ws.example") if name not in html
    ] == []
    assert words.sign_in.CONFIRM in html
    assert refusal_page("No", "Do that.", 410).status == 410
