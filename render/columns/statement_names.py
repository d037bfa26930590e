"""What the lines of a statement, as one of profit and loss, are called in the readers' languages."""

from render.columns import names
from render.columns.names import name_words, words_of

_RESULT = words_of(
    "ebitda ebita ebitdar ebit ebt pbt nopat rohergebnis rohertrag reingewinn rohgewinn nettoumsatz",
    ends="uberschuss fehlbetrag deckungsbeitrag betriebsergebnis nettoergebnis bruttogewinn",
    parts="粗利 営業利益 経常利益 純利益 毛利 营业利润 净利润",
)
_REST = words_of(
    "profit income earnings result margin surplus deficit loss gewinn ergebnis resultat benefice marge perte"
    " resultado margen beneficio lucro prejuizo utile margine risultato winst resultaat",
    ends="ergebnis gewinn",
)
_WHICH = words_of(
    "gross net operating operations contribution pretax before brutto netto operatives vor brut brute nette"
    " exploitation bruto bruta neto neta operativo operacional liquido liquida lordo lorda netta"
)
_SALES = words_of("revenue revenues sales turnover umsatz umsatze erlose ventes ventas receita ricavi omzet")
_NET = words_of("net netto nettes neto netas neta liquida netti")
_ANOTHER = words_of("other others sonstige sonstiges autre autres otros otras outros altri overige")
_RATIO = words_of("rate ratio multiple quote tasa taux taxa", ends="quote rate")


def is_result(label: str) -> bool:
    """Whether a line says that it is what is left of those before it: Gross profit, EBITDA, Net sales."""
    words = name_words(label)
    if _RESULT.among(words):
        return True
    is_rest = _REST.among(words) and _WHICH.among(words) and not _ANOTHER.among(words)
    return is_rest or (_SALES.among(words) and _NET.among(words))


def is_part(label: str) -> bool:
    """Whether a line is no amount but a part of one: Gross margin %, Tax rate."""
    words = name_words(label)
    return names.PERCENT.among(words) or _RATIO.among(words)
