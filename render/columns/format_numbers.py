"""Format numbers: as many decimals as the whole column needs, without noise.

A writer raises ValueError or ArithmeticError for a cell that is no number.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from genie.model import Cell, Column
from render.columns.kinds import WHOLE_TYPES
from render.columns.numbers import amounts, read_decimal, read_float
from render.text.locales import Locale

Writer = Callable[[str], str]

_CENTS = 2
_EXACT_SCALE = 4
"""DECIMALs of a small scale are amounts and shown exactly; a larger scale comes from a division."""
_DIGITS = 4
"""Digits that matter where all amounts of a column are below one."""
_FEWEST_DIGITS = 2
"""Digits that matter which each cell keeps, if it has them."""
_MOST_DECIMALS = 12
_DECIMAL_DIGITS = 40
"""A DECIMAL has 38; what has more is a text that happens to be digits."""
_HUGE = 10**15
_ALL = 100
_NEARLY_ALL = 99.9
DATA_SIZES = {"": "\u00a0B", "K": "\u00a0KB", "M": "\u00a0MB", "B": "\u00a0GB", "T": "\u00a0TB"}
"""What follows a number of bytes, by the letter of other numbers of that size: of powers of 1,000."""
_DECIMAL_SIZES = tuple((s, Decimal(1000) ** power) for power, s in ((4, "T"), (3, "B"), (2, "M"), (1, "K")))
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def amount_writer(column: Column, cells: Sequence[Cell], locale: Locale, *, cents: bool) -> Writer:
    """Return what writes the amounts of a column; `cents` are two decimals or none, as money has them."""
    type_name = column.type_name.upper()
    if type_name in WHOLE_TYPES:
        return lambda cell: locale.digits(f"{_whole(cell):,}")
    if type_name == "DECIMAL" and column.scale is not None and column.scale <= _EXACT_SCALE:
        exact = max(min(column.scale, _CENTS), _needed(_decimals_of(cells), column.scale))
        return lambda cell: locale.digits(f"{_decimal(cell):,.{exact}f}")
    values = [value for value in amounts(cells, column) if value is not None]
    decimals = _decimals(values, cents=cents)
    if type_name == "DECIMAL":
        return lambda cell: locale.digits(_fixed(_decimal(cell), decimals))
    return lambda cell: locale.digits(_double(cell, decimals))


def data_size(value: Decimal, locale: Locale) -> str:
    """Write bytes in short, as a size of data with three digits that matter: 407 GB."""
    rounded = Decimal(f"{value:.3g}")
    suffix, size = next(((s, each) for s, each in _DECIMAL_SIZES if abs(rounded) >= each), ("", Decimal(1)))
    short = rounded / size
    decimals = max(0, 2 - short.adjusted()) if short and abs(short) < _ALL else 0
    return f"{locale.digits(f'{short:,.{_needed([short], decimals)}f}')}{DATA_SIZES[suffix]}"


def percent_writer(cells: Sequence[Cell], factor: int, locale: Locale) -> Writer:
    """Return what writes parts of a whole as percentages, after they are multiplied by `factor`."""
    values = [value * factor for cell in cells if (value := read_float(cell)) is not None]
    most = 1 if not any(_NEARLY_ALL < value < _ALL for value in values) else _CENTS
    decimals = _needed(values, most)
    return lambda cell: locale.percentage(locale.digits(_fixed(_decimal(cell) * factor, decimals)))


def _decimals(values: Iterable[float], *, cents: bool) -> int:
    """Choose the decimals of a column: as its values have them, two at most, more where all are below one."""
    some = [abs(value) for value in values if value and abs(value) < _HUGE]
    largest = max(some, default=0)
    if largest and largest < 1:
        return _needed(some, min(_MOST_DECIMALS, _DIGITS - 1 - math.floor(math.log10(largest))))
    needed = _needed(some, _CENTS)
    return _CENTS if cents and needed else needed


def _needed(values: Iterable[float | Decimal], most: int) -> int:
    """Return how many decimals, up to `most`, say all that the values say."""
    needed = 0
    for value in values:
        if needed == most:
            return most
        needed = max(needed, len(f"{value:.{most}f}".rstrip("0").partition(".")[2]))
    return needed


def _decimals_of(cells: Iterable[Cell]) -> Iterator[Decimal]:
    return (value for cell in cells if (value := read_decimal(cell, _DECIMAL_DIGITS)) is not None)


def _whole(cell: str) -> int:
    if len(cell) > _DECIMAL_DIGITS:
        raise ValueError
    return int(cell)


def _decimal(cell: str) -> Decimal:
    """Read a decimal exactly; raise ValueError for one that would print as thousands of digits."""
    value = read_decimal(cell, _DECIMAL_DIGITS)
    if value is None:
        raise ValueError
    return value


def _double(cell: str, decimals: int) -> str:
    value = read_float(cell)
    if value is None:
        raise ValueError
    return _scientific(value) if abs(value) >= _HUGE else _fixed(value, decimals)


def _fixed(value: Decimal | float, decimals: int) -> str:
    """Write `value` with these decimals; what they would take its digits keeps two that matter."""
    if not value:
        return f"{0:.{decimals}f}"
    text = f"{value:,.{decimals}f}"
    kept = text.lstrip("-0.").replace(".", "")
    return _small(float(value)) if -1 < value < 1 and len(kept) < _FEWEST_DIGITS else text


def _small(value: float) -> str:
    decimals = 1 - math.floor(math.log10(abs(value)))
    if decimals > _MOST_DECIMALS:
        return _scientific(value)
    text = f"{value:.{decimals}f}"
    return text.rstrip("0")


def _scientific(value: float) -> str:
    """Write 1.23e+18 as people do: 1.23 × 10¹⁸."""
    mantissa, _, exponent = f"{value:.3e}".partition("e")
    return with_power(f"{mantissa.rstrip('0').rstrip('.')}e{exponent}")


def with_power(text: str) -> str:
    """Return `1.23e+18`, as Python writes it, as people do: 1.23 × 10¹⁸."""
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa} × 10{str(int(exponent)).translate(_RAISED)}" if exponent else text
