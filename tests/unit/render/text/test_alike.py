"""Texts that are alike, or would look alike when they are cut, are told apart."""

from functools import partial

import pytest

from render.text.alike import told_apart
from render.text.limits import clip

SHORTEN = partial(clip, size=24, at_word=False)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (
            [f"https://www.example.com/{page}" for page in ("about", "about/team", "pricing")],
            ["https://…/about", "https://…/about/team", "https://…/pricing"],
        ),
        (
            ["Northwind Traders GmbH Plant Berlin", "Northwind Traders GmbH Plant Munich", "Contoso"],
            ["Northwi…Berlin", "Northwi…Munich", "Contoso"],
        ),
        (
            ["main.sales.orders.2026.january.eu", "main.sales.orders.2026.january.us"],
            ["main.sal….eu", "main.sal….us"],
        ),
        (
            ["Error: there is no such table a in line 1", "Error: there is no such table b in line 1"],
            ["Error: t…a in line 1", "Error: t…b in line 1"],
        ),
        (["a short one", "another"], ["a short one", "another"]),
        (["a long text that is alone here", "other"], ["a long text that is alo…", "other"]),
    ],
    ids=["addresses", "sites", "tables", "messages", "short", "alone"],
)
def test_texts_that_begin_alike_are_cut_in_the_middle(texts: list[str], shown: list[str]) -> None:
    """What they have in common is left out where the end would be lost, and only there."""
    assert list(told_apart(texts, SHORTEN).values()) == shown


def test_texts_that_differ_stay_different() -> None:
    """Fifty addresses that begin and end alike are fifty labels."""
    texts = [f"https://www.example.com/shop/{at:02}/details-of-the-product?from=mail" for at in range(50)]
    shown = told_apart(texts, SHORTEN)
    assert len(set(shown.values())) == len(texts)
    assert all(len(text) <= 24 for text in shown.values())
