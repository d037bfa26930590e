"""Periods of time in plain words: `last quarter`, `2025`, `March to June 2025`, `the last 30 days`."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

_MONTHS = [date(2000, month, 1).strftime("%B").lower() for month in range(1, 13)]
_NUMBERS = {word: n for n, word in enumerate(("two", "three", "four", "five", "six", "twelve"), 2)} | {
    "twelve": 12
}
_MONTH_WORDS = "|".join(f"{name}|{name[:3]}" for name in _MONTHS if name != "may")
_UNIT = re.compile(
    rf"\b(?P<iso>20\d\d-\d\d-\d\d)\b"
    rf"|\b(?P<written>\d\d? (?:{'|'.join(_MONTHS)}) 20\d\d)\b"
    rf"|\bq(?P<quarter>[1-4])(?:\s+(?:of\s+)?(?P<quarter_year>20\d\d))?\b"
    rf"|\b(?:(?P<month>{_MONTH_WORDS})|(?:(?<=in )|(?<=to )|(?<=for )|(?<=from ))(?P<may>may)|may(?= 20\d\d))"
    rf"(?:\s+(?:of\s+)?(?P<month_year>20\d\d))?\b"
    rf"|\b(?P<count>\d+|two|three|four|five|six|twelve)?\s?"
    rf"(?P<relative>this|current|last|past|previous|next)\s+(?P<many>\d+|two|three|four|five|six|twelve)?\s*"
    rf"(?P<grain>day|week|month|quarter|year)s?\b"
    rf"|\b(?P<to_date>year to date|ytd|quarter to date|qtd|month to date|mtd)\b"
    rf"|\b(?P<day>today|yesterday)\b"
    rf"|\b(?P<year>20\d\d)\b"
)
_ORDINALS = ("first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th")
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}) quarter\b")
_SINCE = re.compile(r"\bsince\s+$")
_BETWEEN = re.compile(r"^\s*(?:to|and|until|till|through|-)\s*$")
_RANGE_OPENS = re.compile(r"\b(?:from|between)\s+$")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to and without `end`, and what to call them."""

    label: str
    start: date
    end: date
    grain: str = "year"
    """Its natural length (`year`, `month`, ...), or `days` for any other."""

    def before(self) -> "Period":
        """Give the period of the same length just before this one."""
        if self.grain == "days":
            length = self.end - self.start
            return Period("the time before", self.start - length, self.start, "days")
        return of_grain(self.grain, self.start - timedelta(days=1))

    def year_before(self) -> "Period":
        """Give the same days one year earlier."""
        start, end = _earlier(self.start), _earlier(self.end)
        if self.grain == "days":
            return Period("a year before", start, end, "days")
        return replace(of_grain(self.grain, start), start=start, end=end)

    def until(self, day: date) -> "Period":
        """Cut the period off before `day`."""
        return replace(self, end=min(self.end, day))


def of_grain(grain: str, day: date) -> Period:
    """Give the day, week, month, quarter or year that `day` lies in, under its own name."""
    first = day.replace(day=1)
    match grain:
        case "day":
            return Period(f"{day.day} {day:%B %Y}", day, day + timedelta(days=1), grain)
        case "week":
            monday = day - timedelta(days=day.weekday())
            return Period(f"week of {monday.day} {monday:%B %Y}", monday, monday + timedelta(days=7), grain)
        case "month":
            return Period(f"{first:%B %Y}", first, _months_later(first, 1), grain)
        case "quarter":
            start = first.replace(month=(day.month - 1) // 3 * 3 + 1)
            return Period(f"Q{(day.month + 2) // 3} {day.year}", start, _months_later(start, 3), grain)
        case _:
            return Period(str(day.year), date(day.year, 1, 1), date(day.year + 1, 1, 1))


def find(text: str, today: date) -> tuple[tuple[Period, ...], str]:
    """Find the periods named in a text in lower case; give them in order and the text without them."""
    text = _ORDINAL.sub(lambda match: f"q{_ORDINALS.index(match[1]) % 4 + 1}", text)
    found: list[tuple[Period, int, int]] = []
    for match in _UNIT.finditer(text):
        period = _read(match, today)
        start, end = match.span()
        since = _SINCE.search(text[:start])
        if since:
            period = Period(f"since {period.label}", period.start, today + timedelta(days=1), "days")
            start = since.start()
        if found and _BETWEEN.match(text[found[-1][2] : start]) and _RANGE_OPENS.search(text[: found[-1][1]]):
            first, opened, _ = found.pop()
            first = _same_year(first, period)
            period = _range(first, period)
            start = opened
        found.append((period, start, end))
    for _, start, end in reversed(found):
        text = f"{text[:start]} # {text[end:]}"
    return tuple(period for period, _, _ in found), text


def _read(match: re.Match[str], today: date) -> Period:
    part = match.groupdict()
    if day := part["iso"] or part["written"]:
        try:
            read = datetime.strptime(day, "%Y-%m-%d" if part["iso"] else "%d %B %Y")  # noqa: DTZ007 - a day
        except ValueError:
            return of_grain("day", today)
        return of_grain("day", read.date())
    if part["quarter"]:
        return _recent("quarter", int(part["quarter"]) * 3 - 2, part["quarter_year"], today)
    if part["relative"]:
        return _relative(part, today)
    if part["to_date"]:
        grain = {"y": "year", "q": "quarter", "m": "month"}[part["to_date"][0]]
        return of_grain(grain, today).until(today + timedelta(days=1))
    if part["day"]:
        return of_grain("day", today - timedelta(days=part["day"] == "yesterday"))
    if part["year"]:
        return of_grain("year", date(int(part["year"]), 1, 1))
    name = part["month"] or "may"
    number = next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name))
    return _recent("month", number, part["month_year"], today)


def _range(first: Period, last: Period) -> Period:
    """Give the days of both and between them, which may be a whole month, quarter or year."""
    whole = (of_grain(grain, first.start) for grain in ("month", "quarter", "year"))
    same = (each for each in whole if (each.start, each.end) == (first.start, last.end))
    return next(same, Period(f"{first.label} to {last.label}", first.start, last.end, "days"))


def _relative(part: dict[str, str], today: date) -> Period:
    grain, word = part["grain"], part["many"] or part["count"]
    if word and part["relative"] not in {"this", "current"}:
        return _last_many(int(_NUMBERS.get(word, word)), grain, today)
    now = of_grain(grain, today)
    match part["relative"]:
        case "this" | "current":
            return now
        case "next":
            return of_grain(grain, now.end)
        case _:
            return now.before()


def _last_many(count: int, grain: str, today: date) -> Period:
    end = of_grain(grain, today).start if grain != "day" else today + timedelta(days=1)
    start = end
    for _ in range(min(count, 1000)):
        start = of_grain(grain, start - timedelta(days=1)).start
    return Period(f"the last {count} {grain}s", start, end, "days")


def _recent(grain: str, month: int, year: str | None, today: date) -> Period:
    if year:
        return of_grain(grain, date(int(year), month, 1))
    start = date(today.year, month, 1)
    return of_grain(grain, start if start <= today else start.replace(year=today.year - 1))


def _same_year(first: Period, last: Period) -> Period:
    if (
        first.grain in {"month", "quarter"}
        and first.start.year != last.start.year
        and first.start > last.start
    ):
        return of_grain(first.grain, first.start.replace(year=last.start.year))
    return first


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _earlier(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
