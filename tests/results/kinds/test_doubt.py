"""Results of which only names say that they add up, and of which the rows leave that in doubt."""

import pytest

from render.columns.reading import Adds
from tests.results.kinds.result import Result, added_up, column, counted

TREES = [
    (
        Result(
            "part STRING, part_of STRING, qty DOUBLE",
            [("GB", None, 1), ("HS", "GB", 1), ("SC", "HS", 12), ("SH", "GB", 2), ("RI", "SH", 4)],
        ),
        "qty",
    ),
    (
        Result(
            "account STRING, parent_account STRING, amount DECIMAL",
            [("4000", None, 900), ("4100", "4000", 500), ("4110", "4100", 300), ("4120", "4100", 200)],
        ),
        "amount",
    ),
    (
        Result(
            "category STRING, parent_category STRING, orders LONG",
            [("All", None, 90), ("Garden", "All", 50), ("Tools", "Garden", 30), ("Toys", "All", 40)],
        ),
        "orders",
    ),
    (
        Result(
            "ebene INT, stelle STRING, stelle_oben STRING, kosten DOUBLE",
            [(0, "Werk", None, 80.5), (1, "Halle", "Werk", 50.5), (2, "Ofen", "Halle", 9.5)],
        ),
        "kosten",
    ),
]


@pytest.mark.parametrize(("result", "name"), TREES)
def test_what_is_a_part_of_another_row_is_not_added_to_it(result: Result, name: str) -> None:
    """The twelve screws of a housing are no part of a sum with the housing and its gearbox."""
    for said in result.say():
        assert column(said, name).adds is Adds.NEVER
        assert not added_up(said, name)


FLAT = [
    Result("station STRING, destination STRING, trips LONG", [("A", "B", 9), ("B", "A", 7), ("C", "A", 4)]),
    Result("store STRING, region STRING, orders LONG", [("A", "N", 9), ("B", None, 7), ("C", "S", 4)]),
    Result("store INT, region INT, orders LONG", [(1, 2, 9), (2, 3, 7), (3, 2, 4), (4, 3, 5)]),
]


@pytest.mark.parametrize("result", FLAT)
def test_two_names_of_a_row_are_not_yet_parts_of_one_another(result: Result) -> None:
    """Trips from A to B and back add up, as does what stands beside a group."""
    for said in result.say():
        assert said.reading.columns[2].adds is Adds.EVERYWHERE


COUNTS = [
    Result("plan STRING, cnt LONG", counted(("Flex", "Max", "Family", "Pro"))),
    Result("workspace STRING, object_count LONG", counted(("acme", "heron", "orbital", "lux"))),
    Result("tarif STRING, anzahl LONG", counted(("Flex", "Max", "Duo", "Pro"))),
    Result("部門 STRING, 件数 LONG", counted(("営業", "開発", "総務", "人事"))),
]


@pytest.mark.parametrize("result", COUNTS)
def test_a_count_without_a_time_adds_up_over_its_groups_alone(result: Result) -> None:
    """Whether they come and go or are there nobody says: the total of the groups holds in both cases."""
    name = result.table.columns[1].name
    for said in result.say():
        assert column(said, name).adds is Adds.NOT_OVER_TIME
        assert "a total in Stats" in added_up(said, name)
        assert "shares in Stats" in added_up(said, name)
