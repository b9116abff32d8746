"""Scored candidates to the answers they give: a table with a row for each candidate.

A row with fewer than 30 cases is kept and never counts. Source: docs/method.md, “The
candidates table”.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.scoring.deciding.apart import pair_apart
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.deciding.shortfalls import count_word, gap_word, noise

CandidateKind = Literal[
    "rules",
    "prompt",
    "examples",
    "documents",
    "updated",
    "retrieval",
    "hybrid",
    "stronger",
    "optimised",
    "split",
    "tools",
    "specialist",
    "smaller",
    "tuned",
]
TICKS: Mapping[CandidateKind, str] = {
    "rules": "rules",
    "prompt": "instructions",
    "examples": "examples",
    "documents": "in_prompt",
    "updated": "updated",
    "retrieval": "documents",
    "hybrid": "hybrid",
    "stronger": "stronger_model",
    "optimised": "optimised",
    "split": "split",
    "tools": "tools",
    "specialist": "specialist",
}
# What meets the target, the easiest to run first.
PASSED: Mapping[CandidateKind, str] = {
    "rules": "rules",
    "prompt": "prompt",
    "examples": "examples",
    "documents": "documents",
    "updated": "documents",
    "retrieval": "retrieval",
    "specialist": "model",
    "hybrid": "retrieval",
    "optimised": "prompt",
    "split": "prompt",
    "tools": "prompt",
    "stronger": "prompt",
}
FEWEST_CASES = 30
_LEVELS: tuple[EvidenceLevel, ...] = ("asserted", "documented", "measured")
_SHOWN = _LEVELS[1:]
MORE_THAN_SHOWN = ("solid_set", "production")
_TEST_SETS = ("none", "anecdotal", "person_checks", "small_set", *MORE_THAN_SHOWN)
NOBODY_LOOKED = ("nothing", "demo")
_COUNTED_WRONG = ("some_wrong", "often_wrong")
_MISSED = ("large", "often_wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What one candidate scored.

    `score` is the share of `cases` that passed, from 0 to 1. `cost` is US dollars a
    call with caching on, `p95_ms` the slowest 5 of 100 in milliseconds. One that is not
    `is_allowed` shows only a teacher; one with another's outcomes (`is_same`), no way.
    `open` of its cases have no score.
    """

    kind: CandidateKind
    cases: int
    score: float | None = None
    cost: Decimal | None = None
    p95_ms: int | None = None
    is_allowed: bool = True
    level: EvidenceLevel = "asserted"
    tested: str = ""
    apart: tuple[tuple[str, int], ...] = ()
    is_same: bool = False
    open: int = 0

    @property
    def counts(self) -> bool:
        """Whether there are enough cases to count."""
        return self.cases >= FEWEST_CASES and self.score is not None

    @property
    def is_simpler_way(self) -> bool:
        """Whether it is one of the ways that come before training."""
        return self.is_allowed and self.kind in TICKS


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesTable:
    """The rows, and what they are compared with.

    `target` is the share of cases that must pass; None where nobody wrote one down.
    `requests` are calls a month, `trained_call` and `trained_month` what the trained
    model costs in US dollars a call and a month, `limit_ms` the limit in milliseconds.
    """

    rows: tuple[Candidate, ...] = ()
    target: float | None = None
    requests: Decimal | None = None
    trained_call: Decimal | None = None
    trained_month: Decimal | None = None
    limit_ms: int | None = None


@dataclass(slots=True, kw_only=True)
class FromCandidates:
    """Answers with those that rows give, their levels, and the ways that failed.

    An answer given by hand yields to its row. `failed` and `best` are None if no row
    counts. `behind` has the rows behind each answer, and `apart` two that would give
    one if they were run on the same cases.
    """

    codes: dict[str, Code]
    levels: dict[str, EvidenceLevel]
    behind: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    apart: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    failed: frozenset[str] | None = None
    best: str | None = None

    def put(self, question: str, code: Code, rows: Sequence[Candidate]) -> None:
        """Answer a question from rows, at the lowest of their levels."""
        self.codes[question] = code
        self.behind[question] = tuple(rows)
        self.levels[question] = min((r.level for r in rows), key=_LEVELS.index)


def answers_from(
    table: CandidatesTable,
    codes: Mapping[str, Code],
    levels: Mapping[str, EvidenceLevel],
) -> FromCandidates:
    """Return the answers, with those that the rows of a table give.

    Args:
        table: The scored candidates.
        codes: The answers given by hand.
        levels: How they are known, by question.
    """
    found = FromCandidates(codes=dict(codes), levels=dict(levels))
    reading = _Reading(table, found)
    if reading.rows:
        reading.test_set()
        reading.simpler_ways()
        reading.beaten()
        reading.trial()
        reading.against_the_target()
        reading.cost()
        reading.speed()
    return found


@dataclass(slots=True)
class _Reading:
    """Reads the rows that count into answers."""

    table: CandidatesTable
    found: FromCandidates
    rows: list[Candidate] = field(init=False)
    simpler: list[Candidate] = field(init=False)
    shown: list[Candidate] = field(init=False)
    tuned: list[Candidate] = field(init=False)
    is_counted: bool = field(init=False)

    def __post_init__(self) -> None:
        self.rows = [row for row in self.table.rows if row.counts]
        self.simpler = [row for row in self.rows if row.is_simpler_way]
        self.shown = [row for row in self.simpler if not row.is_same]
        self.tuned = [row for row in self.rows if row.kind == "tuned"]
        # That there is no target must be said: one left blank makes no gap.
        by_hand = self.found.codes.get("quality_gap")
        self.is_counted = self.table.target is not None or by_hand in _COUNTED_WRONG

    def word(self, row: Candidate) -> str:
        score = row.score or 0.0
        if self.table.target is None:
            return count_word(score, row.cases)
        return gap_word(self.table.target, score, row.cases)

    def passes(self, row: Candidate) -> bool:
        return self.word(row) == "met"

    def test_set(self) -> None:
        now, by_hand = self.found.codes.get("eval"), self.found.levels.get("eval")
        place = _TEST_SETS.index(str(now)) if now in _TEST_SETS else 0
        small = _TEST_SETS.index("small_set")
        if place > small and by_hand in _SHOWN:  # more than results alone can show
            return
        # Rows show that their cases are there, not that they run again after changes.
        rows = [row for row in self.rows if row.cases - row.open >= FEWEST_CASES]
        if not rows:
            return
        self.found.put("eval", "small_set", rows)
        if place == small and by_hand:
            known = by_hand, self.found.levels["eval"]
            self.found.levels["eval"] = max(known, key=_LEVELS.index)

    def simpler_ways(self) -> None:
        codes = self.found.codes
        by_hand = codes.get("tried", ())
        ticked = () if by_hand == UNKNOWN else tuple(by_hand)
        ticks = tuple(dict.fromkeys(TICKS[row.kind] for row in self.shown))
        if self.shown:
            there = (tick for tick in ticked if tick not in NOBODY_LOOKED)
            self.found.put("tried", tuple(dict.fromkeys((*there, *ticks))), self.shown)
        if self.simpler:
            best = _best(self.simpler)
            self.found.best = TICKS[best.kind]
            if self.is_counted:
                self.found.put("quality_gap", self.word(best), [best])
                self.passed()
        failed = self.missed()
        if codes.get("quality_gap") in _MISSED:  # the best missed, so all others did
            others = ticked if self.is_counted else (*ticked, *ticks)
            failed |= {x for x in others if x not in ticks or not self.is_counted}
        self.found.failed = frozenset(failed)

    def missed(self) -> set[str]:
        """Return the ways of which the best row misses: two kinds can be one way.

        What meets the target leaves no use for what misses it, however narrowly.
        """
        if not self.is_counted:
            return set()
        ways: dict[str, list[Candidate]] = {}
        for row in self.shown:
            ways.setdefault(TICKS[row.kind], []).append(row)
        best = {way: _best(rows) for way, rows in ways.items()}
        some_passes = any(self.passes(row) for row in best.values())
        return {
            way
            for way, row in best.items()
            if self.word(row) in _MISSED or (some_passes and not self.passes(row))
        }

    def passed(self) -> None:
        passing = {row.kind: row for row in self.simpler if self.passes(row)}
        for kind, way in PASSED.items():
            if kind in passing:
                told = "documents" if self._is_said_to_hold_documents(kind) else way
                self.found.put("passed", told, [passing[kind]])
                return

    def _is_said_to_hold_documents(self, kind: CandidateKind) -> bool:
        """What is said of a result of another kind stays, until one tells it."""
        may = kind == "retrieval" or PASSED[kind] == "prompt"
        may = may and all(PASSED[row.kind] != "documents" for row in self.simpler)
        return may and self.found.codes.get("passed") == "documents"

    def trial(self) -> None:
        """Compare a trained model with what it would replace.

        That is the best simpler way or, where a model is live, the first tuned row.
        Where it is said that there is no target, all wrong answers are the gap.
        """
        is_live = self.found.codes.get("state") == "live_tuned"
        replaced = self.tuned[:1] if is_live else self.simpler
        trained = self.tuned[1:] if is_live else self.tuned
        target = self.table.target
        if target is None:
            target = 1.0
        if not (self.is_counted and replaced and trained):
            return
        if self._are_apart("trial", replaced, trained):
            return
        before, after = _best(replaced), _best(trained)
        left = target - (after.score or 0.0)
        if self.passes(after):
            word = "meets"
        elif left < (target - (before.score or 0.0)) / 2:
            word = "closer"
        else:
            word = "no_better"
        self.found.put("trial", word, [before, after])

    def beaten(self) -> None:
        if self.table.target is not None or not self.simpler or not self.tuned:
            return
        best, live = _best(self.simpler), self.tuned[0]
        lead = (best.score or 0.0) - (live.score or 0.0)
        if lead <= noise(min(best.cases, live.cases)):
            return
        if not self._are_apart("incumbent", self.simpler, self.tuned[:1]):
            self.found.put("incumbent", "beaten", [best, live])

    def _are_apart(
        self, question: str, firsts: list[Candidate], seconds: list[Candidate]
    ) -> bool:
        pair = pair_apart(firsts, seconds)
        if pair:
            self.found.apart[question] = pair
        return pair is not None

    def against_the_target(self) -> None:
        """Without a target nobody can say who passes."""
        if self.table.target is None:
            return
        for row in self.rows:
            if row.kind == "smaller":
                self._pass("smaller_model", row, "passes", "fails")
            elif row.kind != "tuned" and not row.is_allowed:
                self._pass("teacher", row, "passes", "fails")
        for row in self.tuned[:1]:
            self._pass("incumbent", row, "meets", "misses")

    def _pass(self, question: str, row: Candidate, yes: str, no: str) -> None:
        self.found.put(question, yes if self.passes(row) else no, [row])

    def cost(self) -> None:
        table = self.table
        hosted = [
            row.cost
            for row in self.rows
            if row.kind != "tuned"
            and row.is_allowed
            and row.cost is not None
            and self.passes(row)
        ]
        tuned = [row.cost for row in self.tuned if row.cost is not None]
        if not tuned and table.trained_call is not None:
            tuned = [table.trained_call]
        if not (table.requests and hosted and tuned) or table.trained_month is None:
            return
        trained = min(tuned) * table.requests + table.trained_month
        is_cheaper = trained < min(hosted) * table.requests
        code = "trained_cheaper" if is_cheaper else "hosted_cheaper"
        self.found.codes["cost_case"] = code

    def speed(self) -> None:
        if self.table.limit_ms is None:
            return
        timed = [
            (row.p95_ms, row)
            for row in self.rows
            if row.kind != "tuned"
            and row.is_allowed
            and row.p95_ms is not None
            and self.passes(row)
        ]
        if timed:
            quickest = min(ms for ms, _ in timed)
            code = "met" if quickest <= self.table.limit_ms else "missed"
            self.found.put("latency_evidence", code, [row for _, row in timed])


def _best(rows: Sequence[Candidate]) -> Candidate:
    """Return the best, of equal ones that with the most cases."""
    return max(rows, key=lambda row: (row.score or 0.0, row.cases))
