"""All that has no name of its own comes last and is compared with nothing, however large it is."""

import pytest

from render.figure.draw import draw
from tests.results.kinds.result import Result, spoken

NAMED = (88, 71, 64, 52)
RESTS = [
    ("customer", ("Nordwind", "Bluepeak", "Ferrari", "Kestrel"), "Other"),
    ("kunde", ("Nordwind", "Müller", "Weber", "Schulz"), "Sonstige"),
    ("product", ("Tent", "Stove", "Lamp", "Rope"), "All others"),
    ("ville", ("Paris", "Lyon", "Nice", "Lille"), "Autres"),
]


def ranked(column: str, names: tuple[str, ...], rest: str, amount: int) -> Result:
    """Return the top of something with its rest, which the query has sorted to where it belongs by size."""
    rows = sorted([(rest, amount), *zip(names, NAMED, strict=True)], key=lambda row: -int(row[1]))
    sql = f"SELECT {column}, SUM(n) AS units FROM t GROUP BY {column} ORDER BY units DESC"  # noqa: S608
    return Result(f"{column} STRING, units LONG", rows, sql, question=f"Units by {column}")


@pytest.mark.parametrize("amount", [196, 60, 3])
@pytest.mark.parametrize(("column", "names", "rest"), RESTS)
def test_the_rest_comes_last_and_is_no_highest(
    column: str, names: tuple[str, ...], rest: str, amount: int
) -> None:
    """It is grey at the end of the bars; a total counts it, and no sentence names it as an end."""
    for said in ranked(column, names, rest, amount).say():
        assert said.unasked is not None
        assert (said.unasked.labels[-1], said.unasked.rest) == (rest, rest)
        assert f"highest 88 ({names[0]}), lowest 52 ({names[-1]})" in spoken(said).lower().replace(
            names[0].lower(), names[0]
        ).replace(names[-1].lower(), names[-1])
        assert f"From 52 ({names[-1]}) to 88 ({names[0]})." in said.stats
        assert f"{rest} has the largest share" not in spoken(said)
        assert any(text.startswith(f"{rest} is all the rest") for text in said.stats)
        assert draw(said.unasked)


@pytest.mark.parametrize(
    "labels",
    [("Other", "New", "Old"), ("Other income", "Rent", "Sales", "Fees"), ("Rest of World", "US", "UK", "FR")],
)
def test_what_is_a_name_stays_one(labels: tuple[str, ...]) -> None:
    """Two groups beside it are no ranking, and a word more makes a name."""
    rows = [(label, 900 - at) for at, label in enumerate(labels)]
    for said in Result("kind STRING, units LONG", rows).say():
        assert said.reading.rest == frozenset()
