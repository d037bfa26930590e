"""What is known of the spaces, and how a question names one."""

from dataclasses import dataclass

import pytest

from bot.spaces.catalog import Catalog
from bot.spaces.model import Space, SpaceInfo

SALES, FINANCE, SUPPLY = Space("sales", "01ab"), Space("finance", "01cd"), Space("supply-chain", "01ef")
SEVERAL = Catalog((SALES, FINANCE, SUPPLY))


@dataclass(frozen=True)
class Case:
    """A question, the space that it names, and what is left of it."""

    text: str
    space: Space | None
    rest: str


@pytest.mark.parametrize(
    "case",
    [
        Case("finance: spending by vendor", FINANCE, "spending by vendor"),
        Case("FINANCE :spending", FINANCE, "spending"),
        Case("supply-chain: stock\nby warehouse", SUPPLY, "stock\nby warehouse"),
        Case("<@U0BOT> finance: spending", FINANCE, "<@U0BOT> spending"),
        Case("<@U0BOT|genie>, finance: spending", FINANCE, "<@U0BOT|genie>, spending"),
        Case("finance: 2025: spending", FINANCE, "2025: spending"),
        Case("finance:", FINANCE, ""),
        Case("margin: by region", None, "margin: by region"),
        Case("finance spending: by region", None, "finance spending: by region"),
        Case("how is finance: by region", None, "how is finance: by region"),
        Case("finance", None, "finance"),
        Case("01cd: spending", FINANCE, "spending"),
        Case("", None, ""),
    ],
    ids=lambda case: case.text,
)
def test_only_an_alias_with_a_colon_in_front_names_a_space(case: Case) -> None:
    """After a mention, too; anything else is the question's own."""
    assert SEVERAL.named(case.text) == (case.space, case.rest)


def test_the_only_space_has_no_name() -> None:
    """What stands before a colon is then a word of the question."""
    alone = Catalog((Space("", "01ab"),))
    assert alone.named("sales: revenue") == (None, "sales: revenue")
    assert not alone.several


def test_a_text_may_be_a_name_and_nothing_else() -> None:
    """An alias or a title, with a mention and a full stop."""
    catalog = Catalog((SALES, SUPPLY))
    catalog.learn(SpaceInfo(space=SUPPLY, title="Supply chain"))
    assert [catalog.called(each) for each in ("Sales!", "<@U0BOT> supply CHAIN.")] == [SALES, SUPPLY]
    assert [catalog.called(each) for each in ("", "<@U0BOT>", "sales please", "hr")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "space"),
    [
        (" \n<@U0BOT|genie>, : sales . !\n", SALES),
        ("<@U0BOT>" + " ," * 200_000 + "sales" + " ." * 200_000, SALES),
        ("<@U0BOT> sales" + " ." * 200_000 + "x", None),
        (" " * 400_000, None),
    ],
    ids=["usual", "called", "not called", "blank"],
)
def test_what_stands_around_a_name_is_no_part_of_it(text: str, space: Space | None) -> None:
    """Twice the text takes twice the time: with its square the long ones would take minutes."""
    assert SEVERAL.called(text) == space


def test_spaces_are_found_by_alias_and_id() -> None:
    """An alias in letters of any size."""
    assert (SEVERAL.find("Finance"), SEVERAL.find("01cd"), SEVERAL.find("hr")) == (FINANCE, FINANCE, None)
    assert SEVERAL.default == SALES


def test_a_question_without_a_space_is_one_of_the_default_space() -> None:
    """As those are that were asked before there were several, unless its words name one."""
    assert [SEVERAL.space_of(each) for each in ("", "01cd")] == ["01ab", "01cd"]
    assert [SEVERAL.space_of(each, "finance: costs") for each in ("", "01ab")] == ["01cd", "01ab"]


def test_what_genie_says_takes_the_place_of_what_is_configured() -> None:
    """A title is the name once it is known; a space that cannot be asked is not offered."""
    catalog = Catalog((SALES, FINANCE))
    assert [catalog.about(each.id).name for each in catalog.spaces] == ["sales", "finance"]
    catalog.learn(SpaceInfo(space=SALES, title="Sales 2026"))
    catalog.learn(SpaceInfo(space=FINANCE, problem="no"))
    assert [info.name for info in catalog.usable] == ["Sales 2026"]
    assert catalog.about("gone").name == ""
