"""Why is told in sentences, whose words are in the framework file."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from audits.frameworks.loading.loader import current, published
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.exchange.page_one import page_one_says
from audits.scoring.explaining.trace_shapes import Reading
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind
from audits.scoring.summary.found.found import Found
from audits.scoring.summary.found.found_scores import score_behind
from audits.scoring.summary.found.found_words import shown_by
from audits.scoring.summary.why import deciding_conditions, why_lines
from audits.scoring.summary.why_rows import why_rows
from tests.frameworks.edited_pack import NEWEST, changed, problems_of
from tests.scoring.cards.test_cards import assessed
from tests.scoring.costs.worked_decisions import assessed as priced
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.live_prompts import LIVE_FACTS
from tests.scoring.live_prompts import assessed as unproved
from tests.scoring.worked_cases import TRAINING_CASE

TRAINING_ON_FACTS = LIVE_FACTS | {"state": "in_cycle", "goal": ("knowledge", "style")}


def test_row_is_a_sentence_and_no_list_of_answers() -> None:
    rows = [line.row for line in why_lines(current(), unproved(TRAINING_ON_FACTS))]

    assert rows[0].found == (
        "Training is under way, "
        "and the fault is wrong or missing facts and a wrong tone"
    )
    assert not any(": " in row.found or "; " in row.found for row in rows)


def test_what_nobody_marked_says_that_nobody_has_shown_it_or_that_it_is_enough() -> (
    None
):
    rows = [*deciding_conditions(current(), unproved(TRAINING_ON_FACTS))]
    known = {row.holds: row.known for row in rows if row.level == "asserted"}

    assert known == {
        "Forbids": "Asserted: enough to forbid training",
        "Holds": "Asserted: nobody has shown it",
    }


def test_page_one_has_the_number_before_what_tests_covered() -> None:
    row = Found(
        condition="Retrieval passes",
        holds="Holds",
        found="Tests covered search (measured); Instructions (documented, by hand)",
        brief="Tests covered search",
        level="documented",
        score="228 of 240 passed",
    )

    assert row.in_brief == "228 of 240 passed. Tests covered search"
    assert row.says.startswith(row.found)
    assert replace(row, score="", lacks="no number").in_brief == (
        "Tests covered search; no number"
    )


def test_end_of_a_model_that_a_team_asserts_is_also_in_the_market_data() -> None:
    named, unnamed, documented = (
        _end_of(ENDS),
        _end_of({}),
        _end_of(ENDS, {"platform": "documented"}),
    )

    assert named.known == "Asserted: market data agrees"
    assert named.known_least == "market data agrees"
    assert unnamed.known == "Asserted: nobody has shown it"
    assert not unnamed.known_least
    assert documented.known_least == "“Where training stands: Tuned model in use”"


def _end_of(
    numbers: dict[str, str], levels: dict[str, EvidenceLevel] | None = None
) -> Found:
    found = replace(priced(MOVES, **numbers), levels=levels or {})
    return next(
        row
        for row in deciding_conditions(current(), found)
        if row.condition == "A live model’s base or tuning service ends"
    )


def test_number_follows_where_a_file_gives_one() -> None:
    scored = ScoredCandidate(
        id="c1", kind="prompt", cases=200, passed=90, sha256="0" * 64
    )
    answers = {q: x for q, x in TRAINING_CASE.items() if q != "quality_gap"}
    assessment = assessed(
        answers, candidates=Candidates(rows=(scored,), target=Decimal("0.8"))
    )

    said = [row.says for row in deciding_conditions(current(), assessment)]

    assert any("miss the target" in each and "90 of 200" in each for each in said)


def _of(row: str, **numbers: str) -> str:
    reading = Reading(id=row, label="", answer="")
    answers = TRAINING_CASE | {"goal": ["cost_latency"], "volume": "1m_10m"}
    return shown_by(current(), assessed(answers, numbers=numbers), reading)


def test_number_that_was_entered_is_told_instead_of_its_part() -> None:
    told = _of("volume", requests="2400000")

    assert told == "there are 2,400,000 calls a month"
    assert _of("volume") == "there are 1 to 10 million calls a month"
    # The check names it; what is no part of the answer does not show it.
    assert _of("volume", requests="5000") == _of("volume")


def test_time_behind_a_missed_limit_is_told_beside_the_limit() -> None:
    rows = [
        ScoredCandidate(
            id=f"c{n}", kind="prompt", cases=200, passed=190, sha256="0" * 64, p95_ms=ms
        )
        for n, ms in enumerate((900, 1400))
    ]
    answers = TRAINING_CASE | {"latency": "hard", "goal": ("cost_latency",)}
    found = Candidates(rows=tuple(rows), target=Decimal("0.8"), limit_ms=300)
    assessment = assessed(answers, candidates=found)

    assert assessment.codes["latency_evidence"] == "missed"
    assert score_behind(current(), assessment, {"latency_evidence"}) == (
        "95 of 100 calls take up to 900 ms; the limit is 300 ms"
    )
    assert score_behind(current(), assessment, {"goal"}) == ""
    [speed] = [
        x for x in assessment.from_candidates if x.question == "latency_evidence"
    ]
    assert speed.because == (
        "from the candidates: “Written prompt” takes up to 900 ms, "
        "“Written prompt” takes up to 1,400 ms for 95 of 100 calls; "
        "the limit is 300 ms"
    )


def test_answer_of_several_names_the_best_two() -> None:
    kinds: tuple[tuple[ScoredKind, int], ...] = (
        ("prompt", 122),
        ("examples", 150),
        ("retrieval", 176),
    )
    rows = [
        ScoredCandidate(
            id=f"c{n}", kind=kind, cases=200, passed=passed, sha256="0" * 64
        )
        for n, (kind, passed) in enumerate(kinds)
    ]
    found = Candidates(rows=tuple(rows), target=Decimal("0.99"))

    assessment = assessed(TRAINING_CASE, candidates=found)
    said = score_behind(current(), assessment, {"tried"})

    assert said == "“With retrieval” 176 of 200, “Prompt with examples” 150 of 200"


def test_answer_that_stands_alone_fills_no_frame() -> None:
    assessment = replace(assessed(TRAINING_CASE), codes={"goal": ("nothing",)})
    reading = Reading(id="goal", label="What is wrong", answer="No fault")

    assert shown_by(current(), assessment, reading) == "nothing is wrong"


def test_version_without_these_words_names_question_and_answer() -> None:
    reading = Reading(id="goal", label="What is wrong", answer="Facts")

    said = shown_by(published("fine_tuning", 1), assessed(TRAINING_CASE), reading)

    assert said == "What is wrong: Facts"


def test_every_question_of_the_newest_version_has_its_words() -> None:
    framework = current()

    assert framework.findings.keys() == framework.question_by_id.keys()
    assert {*framework.known_as} == {"asserted", "documented", "measured"}


def test_words_of_an_option_that_is_not_there_are_refused(tmp_path: Path) -> None:
    frame = 'frame: "the fault is {}"\n    answers: {knowledge'
    text = changed((frame, frame.replace("knowledge", "knowing")), pack=NEWEST)

    found = {each.message for each in problems_of(tmp_path / "v2.yaml", text)}

    assert {each.split(" (")[0] for each in found} == {
        'no option "knowing"',
        'no option "knowledge"',
    }


def test_file_of_a_paper_says_what_page_1_says() -> None:
    assessment = unproved(TRAINING_ON_FACTS)

    stated = page_one_says(current(), assessment).values["why"]

    rows = why_rows(current(), assessment)
    assert [each["found"] for each in stated] == [row.says for row in rows]
    assert [each["evidence"] for each in stated] == [row.known for row in rows]


def test_row_that_is_known_in_part_names_what_is_known_least() -> None:
    first = why_lines(current(), unproved(TRAINING_ON_FACTS))[0].row
    part = replace(first, better="A (measured)", weakest="“Test set”, “Gap”")

    assert part.least_of == "“Test set” and others"
    assert replace(part, weakest="“Test set”").least_of == "“Test set”"
    assert replace(part, better="").least_of == ""


def test_row_says_whether_it_is_open_forbids_or_does_not_hold() -> None:
    first = why_lines(current(), unproved(TRAINING_ON_FACTS))[0].row
    held = ("Holds", "Possible", "Not known", "Forbids", "Does not hold")
    rows = {words: replace(first, holds=words) for words in held}

    assert [each for each in held if rows[each].is_open] == ["Possible", "Not known"]
    assert [each for each in held if rows[each].forbids] == ["Forbids"]
    assert [each for each in held if rows[each].is_absent] == ["Does not hold"]
