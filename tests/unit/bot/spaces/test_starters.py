"""Which starters are offered beside a text."""

from bot.spaces.catalog import Catalog
from bot.spaces.model import Space, SpaceInfo
from bot.spaces.starters import Starter, fitting, starters_of

SALES = SpaceInfo(
    space=Space("sales", "01"),
    starters=("Revenue by region", "Orders", "Who are our top customers?"),
)
STOCK = SpaceInfo(space=Space("stock", "02"), starters=("Stock by warehouse", "Late deliveries by carrier"))
CATALOG = Catalog([SALES.space, STOCK.space])
SAMPLES = [each for info in (SALES, STOCK) for each in starters_of(info, CATALOG, (), as_users=False)]


def test_the_starters_with_most_words_of_a_text_come_first() -> None:
    """Whatever their forms, and in whichever space; words of every question count nothing."""
    text = "The carrier delivers too late, and customers complain: show me what happened last month"
    assert fitting(text, SAMPLES, 2) == [
        Starter("Late deliveries by carrier", "02"),
        Starter("Who are our top customers?", "01"),
    ]


def test_where_none_fits_the_first_ones_are_offered() -> None:
    """In the order of the operator and of Genie."""
    assert fitting("Good morning!", SAMPLES, 2) == [
        Starter("Revenue by region", "01"),
        Starter("Orders", "01"),
    ]
    assert fitting("", (), 2) == []
