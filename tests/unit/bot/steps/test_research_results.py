"""Which queries of a run are shown as answers of their own."""

from dataclasses import replace

from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.steps.research.results import MAX_RESULTS, results_of
from genie.model import CANCELLED, COMPLETED, Message, MessageRef, Query, Visualization
from genie.protocol.answer import select_answer

REF = MessageRef("s", "c", "m")
RUN = Question("T1.C1.1", "why?", Place("T1", "C1", "1"), "U1", Surface.MENTION, research=True)
LEASE = QuestionLease(question=RUN, progress=Progress(state=State.ANSWERED), owner="w:1")


def query(name: str, sql: str = "", rows: int | None = 3) -> Query:
    """Return a query of a run."""
    return Query(name, f"Query {name}", sql=sql or f"SELECT {name}", row_count=rows)


def finished(*queries: Query, status: str = COMPLETED) -> Message:
    """Return the message of a run."""
    return Message(REF, status, attachments=queries)


def test_what_genie_repeats_is_one_result() -> None:
    """The same SQL counts once, where it came first, with the rows that it gave last."""
    found = results_of(LEASE, finished(query("a"), query("b"), query("c", "SELECT  a;")))
    assert [each.attachment for each in found.shown] == ["c", "b"]
    assert found.sql == {"SELECT a", "SELECT b", "SELECT  a;"}
    assert [each.id for each in found.shown] == ["T1.C1.1.result.1", "T1.C1.1.result.2"]
    assert all(each.result_of == RUN.id and not each.research for each in found.shown)


def test_a_query_that_failed_is_no_result() -> None:
    """Genie mends such a query by another one; where it counts no rows, none is known to have failed."""
    assert [each.title for each in results_of(LEASE, finished(query("a", rows=None), query("b"))).named] == [
        "Query b"
    ]
    assert len(results_of(LEASE, finished(query("a", rows=None), query("b", rows=None))).shown) == 2


def test_what_there_is_no_room_for_is_named() -> None:
    """So many results have messages of their own; the report names the others."""
    found = results_of(LEASE, finished(*(query(str(n)) for n in range(MAX_RESULTS + 2))))
    assert len(found.shown) == len(found.named) == MAX_RESULTS
    assert found.left_out == ("Query 8", "Query 9")


def test_genie_gives_no_rows_of_a_run_that_was_cancelled() -> None:
    """Its report has the tables that came before; and so has that of a run without a message."""
    assert results_of(LEASE, finished(query("a"), status=CANCELLED)).shown == ()
    assert results_of(LEASE, None).shown == ()


def test_a_result_is_its_own_query_with_its_own_chart() -> None:
    """The words of the message are the report, which tells of all of them."""
    chart = Visualization("v", query_attachment_id="a")
    message = Message(REF, COMPLETED, attachments=(query("a"), query("b"), chart))
    one, other = (select_answer(message, attachment=each) for each in ("a", "b"))
    assert (one.query, one.visualization) == (query("a"), chart)
    assert (other.query, other.visualization, other.texts) == (query("b"), None, ())
    assert select_answer(message, attachment="gone").query is None


def test_a_result_has_words_where_its_query_has_none() -> None:
    """A watch or a share names it by them, and *Dig Deeper* asks about them."""
    nameless = [replace(query("a"), title="", description=text) for text in ("Counts orders.", "")]
    lease = replace(LEASE, progress=replace(LEASE.progress, text="why?"))
    found = results_of(lease, finished(nameless[0], replace(nameless[1], sql="SELECT b")))
    assert [each.text for each in found.shown] == ["Counts orders.", "why?"]
