"""Which answers the candidates of a use case give, in words."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from audits.evaluations.words import left_out_words, of_100
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.days import in_words
from audits.scoring.deciding.candidates import MORE_THAN_SHOWN
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.scored.against import against_target, share_interval
from audits.scoring.scored.answers import TESTED, Answered
from audits.scoring.scored.by_hand import TRIED, ticks_by_hand
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    WrongFile,
)
from audits.scoring.scored.kinds import (
    KIND_NAMES,
    has_own_name,
    several_results,
    unquoted,
)
from audits.scoring.scored.marks.limits import misses_limit
from audits.scoring.scored.marks.small_gaps import gap_size
from audits.scoring.scored.marks.too_few import too_few
from audits.scoring.scored.sources import shown_by, tested_on, whose
from audits.scoring.scored.values import TARGET, candidates_of

_FROM = "from the candidates: "
_PASSED = re.compile(r"^([\d,]+ of [\d,]+(?: scored)?) passed, (between [^,;]+)")
_MOST_NAMED = 3
_SHORT = 40  # characters of a name in a headline
_EVAL = "eval"
_SPEED = "latency_evidence"
_SOLID = 200  # cases of a test set that counts as solid if it is run again


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateAnswer:
    """An answer that the candidates give, and why.

    `by_hand` and `level_by_hand` are what was given by hand; None where nothing was.
    """

    question: str
    label: str
    answer: str
    because: str
    by_hand: str | tuple[str, ...] | None = None
    level_by_hand: EvidenceLevel | None = None


def candidate_answers(
    framework: Framework,
    found: Answered,
    codes: Mapping[str, Code],
    levels: Mapping[str, EvidenceLevel],
) -> tuple[CandidateAnswer, ...]:
    """Return the answers that candidates give, in the order of the questions.

    Args:
        framework: The framework that asks.
        found: What the candidates answer.
        codes: The answers given by hand.
        levels: How they are known.
    """
    return tuple(
        CandidateAnswer(
            question=question.id,
            label=question.label,
            answer=framework.words(question.id, found.codes),
            because=_because(question.id, found)
            + _by_hand(framework, question.id, found, codes, levels),
            by_hand=codes.get(question.id),
            level_by_hand=levels.get(question.id),
        )
        for question in framework.questions
        if question.id in found.behind
    )


def _by_hand(
    framework: Framework,
    question: str,
    found: Answered,
    codes: Mapping[str, Code],
    levels: Mapping[str, EvidenceLevel],
) -> str:
    """Return what was answered by hand beside what results show; may be empty."""
    ticks = ticks_by_hand(found.behind[question], codes) if question == TRIED else ()
    if question == _EVAL and codes.get(question) in MORE_THAN_SHOWN:
        ticks = (str(codes[question]),)
    if not ticks:
        return ""
    level = levels.get(question, "asserted")
    return f"; by hand, {level}: {framework.words(question, {question: ticks})}"


def _because(question: str, found: Answered) -> str:
    """Return why a question is answered; of the test set only its size matters."""
    rows = found.behind[question]
    if question == _EVAL:
        return _test_set(max(row.cases for row in rows))
    if question == _SPEED:
        return _times(rows, found.limit_ms)
    is_judged = len(rows) == 1 and question != "tried"
    against = against_target(rows[0], found.target) if is_judged else ""
    size = gap_size(rows[0], found.target) if question == "quality_gap" else ""
    deciding = [row for q in DECIDING for row in found.behind.get(q, ())]
    said = because(rows, found.target, deciding)
    limit = misses_limit(rows[0], found.limit_ms) if question in DECIDING else ""
    return "; ".join(filter(None, (said, against, limit, size)))


def _test_set(cases: int) -> str:
    """Return why results answer the size of a test set: never that of a solid one.

    >>> _test_set(100)
    'from the candidates: up to 100 cases'
    """
    told = f"from the candidates: up to {cases:,} cases"
    if cases < _SOLID:
        return told
    return f"{told}, but results do not show that they are run again after every change"


def _times(rows: Sequence[ScoredCandidate], limit_ms: int | None) -> str:
    """Return the times of the quickest, and the limit.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=9, p95_ms=1240)
    >>> _times([row], 800)
    'from the candidates: “Written prompt” takes up to 1,240 ms for 95 of 100 calls; \
the limit is 800 ms'
    """
    timed = sorted((x.p95_ms, name_of(x)) for x in rows if x.p95_ms is not None)
    told = [f"“{name}” takes up to {ms:,} ms" for ms, name in timed]
    limit = f"; the limit is {limit_ms:,} ms" if limit_ms is not None else ""
    return f"{_FROM}{', '.join(told[:_MOST_NAMED])} for 95 of 100 calls{limit}"


# The answers that one candidate decides.
DECIDING = ("passed", "quality_gap")
# The answer that a summary tells, the first that candidates give.
SUMMED_UP = ("passed", "quality_gap", "trial", "incumbent", "smaller_model", "teacher")

# What the entry of one test and its target answers.
ENTERED_ONCE = (*TESTED, "quality_gap")
# The questions beside which the target is asked for.
ASKS_TARGET = ("eval", "quality_gap", "incumbent")
# The questions that test results can answer: what was tested, and what it scored.
SHOWN_BY_RESULTS = (*TESTED, *SUMMED_UP, _SPEED)


def summed_up(told: Sequence[CandidateAnswer]) -> CandidateAnswer | None:
    """Return the answer of candidates that a summary tells; None if it has none."""
    by_question = {each.question: each for each in told}
    return next((by_question[q] for q in SUMMED_UP if q in by_question), None)


def because(
    rows: Sequence[ScoredCandidate],
    target: Decimal | None = None,
    first: Collection[ScoredCandidate] = (),
) -> str:
    """Return what candidates scored, beside the target if they are compared with it.

    Those that decide come `first`, so that they are always named.

    >>> because([ScoredCandidate(id="c1", kind="prompt", cases=100, passed=62)])
    'from the candidates: 62 of 100 passed, between 52 and 71'
    """
    if len(rows) == 1:
        return f"{_FROM}{result(rows[0], target)}"
    named = _named(rows, first)
    told = [f"“{name_of(row)}”: {result(row, target)}" for row in named]
    more = len(rows) - len(told)
    return f"{_FROM}{'; '.join(told)}{f'; and {more} more' * bool(more)}"


def _named(
    rows: Sequence[ScoredCandidate], first: Collection[ScoredCandidate]
) -> list[ScoredCandidate]:
    """Return those that are named: what decides, then all results of one candidate.

    The others follow them, three in all or more.
    """
    several = [row for group in several_results(rows) for row in group]
    named = [row for row in rows if row in first]
    named += [row for row in several if row not in named]
    others = [row for row in rows if row not in named]
    return named + others[: max(0, _MOST_NAMED - len(named))]


def score_of(told: CandidateAnswer) -> str:
    """Return the score behind an answer that one candidate gives; else it is empty.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=54)
    >>> said = f"{because([row])}; reaches 80 of 100, even at the lower end"
    >>> score_of(CandidateAnswer(question="", label="", answer="", because=said))
    '54 of 60 passed, between 80 and 95 of 100'
    >>> score_of(CandidateAnswer(question="", label="", answer="", because="5 of 30"))
    '5 of 30'
    """
    score = told.because.removeprefix(_FROM).partition("; ")[0]
    # The scores of several have their names before them.
    return score if score[:1].isdigit() else ""


def naming(
    because: str, rows: Sequence[ScoredCandidate], target: Decimal | None = None
) -> str:
    """Return why candidates answer a question, with the name of a single one.

    In counts alone, where these are too few to be sure of the target.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=54, model="a")
    >>> naming(f"{because([row])}; reaches 80 of 100", [row])[13:]
    '“a (Written prompt)” passed 54 of 60 cases (likely between 80 and 95 \
of 100); reaches 80 of 100'
    """
    if len(rows) != 1 or not because.startswith(_FROM):
        return because
    counts = too_few(rows[0], target)
    if counts:
        return f"“{name_of(rows[0])}”: {counts}"
    said = because.removeprefix(_FROM)
    passed = _PASSED.sub(r" passed \1 cases (likely \2)", said)
    if said.startswith("“"):
        return f"in the test, {said}"
    colon = "" if passed != said else ": "
    return f"in the test, “{name_of(rows[0])}”{colon}{passed}"


def candidate_in_words(
    item: str, value: Mapping[str, Any], target: Decimal | None = None
) -> str:
    """Return a stored value of a candidate, or what it is compared with, in words.

    Args:
        item: Its id.
        value: Its value.
        target: What it is compared with, if that is known.

    >>> candidate_in_words("c1", {"kind": "prompt", "cases": 40, "passed": 30})
    'Written prompt: 30 of 40 passed, between 60 and 86 of 100; asserted'
    """
    found = candidates_of({item: value})
    if item == TARGET:
        return "; ".join(wanted(found))
    [row] = found.rows
    removed = " (removed)" if row.is_removed else ""
    removed = " (left out)" if row.is_left_out else removed
    removed += "" if row.is_allowed else " (not allowed in production)"
    wrong = f"; {wrong_file(row.wrong)}" if row.wrong else ""
    return f"{name_of(row)}{removed}: {result(row, target)}; {evidence(row)}{wrong}"


def wrong_file(found: WrongFile) -> str:
    """Return who removed a results file as a wrong one, when and why.

    >>> from datetime import date
    >>> day = date(2026, 11, 28)
    >>> wrong_file(WrongFile(reason="Test run", file="a.csv", by="Rosa", day=day))
    '“a.csv” was removed as a wrong file by Rosa on 28 November 2026: “Test run”'
    """
    return (
        f"“{found.file}” was removed as a wrong file by {found.by} on "
        f"{in_words(found.day)}: “{found.reason.rstrip('.')}”"
    )


def evidence(row: ScoredCandidate) -> str:
    """Return how a result is known: who saved and ran it, when, and the file's SHA-256.

    Who ran it is what somebody typed, so it is said as such.

    >>> from dataclasses import replace
    >>> row = ScoredCandidate(
    ...     id="c1", kind="prompt", cases=40, sha256="0f" * 32, by="Omar"
    ... )
    >>> evidence(replace(row, run_by="Grace"))
    'measured, uploaded by Omar, run by “Grace” as entered, SHA-256 0f0f0f0f0f0f…'
    """
    digest = f"SHA-256 {row.sha256[:12]}…" if row.sha256 else ""
    known = (row.level, *whose(row), tested_on(row), shown_by(row), digest)
    return ", ".join(filter(None, known))


def wanted(found: Candidates) -> Iterator[str]:
    """Yield what candidates must reach, in words.

    >>> list(wanted(Candidates(limit_ms=800)))
    ['95 of 100 calls may take up to 800 ms']
    """
    if found.target is not None:
        yield f"{float(found.target) * 100:g} of 100 cases must pass"
    if found.limit_ms is not None:
        yield f"95 of 100 calls may take up to {found.limit_ms:,} ms"


def name_of(row: ScoredCandidate) -> str:
    """Return what a candidate is called: the name that its team gives it, and its kind.

    The kind may be guessed, so the name comes first. Without a name, it is the kind.

    >>> name_of(ScoredCandidate(id="c1", kind="prompt", cases=30, model="gpt-5"))
    'gpt-5 (Written prompt)'
    >>> name_of(ScoredCandidate(id="c1", kind="tools", cases=30, model="with tools"))
    'With tools'
    """
    kind = KIND_NAMES[row.kind]
    return f"{unquoted(row.model)} ({kind})" if has_own_name(row) else kind


def short_name(row: ScoredCandidate) -> str:
    """Return what a candidate is called in a headline: never longer than there is room.

    >>> model = "Prompt with long instructions"
    >>> short_name(ScoredCandidate(id="c1", kind="prompt", cases=30, model=model))
    'Prompt with long instructions'
    >>> model = "Prompt with the whole handbook of 40 pages in it"
    >>> short_name(ScoredCandidate(id="c1", kind="prompt", cases=30, model=model))
    'Prompt with the whole handbook of 40…'
    >>> short_name(ScoredCandidate(id="c1", kind="prompt", cases=30, model="m" * 41))
    'Written prompt'
    """
    own = unquoted(row.model) if has_own_name(row) else ""
    first_words = own[:_SHORT].rpartition(" ")[0].rstrip(" ,;:.–-")
    begun = f"{first_words}…" if first_words else ""
    names = (name_of(row), own, begun, KIND_NAMES[row.kind])
    return next(name for name in names if name and len(name) <= _SHORT)


def result(row: ScoredCandidate, target: Decimal | None = None) -> str:
    """Return what a candidate scored, and what chance can do, in counts of 100.

    An end beside the target is not rounded onto it or past it. Cases without a score
    are none of those that passed or failed.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=200, passed=133, errors=67)
    >>> result(row)
    '133 of 133 scored passed, between 97 and 100 of 100, 67 have no score'
    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=200, passed=188)
    >>> result(row), result(row, Decimal("0.9"))[19:]
    ('188 of 200 passed, between 90 and 97 of 100', 'between 89.8 and 97 of 100')
    """
    beside = "".join(_beside(row))
    interval = share_interval(row)
    if row.passed is None:
        mean = f"mean score {float(row.mean or 0):.3g}"
        return f"{mean} on {row.cases:,} cases{beside}"
    if interval is None:
        return f"0 of 0 scored passed{beside}"
    chance = of_100(interval, None if target is None else float(target))
    scored = " scored" if row.errors else ""
    if row.with_score == 100:  # noqa: PLR2004 - then “of 100” is said twice
        chance = chance.removesuffix(" of 100")
    return f"{row.passed:,} of {row.with_score:,}{scored} passed, {chance}{beside}"


def _beside(row: ScoredCandidate) -> Iterator[str]:
    """Yield the cases that a result says beside its score, each after a comma."""
    if row.errors and row.passed is not None:
        yield f", {row.errors:,} {'has' if row.errors == 1 else 'have'} no score"
    elif row.errors:
        counts = "counts" if row.errors == 1 else "count"
        yield f", {row.errors:,} without a score {counts} as score 0"
    if row.left_out:
        yield f", {left_out_words(row.left_out)}"
    if row.kept:
        kept = row.kept[-1].count
        has, outcome = ("has", "its") if kept == 1 else ("have", "their")
        yield f", {kept:,} not run again {has} {outcome} earlier outcome"
