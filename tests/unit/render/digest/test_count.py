"""What a week of questions says together."""

from dataclasses import replace
from typing import Any

from render.digest.count import digest
from render.digest.model import BAD, GOOD, Candidate, Entry, Fate, Unanswered

NUMBER = iter(range(1, 10_000))


def asked(who: str = "ada", fate: Fate = Fate.ANSWERED, **fields: Any) -> Entry:
    return Entry(asked_at=next(NUMBER), asker=who, fate=fate, **fields)


def unanswered(cause: str, **fields: Any) -> Entry:
    return asked(fate=Fate.UNANSWERED, cause=cause, why=f"{cause}.", **fields)


def test_questions_and_people_are_counted_by_their_end() -> None:
    """Each question has one end, and each person counts once."""
    entries = [
        *(asked(), asked("ben"), asked("ben", Fate.WITHDRAWN), asked(fate=Fate.RUNNING, scheduled=True)),
        *(unanswered("A"), unanswered("B"), unanswered("B")),
    ]
    found = digest(entries, 0, 9)
    assert (found.asked, found.people, found.scheduled) == (7, 2, 1)
    assert (found.answered, found.withdrawn, found.running, found.without_answer) == (2, 1, 1, 3)
    assert found.unanswered == (Unanswered("B", "B.", 2), Unanswered("A", "A.", 1))
    assert found.entries == tuple(entries)


def test_ratings_are_counted_and_bad_ones_listed() -> None:
    """Those without words, too: they are a number."""
    bad = asked(rating=BAD, reason="wrong year")
    found = digest([asked(rating=GOOD), bad, asked()], 0, 9)
    assert (found.good, found.bad) == (1, (bad,))


def test_the_slowest_are_answers_by_their_time_with_genie() -> None:
    """Five of them, each question once; what has no answer, or no times, is none."""
    timed = [asked(seconds=float(number), same=f"{number}") for number in range(7)]
    others = [asked(), unanswered("A", seconds=99.0), asked(seconds=5.5, same="6")]
    assert digest([*timed, *others], 0, 9).slowest == tuple(reversed(timed[2:]))


def test_time_lost_at_the_limit_is_that_of_questions_that_had_to_wait() -> None:
    """A moment in line is no delay."""
    found = digest([asked(waited=each) for each in (0.0, 2.9, 3.0, 60.0)], 0, 9)
    assert (found.delayed, found.lost_seconds) == (2, 63.0)


def test_a_question_is_worth_a_benchmark_for_one_of_three_reasons() -> None:
    """Two people ask it, its answer is rated bad, or Genie gave none."""
    twice = [asked("ada", same="a", words="A?"), asked("ben", same="a", words="a")]
    disliked = asked(same="b", words="B?", rating=BAD)
    failed = unanswered("X", same="c", words="C?", by_genie=True)
    others = [
        asked("ada", same="d", words="D?"),
        asked("ada", same="d", words="D?"),
        unanswered("Y", same="e", words="E?"),
        asked(words="No words of its own", rating=BAD),
    ]
    found = digest([*twice, disliked, failed, *others], 0, 9).candidates
    assert found == (
        Candidate(twice[1], 2, 0, 0, ""),
        Candidate(disliked, 1, 1, 0, ""),
        Candidate(failed, 1, 0, 1, ""),
    )


def test_the_same_words_in_another_space_are_another_question() -> None:
    """A benchmark belongs to a space."""
    one = asked("ada", same="a", words="A?", space="sales")
    assert digest([one, replace(one, asker="ben", space="finance")], 0, 9).candidates == ()


def test_confirmed_sql_comes_first_and_words_are_those_that_may_be_shown() -> None:
    """A private question counts as a person, and lends nobody its words."""
    public = asked("ada", same="a", words="A?")
    hidden = [asked("ben", same="a"), asked("ben", same="b"), asked("ada", same="b")]
    sql = asked(same="c", words="C?", rating=BAD, confirmed="SELECT 1")
    found = digest([public, *hidden, sql], 0, 9).candidates
    assert found == (Candidate(sql, 1, 1, 0, "SELECT 1"), Candidate(public, 2, 0, 0, ""))


def test_schedules_are_no_people_that_ask_the_same() -> None:
    """A question that is asked each morning is not wanted by more people for that."""
    entries = [asked("ada", same="a", words="A?"), asked("ben", same="a", words="A?", scheduled=True)]
    assert digest(entries, 0, 9).candidates == ()


def test_five_questions_are_enough() -> None:
    """Those that most people ask."""
    entries = [asked(f"{n}", same=f"{q}", words=f"{q}") for q in range(2, 9) for n in range(q)]
    assert [each.people for each in digest(entries, 0, 9).candidates] == [8, 7, 6, 5, 4]
