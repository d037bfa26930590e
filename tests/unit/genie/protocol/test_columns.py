"""A column's type is read from what there is of it."""

from typing import Any

import pytest

from genie.model import Column
from genie.protocol.columns import columns


def column(**item: Any) -> Column:
    (read,) = columns([{"name": "a", "position": 0, **item}])
    return read


@pytest.mark.parametrize(
    ("item", "precision", "scale"),
    [
        ({"type_precision": 28, "type_scale": 2}, 28, 2),
        ({"type_text": "DECIMAL(28,2)"}, 28, 2),
        ({"type_text": "decimal( 28 , 2 )"}, 28, 2),
        ({"type_text": "DECIMAL(28)"}, 28, 0),
        ({"type_text": "DECIMAL"}, None, None),
        ({"type_text": "NUMERIC(9,3)"}, 9, 3),
        ({"type_text": "DECIMAL(28,2)", "type_scale": 0}, 28, 0),
        ({"type_text": "DECIMAL(28,2)", "type_precision": "10"}, 10, 2),
        ({"type_text": "DECIMAL(28,2)", "type_precision": None, "type_scale": -1}, 28, 2),
        ({"type_text": "STRUCT<a: DECIMAL(28,2)>"}, None, None),
        ({"type_text": "DECIMAL(99999999999999999999,2)"}, None, None),
        ({"type_text": 7}, None, None),
        ({}, None, None),
    ],
)
def test_a_decimal_has_its_precision_from_its_text_where_it_is_not_told(
    item: dict[str, Any], precision: int | None, scale: int | None
) -> None:
    """What the fields say comes first, and what neither says stays unknown."""
    read = column(type_name="DECIMAL", **item)
    assert (read.type_name, read.precision, read.scale) == ("DECIMAL", precision, scale)


@pytest.mark.parametrize(
    ("type_text", "type_name"),
    [
        ("BIGINT", "LONG"),
        ("int", "INT"),
        ("DECIMAL(28,2)", "DECIMAL"),
        ("VARCHAR(20)", "STRING"),
        ("TIMESTAMP_NTZ", "TIMESTAMP_NTZ"),
        ("ARRAY<STRING>", "ARRAY"),
        ("INTERVAL DAY TO SECOND", "INTERVAL"),
        ("", "STRING"),
        ("?", "STRING"),
    ],
)
def test_a_column_without_a_type_name_has_its_texts(type_text: str, type_name: str) -> None:
    """In the vendor's words for it."""
    assert column(type_text=type_text).type_name == type_name


@pytest.mark.parametrize("name", ["VARIANT", "TIMESTAMP_NTZ", "GEOMETRY", "brand_new", "USER_DEFINED_TYPE"])
def test_a_type_that_nobody_knows_stays_as_it_came(name: str) -> None:
    """In capitals, with its text, and without a guess."""
    read = column(type_name=name, type_text="GEOMETRY(4326)")
    assert read == Column("a", name.upper(), "GEOMETRY(4326)")


def test_the_precision_of_other_types_is_not_read_from_their_text() -> None:
    """The length of a CHAR is no precision."""
    assert column(type_name="CHAR", type_text="CHAR(10)").precision is None


@pytest.mark.parametrize("positions", [(1, 1), (0, None), (1, 2), (-1, 0), ("x", "y")])
def test_positions_that_make_no_order_leave_the_order_of_the_list(positions: tuple[Any, Any]) -> None:
    """Better the server's order than a wrong one."""
    first, second = positions
    read = columns([{"name": "a", "position": first}, {"name": "b", "position": second}])
    assert [each.name for each in read] == ["a", "b"]


@pytest.mark.parametrize("value", [None, {}, "x", 7])
def test_no_list_is_no_columns(value: object) -> None:
    """The rows themselves will say how wide they are."""
    assert columns(value) == ()


def test_a_column_that_is_no_object_has_a_place_all_the_same() -> None:
    """The cells behind it must not move."""
    assert columns([{"name": "a"}, None, {"name": "c"}]) == (Column("a"), Column(""), Column("c"))
