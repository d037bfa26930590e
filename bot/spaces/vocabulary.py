"""Words as the router compares them, without case and endings; and those that say nothing about a space."""

import re
import unicodedata
from collections.abc import Iterator

_SHORTENED = re.compile(r"(?:n't|'(?:s|re|ve|ll|d|m))\b")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_STEM = 3
_SHORTEST_MISSPELT = 5
_ENDINGS = (
    *("izations", "ization", "abilities", "ability", "ations", "ation", "ments", "ment", "ities", "ity"),
    *("ings", "ing", "ies", "ied", "es", "ed", "s", "y", "e"),
)
_KEPT_WHOLE = ("ss", "us", "is")

_FORMS = {
    "sell": "sold sells selling sale sales seller sellers",
    "buy": "bought buys buying buyer buyers",
    "pay": "paid pays paying payment payments payable payables unpaid payer",
    "spend": "spent spends spending overspend overspent overspending",
    "owe": "owed owes owing",
    "ship": "shipped ships shipping shipment shipments shipper shippers",
    "deliver": "delivers delivered delivering delivery deliveries undelivered",
    "delay": "delays delayed delaying",
    "store": "stored storage storing",
    "supply": "supplies supplied supplying",
    "hire": "hired hires hiring hirings",
    "earn": "earned earns earning earnings",
    "lose": "lost loses losing loss losses",
    "leave": "left leaves leaving",
    "grow": "grew grown grows growing growth",
    "profit": "profits profitable profitability unprofitable",
    "order": "ordered orders ordering",
    "reorder": "reordered reorders reordering",
    "return": "returned returns returning",
    "employ": "employed employs employee employees employer",
    "person": "persons people",
    "child": "children",
}
"""Forms of a word that its endings do not show, and such as have other endings in what people ask of data."""
_FORM_OF = {form: word for word, forms in _FORMS.items() for form in (word, *forms.split())}

_SILENT = frozenset(
    re.findall(
        r"\w+",
        # Words of every sentence.
        "a about above across after again against all almost also although am among an and another any "
        "anybody anyone are arent around arrive arrived arrives as ask asked at bad be because been before "
        "being below beside besides best better between both but by came can cannot cant come comes could "
        "couldnt currently dear did didnt do does doesnt doing done dont down due during each either else "
        "enough every everybody everyone everything find first for found from further genie get gets "
        "getting give given go goes going gone good got had hadnt happen happened happens has hasnt have "
        "havent having he hello help her here hey hi him his how however hows i id if im in instead into is "
        "isnt it its just keep kept know left let lets like ll look looking made make makes making many may "
        "maybe me mean might more most much must my need needs neither never next no none nor not nothing "
        "now of off ok okay on once one only onto or other others our ours out over own per please pls "
        "possible put question quick quickly quite rather re really remain remaining remains right run "
        "running runs same say second see seem seems seen set shall she should shouldnt show showing side "
        "since so some somebody something still such sure take tell than thank thanks that the their theirs "
        "them then there these they theyre thing things third this those though through thx to together too "
        "try two under until up upon us use used using ve very via want wanted was wasnt way we well were "
        "what whats when where wheres whether which while who whom whos whose why will wish with within "
        "without wonder work worked working works worse worst would wouldnt wrong yes yet you your youre "
        "yours "
        # Words of every question about data.
        "actual actually actuals ago amount amounts analyse analysis analyze annual annually apr april aug "
        "august average avg big biggest break breakdown broken business change changed changes chart charts "
        "company companys compare compared comparing comparison count counts current daily data date dates "
        "day days dec december decline decrease detail details develop developed development difference "
        "display down drop dropped each early ever feb february figure figures friday graph group grouped "
        "grow growing half high higher highest hour hours increase increased item items jan january jul "
        "july jun june kind kinds large largest last late latest least less level levels list lists low "
        "lower lowest main mar march max maximum may mean median min minimum monday month monthly months "
        "most nov november number numbers oct october overall overview part parts past percent percentage "
        "period piece pieces plot point points previous quarter quarterly quarters rank ranked ranking rate "
        "rates ratio recent recently report reports rise row rows saturday sep sept september share shares "
        "since size small smallest split statistics stats status sum summarise summarize summary sunday "
        "table tables thursday time times today tomorrow top total totals trend trends tuesday type types "
        "unit units up value values versus vs wednesday week weekly weeks worst year yearly years yesterday "
        "ytd ",
    )
)
"""Words that every space may use, and that tell none from another."""


def stem(word: str) -> str:
    """Return what the forms of a word have in common."""
    known = _FORM_OF.get(word)
    if known:
        return known
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and _may_go(word, ending):
            return _FORM_OF.get(rest := _undoubled(word.removesuffix(ending)), rest)
    return word


def _may_go(word: str, ending: str) -> bool:
    return not (ending in {"s", "es"} and word.endswith(_KEPT_WHOLE))


def _undoubled(word: str) -> str:
    doubled = len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if doubled else word


def spellings(word: str) -> Iterator[str]:
    """Yield a long word, and what is left of it without one letter that is not the first.

    Two words that differ by one letter, or by two in the wrong order, have one of these in common.
    """
    if len(word) >= _SHORTEST_MISSPELT:
        yield word
        yield from (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def words(text: str) -> Iterator[str]:
    """Yield the words of a text in small letters, without accents."""
    said = _SHORTENED.sub("", text.replace("’", "'").casefold())
    decomposed = unicodedata.normalize("NFKD", said)
    yield from _WORD.findall("".join(each for each in decomposed if unicodedata.category(each) != "Mn"))


def stems(text: str) -> Iterator[str]:
    """Yield the stems of the words of a text that say something about which space is meant."""
    yield from (stem(word) for word in words(text) if not is_silent(word))


def is_silent(word: str) -> bool:
    """Tell whether a word says nothing about which space is meant."""
    return word in _SILENT or len(word) < _SHORTEST_STEM
