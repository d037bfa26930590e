"""Which questions may have the answer of another one, as far as they say themselves."""

from dataclasses import replace
from typing import Any

import pytest

from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.steps.ask import MAX_CHARACTERS, sent
from bot.steps.same_question import is_of_the_hour, may_reuse

ASKED = Question("T1.C1.1", "revenue", Place("T1", "C1", "1"), "U1", Surface.MENTION)
SAVED = Progress(State.ASKING, "revenue by region")


def test_a_question_that_stands_for_itself() -> None:
    """It may have the answer of another one."""
    assert may_reuse(ASKED, SAVED)


@pytest.mark.parametrize(
    "change",
    [
        {"fresh": True},
        {"revises": "T1.C1.0"},
        {"surface": Surface.BUTTON},
    ],
)
def test_what_somebody_wants_asked(change: dict[str, Any]) -> None:
    """An edit, and what a button asks, is asked of Genie."""
    assert not may_reuse(replace(ASKED, **change), SAVED)


@pytest.mark.parametrize(
    "change",
    [{"repeated": 1}, {"fresh": 1}, {"note": "I no longer remember."}, {"text": "orders in the last hour"}],
)
def test_what_was_tried_before_or_has_another_answer_soon(change: dict[str, Any]) -> None:
    """It is asked of Genie."""
    assert not may_reuse(ASKED, replace(SAVED, **change))


@pytest.mark.parametrize(
    "text",
    [
        "orders in the last hour",
        "Orders NOW",
        "errors in the last 15min",
        "orders since 8:30",
        "sales since 2 o’clock",
        "Umsatz seit 14 Uhr",
        "försäljning sedan klockan 14",
        "заказы за последние 15 мин",
        "замовлення за останню годину",
        "1h前からの注文",
        "午前8:30以降の注文",
        "刚刚的订单",
        "open tickets so far",
        "Bestellungen der letzten zwei Stunden",
        "combien de commandes maintenant",
        "pedidos en la última hora",
        "заказы за последний час",
        "過去1時間の売上",
        "最近30分钟的订单",
        "son bir saat içindeki siparişler",
        "the latest order",
        "current stock by region",
        "most recent incidents",
        "die neuesten Bestellungen",
        "aktueller Lagerbestand",
        "le stock actuel",
        "commandes les plus récentes",
        "stock actual",
        "estoque atual",
        "giacenze attuali",
        "huidige voorraad",
        "nåværende lagerbeholdning",
        "aktuellt lager",
        "senest oprettede, nuværende status",
        "nykyinen varasto",
        "bieżący stan magazynu",
        "aktuální stav skladu",
        "najnovšie objednávky",
        "trenutne zalihe",
        "stocul curent",
        "jelenlegi készlet",
        "güncel stok",
        "το τρέχον απόθεμα",
        "текущие остатки",
        "поточні залишки",
        "текущи наличности",
        "tồn kho hiện nay",
        "pesanan terbaru",
        "최신 주문",
        "今の在庫",
        "最新の注文",
        "当前库存",
        "當前庫存",
    ],
)
def test_words_of_the_hour(text: str) -> None:
    """In a few minutes they mean something else."""
    assert is_of_the_hour(text)


@pytest.mark.parametrize(
    "text",
    [
        "revenue by region last year",
        "most profitable products in H1 2025",
        "revenue over time",
        "Umsatz nach Monat",
        "revenue today",
        "今月の売上",
        "顧客は何人いますか",
        "last month by region, most profitable first",
        "Umsatz der letzten Monate, jeden Sonntag",
        "ventes du dernier trimestre",
        "senaste året",
        "выручка за последний месяц",
        "最近30天的订单",
        "split between direct and partner sales",
        "clientèle contractuelle",
        "ventas crecientes",
    ],
)
def test_words_of_days_and_longer(text: str) -> None:
    """They mean the same for the rest of the day."""
    assert not is_of_the_hour(text)


@pytest.mark.parametrize("length", [1, 5_000, MAX_CHARACTERS - 1, MAX_CHARACTERS])
def test_what_a_question_goes_on_from_never_makes_it_too_long(length: int) -> None:
    """The question itself is sent in full, and of the one before it as much as there is room for."""
    content = sent(replace(SAVED, text="a" * length, after="b" * MAX_CHARACTERS))
    assert content.endswith("a" * length)
    assert len(content) <= MAX_CHARACTERS
