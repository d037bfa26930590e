"""Figures are written as whoever asked writes numbers and dates."""

from datetime import date

import pytest

from genie.model import Column, Table
from render.stats.sentences import paragraphs
from render.text.locales import ANYWHERE, Locale, locale_of
from tests.read_back import read_back
from tests.rendered import figures_of

TODAY = date(2026, 11, 3)
SCORES = Table(
    (Column("score", "DOUBLE"),), (("NaN",),) * 1_500 + tuple((str(at / 8),) for at in range(2500))
)
COURSE = Table(
    (Column("month", "DATE"), Column("region"), Column("revenue_usd", "DOUBLE")),
    tuple((f"{2022 + at // 12}-{at % 12 + 1:02}-01", f"R{at}", str(1234.5 * at + 1)) for at in range(40)),
)
SHARES = Table((Column("plan"), Column("share", "DOUBLE")), (("A", "0.625"), ("B", "0.25"), ("C", "0.125")))


def said(table: Table, locale: Locale) -> list[str]:
    figures = figures_of(table, TODAY, locale)
    assert figures
    return [sentence for each in paragraphs(figures, locale) for sentence in each.sentences]


@pytest.mark.parametrize("name", ["de-DE", "fr-FR", "tr-TR"])
@pytest.mark.parametrize("table", [SCORES, COURSE, SHARES], ids=["records", "course", "shares"])
def test_every_figure_is_its_readers(table: Table, name: str) -> None:
    """Counts, rows without a name, shares and changes say the same as in English, in the reader's way."""
    locale = locale_of(name)
    theirs, english = said(table, locale), said(table, ANYWHERE)
    assert theirs != english
    assert [read_back(sentence, locale) for sentence in theirs] == english
