import asyncio

from bot.observability.loop_lag import measured_lag
from bot.observability.metrics import Metrics
from bot.observability.records import LoopLagged, QuestionEnded, Record, Stage
from genie.model import MessageRef, TableName
from genie.protocol import requests, unity_catalog

REF = MessageRef("01ef", "c-1", "m-1")
TABLE = TableName("main", "sales", "orders")


def lines(metrics: Metrics) -> list[str]:
    """Return what Prometheus reads, without explanations."""
    return [line for line in metrics.exposition(None).decode().splitlines() if not line.startswith("#")]


def test_a_question_is_counted_by_outcome_and_space_with_its_times() -> None:
    """Its polls are added up, and each stage that it passed has its time."""
    metrics = Metrics({"01ef": "01ef"})
    metrics.observe(QuestionEnded("answered", "01ef", 3, {Stage.GENIE: 4.0, Stage.TOTAL: 5.0}))
    metrics.observe(QuestionEnded("refused", "", 0, {Stage.TOTAL: 0.2}))
    found = lines(metrics)
    assert 'genie_bot_questions_total{outcome="answered",space="01ef"} 1.0' in found
    assert 'genie_bot_questions_total{outcome="refused",space="none"} 1.0' in found
    assert "genie_bot_polls_total 3.0" in found
    assert 'genie_bot_stage_seconds_sum{stage="total"} 5.2' in found
    assert 'genie_bot_stage_seconds_count{stage="genie"} 1.0' in found


def test_spaces_have_the_names_that_people_know() -> None:
    """Where spaces have aliases, these are the labels; one that is configured no longer adds no label."""
    metrics = Metrics({"01ef": "finance"})
    for space in ("01ef", "02ef", "03ef"):
        metrics.observe(QuestionEnded("answered", space, 1, {}))
    found = lines(metrics)
    assert 'genie_bot_questions_total{outcome="answered",space="finance"} 1.0' in found
    assert 'genie_bot_questions_total{outcome="answered",space="other"} 2.0' in found


def test_two_bots_in_one_process_count_apart() -> None:
    """Nothing is registered for the whole process."""
    one, other = Metrics({}), Metrics({})
    one.observe(LoopLagged(0.2))
    assert "genie_bot_loop_lag_seconds_count 1.0" in lines(one)
    assert "genie_bot_loop_lag_seconds_count 0.0" in lines(other)


def test_without_redis_no_shared_figure_is_told() -> None:
    """An old one would look like a line that stands still."""
    found = lines(Metrics({}))
    assert "genie_bot_redis_up 0.0" in found
    assert not any("line_length" in line for line in found)


async def test_the_lag_of_the_loop_is_what_it_came_late() -> None:
    """A loop that was held up for a tenth of a second says so."""
    told: list[Record] = []
    seen = asyncio.Event()

    def observe(record: Record) -> None:
        told.append(record)
        seen.set()

    async with measured_lag(observe):
        await asyncio.sleep(0.45)
        until = asyncio.get_running_loop().time() + 0.2
        while asyncio.get_running_loop().time() < until:
            pass
        await seen.wait()
    [lagged] = told
    assert isinstance(lagged, LoopLagged)
    assert 0.1 < lagged.seconds < 5


def test_operations_have_no_ids() -> None:
    """Whatever is asked of Databricks, its name for counting is one of a few."""
    made = (
        requests.start_conversation("01ef", "a"),
        requests.create_message("01ef", "c", "a"),
        requests.get_message(REF),
        requests.query_result(REF, "a1"),
        requests.list_messages("01ef", "messages"),
        requests.delete_conversation("01ef", "c"),
        requests.get_space("01ef"),
        unity_catalog.get_table(TABLE),
        unity_catalog.list_tags(TABLE),
        requests.next_chunk(None, None, "/api/2.0/sql/statements/s/result/chunks/2?sig=secret"),
    )
    assert [each.operation for each in made if each] == [
        "POST start-conversation",
        "POST messages",
        "GET messages/*",
        "GET query-result",
        "GET messages",
        "DELETE conversations/*",
        "GET spaces/*",
        "GET tables/*",
        "GET tags",
        "GET chunks/*",
    ]
