"""The answers that the stored candidates of a use case give.

Answers are read from those that count, and again with each one and each two that
counted before and now hold back. Only an answer that is always the same is given; one
that is not stays as it was given by hand, unless a reading says otherwise. So taking
evidence away makes the readings more, and their answers fewer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations
from typing import get_args

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.scoring.deciding.candidates import (
    NOBODY_LOOKED,
    TICKS,
    Candidate,
    CandidatesTable,
    answers_from,
)
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.scored.by_hand import unshown_ways
from audits.scoring.scored.candidates import LIVE_STATE, Candidates, ScoredCandidate
from audits.scoring.scored.older.displaced import displaced
from audits.scoring.scored.unscored import Read, deciding, ends, open_cases

# What a person can add to: candidates never take anything from such an answer.
TESTED = ("tried", "eval")
ADDED_TO = (*TESTED, "passed")
_GAP, _SHORT = "quality_gap", ("small", "large")
_LEVELS = get_args(EvidenceLevel)


@dataclass(slots=True, kw_only=True)
class Answered:
    """The answers that count, with those that candidates give.

    `behind` has the candidates behind each answer that they give, and `target` and
    `limit_ms` are what they are compared with. `failed` and `best` are as in
    `Circumstances`. `held` are
    the questions that candidates which count no more hold back: without them, the
    others or the answer by hand would answer these. `apart` are two candidates that
    would answer a question if they were run on the same cases. `unsure` are the
    candidates whose cases without a score could make an answer another one. `unshown`
    are the ways that were tested as people say, without a result that counts or other
    proof.
    """

    codes: Mapping[str, Code]
    levels: Mapping[str, EvidenceLevel]
    behind: Mapping[str, tuple[ScoredCandidate, ...]] = field(default_factory=dict)
    apart: Mapping[str, tuple[ScoredCandidate, ...]] = field(default_factory=dict)
    failed: frozenset[str] | None = None
    best: str | None = None
    target: Decimal | None = None
    limit_ms: int | None = None
    held: tuple[str, ...] = ()
    unsure: tuple[ScoredCandidate, ...] = ()
    unshown: frozenset[str] = frozenset()

    @property
    def is_typed(self) -> bool:
        """Whether candidates give answers, and a person typed the result of each."""
        rows = [row for rows in self.behind.values() for row in rows]
        return bool(rows) and not any(row.sha256 for row in rows)

    @property
    def most_cases(self) -> int | None:
        """How many cases the largest result behind an answer has; None without one."""
        found = (row.cases for rows in self.behind.values() for row in rows)
        return max(found, default=None)


def answered(
    found: Candidates,
    codes: Mapping[str, Code],
    levels: Mapping[str, EvidenceLevel],
) -> Answered:
    """Return the answers given by hand, with those that candidates give.

    Args:
        found: The candidates.
        codes: The answers given by hand.
        levels: How they are known, by question.
    """
    counted = [row for row in found.rows if not found.why_not(row, codes)]
    holding = [*_holding(found, codes)]
    if not counted and not holding:
        return Answered(codes=codes, levels=levels)
    told = _told(found, counted, codes, levels)
    # No answer is read from more than two candidates, so more of them change none.
    more = [chosen for size in (1, 2) for chosen in combinations(holding, size)]
    others = [_told(found, (*counted, *chosen), codes, levels) for chosen in more]
    alike = _where_alike(told, others, Answered(codes=codes, levels=levels))
    sets = [(*counted, *chosen) for chosen in ((), *more)]
    alike = _only_as_scored(found, sets, alike, Answered(codes=codes, levels=levels))
    alike = _still_tried(alike, holding)
    kinds = (row.row().kind for row in alike.behind.get("tried", ()))
    by_hand = Answered(codes=codes, levels=levels)
    return replace(alike, unshown=unshown_ways(kinds, alike.codes, by_hand))


def _holding(found: Candidates, codes: Mapping[str, Code]) -> Iterator[ScoredCandidate]:
    """Yield the candidates that counted before, and would now if they had enough."""
    for row in found.rows:
        is_live = codes.get("state") == LIVE_STATE
        fits = row.score is not None and (row.kind != "live" or is_live)
        if row.holds_back and fits and found.why_not(row, codes):
            yield row
    for row in displaced(found):
        if row.kind != "live" or codes.get("state") == LIVE_STATE:
            yield row


def _still_tried(told: Answered, holding: Sequence[ScoredCandidate]) -> Answered:
    """Return the answers with the ways whose results hold back: they were tried."""
    rows = (row.row() for row in holding)
    ways = [TICKS[x.kind] for x in rows if x.is_simpler_way and not x.is_same]
    if not ways:
        return told
    now = told.codes.get("tried", ())
    there = () if now == UNKNOWN else (x for x in now if x not in NOBODY_LOOKED)
    tried = tuple(dict.fromkeys((*there, *ways)))
    levels = {"tried": "asserted", **told.levels}
    return replace(told, codes={**told.codes, "tried": tried}, levels=levels)


def _only_as_scored(
    found: Candidates,
    sets: Sequence[Sequence[ScoredCandidate]],
    told: Answered,
    by_hand: Answered,
) -> Answered:
    """Return what is told, asserted where cases without a score could change it.

    `sets` are the candidates that count, and the same with those that hold back; `told`
    is what all of them tell, and `by_hand` what was given by hand.
    """
    if not any(open_cases(row) for rows in sets for row in rows):
        return told

    def reading(rows: Sequence[ScoredCandidate], read: Read) -> Answered:
        return _told(found, rows, by_hand.codes, by_hand.levels, read)

    ways = [(up, reading(rows, read)) for rows in sets for up, read in ends(rows)]
    other = {q for up, each in ways for q in _otherwise(told, each, passed=up)}
    failed = [each.failed or () for _, each in ways]
    left = None if told.failed is None else told.failed.intersection(*failed)
    if not other and left == told.failed:
        return told
    counted = sets[0]
    unsure = deciding(
        counted,
        lambda ends: any(
            any(_otherwise(told, reading(counted, read), passed=up))
            for up, read in ends
        ),
    )
    codes, levels = {**told.codes}, {**told.levels}
    if {each.codes.get(_GAP) for each in (told, *(x for _, x in ways))} == {*_SHORT}:
        # However those cases are scored, the target is missed.
        codes[_GAP] = _SHORT[0]
        other.discard(_GAP)
    levels |= dict.fromkeys(other, "asserted")
    return replace(told, codes=codes, levels=levels, failed=left, unsure=unsure)


def _otherwise(told: Answered, then: Answered, *, passed: bool) -> Iterator[str]:
    """Yield the questions that are answered otherwise.

    That an easier way may pass as well takes nothing from one that passes.
    """
    for question in told.behind:
        is_more = question == "passed" and passed
        is_same = then.codes.get(question) == told.codes[question]
        if question not in TESTED and not (is_more or is_same):
            yield question


def contradicted(found: Candidates, codes: Mapping[str, Code]) -> frozenset[str]:
    """Return the questions whose answers by hand the candidates contradict."""
    now = answered(found, codes, {})
    kept = ADDED_TO if found.target is not None else (*ADDED_TO, _GAP)
    return frozenset(
        question
        for question in now.behind
        if question in codes
        and question not in kept
        and codes[question] not in (now.codes[question], UNKNOWN)
    )


def counting_again(
    found: Candidates, codes: Mapping[str, Code], overruled: Mapping[str, Code]
) -> frozenset[str]:
    """Return which answers by hand that were contradicted no result contradicts now.

    Nor does one that holds back, or two that were run on other cases. `overruled` has
    those that were taken back, by question.
    """
    given = {**overruled, **codes}
    now = answered(found, given, {})
    against = contradicted(found, given).union(now.held, now.apart)
    return frozenset(overruled.keys() - codes.keys() - against)


def _told(
    found: Candidates,
    rows: Iterable[ScoredCandidate],
    codes: Mapping[str, Code],
    levels: Mapping[str, EvidenceLevel],
    read_as: Read = ScoredCandidate.row,
) -> Answered:
    """Return what some of the candidates answer."""
    # The best of a kind comes last, where it decides; of live ones it comes first.
    every = [(read_as(row), row) for row in rows]
    live = sorted((x for x in every if x[1].kind == "live"), key=_score, reverse=True)
    others = sorted((x for x in every if x[1].kind != "live"), key=_score)
    if codes.get("state") == LIVE_STATE and not live:
        others = [x for x in others if x[1].kind != "tuned"]
    pairs = [*live[:1], *others]
    table = CandidatesTable(
        rows=tuple(row for row, _ in pairs),
        target=None if found.target is None else float(found.target),
        limit_ms=found.limit_ms,
    )
    read = answers_from(table, codes, levels)
    scored = {id(row): candidate for row, candidate in pairs}
    behind, apart = (
        {q: tuple(scored[id(row)] for row in x) for q, x in of.items()}
        for of in (read.behind, read.apart)
    )
    return Answered(
        codes=read.codes,
        levels=read.levels,
        behind=behind,
        apart=apart,
        failed=read.failed,
        best=read.best,
        target=found.target,
        limit_ms=found.limit_ms,
    )


def _where_alike(
    told: Answered, others: Sequence[Answered], by_hand: Answered
) -> Answered:
    """Return what is told, where all others tell the same."""
    every = (told, *others)
    codes, levels, behind = {**told.codes}, {**told.levels}, {**told.behind}
    held = []
    for question in dict.fromkeys(q for each in every for q in each.behind):
        telling = [each for each in every if question in each.behind]
        said = {each.codes[question] for each in telling}
        if question in TESTED or (len(said) == 1 and len(telling) == len(every)):
            continue
        for answers in (codes, levels, behind):
            answers.pop(question, None)
        given = by_hand.codes.get(question)
        is_agreed = said == {given}
        if is_agreed or given == UNKNOWN:
            codes[question] = by_hand.codes[question]
        if is_agreed and question in by_hand.levels:
            known = (each.levels[question] for each in (by_hand, *telling))
            levels[question] = min(known, key=_LEVELS.index)
        if question in told.behind or (given is not None and question not in codes):
            held.append(question)
    failed = [each.failed or () for each in others]
    return replace(
        told,
        codes=codes,
        levels=levels,
        behind=behind,
        apart={q: x for each in (*others, told) for q, x in each.apart.items()},
        failed=None if told.failed is None else told.failed.intersection(*failed),
        held=tuple(held),
    )


def _score(pair: tuple[Candidate, ScoredCandidate]) -> float:
    return pair[0].score or 0.0
