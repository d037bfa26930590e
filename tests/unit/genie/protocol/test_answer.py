"""Which of a message's attachments are the answer."""

import pytest

from genie.model import Attachment, Message, MessageRef, Query, Suggestions, Table, Text, Visualization
from genie.protocol.answer import select_answer
from genie.protocol.messages import message
from tests.unit.genie.genie_server import payload

REF = MessageRef("s", "c", "m")
FIRST = Query("q1", sql="SELECT 1")
LAST = Query("q2", sql="SELECT 2")
ANSWER = "TEXT_ATTACHMENT_PURPOSE_ANSWER"


def finished(*attachments: Attachment) -> Message:
    return Message(REF, "COMPLETED", attachments=attachments)


def test_a_whole_answer_is_put_together() -> None:
    """Summary, query, its chart, the suggestions and the rows that were fetched for it."""
    rows = Table((), ())
    answer = select_answer(message(payload("message_completed"), REF), rows)

    assert answer.texts == ("EMEA led with **41.2 M**, followed by Americas, APAC and Other.",)
    assert answer.query is not None
    assert answer.visualization is not None
    assert len(answer.suggestions) == 2
    assert answer.table is rows
    assert answer.clarification is None


def test_the_last_query_wins_and_texts_between_queries_are_dropped() -> None:
    """Earlier attempts and their comments are superseded."""
    answer = select_answer(finished(Text("before"), FIRST, Text("oops", ANSWER), LAST, Text("after")))
    assert (answer.query, answer.texts) == (LAST, ("before", "after"))


def test_a_query_without_sql_does_not_replace_one_with_sql() -> None:
    """A trusted asset may hide its SQL; it counts only if there is no other query."""
    hidden = Query("q3", title="Trusted")
    assert select_answer(finished(LAST, hidden)).query == LAST
    assert select_answer(finished(hidden)).query == hidden


def test_a_clarifying_question_is_told_by_its_purpose() -> None:
    """It may stand before the summary."""
    answer = select_answer(finished(Text("Which period?", "FOLLOW_UP_QUESTION", "a"), Text("It depends.")))
    assert (answer.clarification, answer.texts) == ("Which period?", ("It depends.",))


def test_without_a_purpose_a_lone_question_asks_back() -> None:
    """It has an id, a question mark and no query beside it; beside a query it is an answer."""
    question = Text("Which period?", attachment_id="a")
    assert select_answer(finished(question)).clarification == "Which period?"
    assert select_answer(finished(LAST, question)).texts == ("Which period?",)
    assert select_answer(finished(Text("Done.", attachment_id="a"))).texts == ("Done.",)
    assert select_answer(finished(Text("Why?"))).texts == ("Why?",)


def test_an_answer_that_ends_in_a_question_mark_stays_an_answer() -> None:
    """The purpose is believed over the punctuation."""
    assert select_answer(finished(Text("Is it?", ANSWER, "a"))).texts == ("Is it?",)


def test_several_answers_belong_together_in_order_and_once() -> None:
    """Repeated texts are shown once."""
    answer = select_answer(finished(Text("One", ANSWER), Text("Two", ANSWER), Text("One ", ANSWER)))
    assert answer.texts == ("One", "Two")


def test_a_chart_belongs_to_its_query() -> None:
    """A chart of an abandoned query is not shown."""
    old, new = Visualization("v1", "", "q1"), Visualization("v2", "", "q2")
    assert select_answer(finished(FIRST, LAST, new, old)).visualization == new
    assert select_answer(finished(LAST, old)).visualization is None
    assert select_answer(finished(LAST, Visualization("v3"))).visualization == Visualization("v3")


def test_suggestions_of_all_attachments_are_offered_once() -> None:
    """Also those of a failed message."""
    answer = select_answer(finished(Suggestions(("A?", " A? ", "B?")), Suggestions(("B?", "C?"))))
    assert answer.suggestions == ("A?", "B?", "C?")
    assert select_answer(message(payload("message_failed"), REF)).suggestions


def test_nothing_usable_is_an_empty_answer() -> None:
    """The caller looks again, and then says so."""
    answer = select_answer(finished())
    assert (answer.texts, answer.clarification, answer.query, answer.suggestions) == ((), None, None, ())


@pytest.mark.timeout(20)
def test_very_many_texts_are_sorted_in_one_pass() -> None:
    """A reply of 64 MB can hold a million; two hundred thousand take a moment, not an hour."""
    texts = [Text(str(n), "FOLLOW_UP_QUESTION" if n % 2 else ANSWER) for n in range(200_000)]
    assert len(select_answer(finished(*texts)).texts) == 100_000
