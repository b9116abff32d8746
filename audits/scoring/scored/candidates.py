"""The stored candidates of a use case.

Only a candidate with enough cases counts, and one that was typed only with its day, who
ran it and a link that shows it. One that never counted changes nothing. One that
counted and then lost its cases, its name, its link or its place still holds back what
it would change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from audits.frameworks.evaluation import Code
from audits.scoring.deciding.candidates import (
    FEWEST_CASES,
    Candidate,
    CandidateKind,
)
from audits.scoring.deciding.circumstances import EvidenceLevel

ScoredKind = CandidateKind | Literal["live"]
WhyNot = Literal["", "removed", "no_score", "few", "claimed", "not_live", "no_live"]
KINDS: tuple[ScoredKind, ...] = (*get_args(CandidateKind), "live")
LIVE_STATE = "live_tuned"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFile:
    """That somebody removed a results file as a wrong one: why, its name, who, when."""

    reason: str
    file: str
    by: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedResult:
    """An earlier state of a candidate, and who changed it to the next one on which day.

    The state is all that decides: its kind, what the model is called, its numbers,
    whether it is allowed or was removed (`is_wrong`: with its whole file), and whether
    it was only a claim. `file` and `day` are of its result, `then` is the later file;
    a result that was typed has no file. `by` is the person who saved the change, on the
    day `on`. `missing` are its cases that the later file has not, of which
    `missing_failed` had not passed; None where the files do not say. One that
    `is_undone` is what a candidate was before it was put back as it had been.
    """

    kind: ScoredKind
    cases: int
    passed: int | None = None
    mean: Decimal | None = None
    errors: int = 0
    model: str = ""
    cost: Decimal | None = None
    p95_ms: int | None = None
    sha256: str = ""
    is_claim: bool = False
    is_allowed: bool = True
    is_removed: bool = False
    is_wrong: bool = False
    is_undone: bool = False
    file: str = ""
    day: date | None = None
    then: str = ""
    by: str = ""
    on: date | None = None
    missing: int | None = None
    missing_failed: int | None = None
    tested: str = ""
    apart: tuple[tuple[str, int], ...] = ()

    @property
    def score(self) -> float | None:
        """The share of its cases that passed, or else the mean of their scores."""
        if self.passed is not None:
            return self.passed / self.cases if self.cases else None
        return None if self.mean is None else float(self.mean)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCases:
    """Cases of a candidate that a newer file lacks, with the outcome of an earlier one.

    They are of the `run` of the file with that SHA-256, `count` of them with those of
    the earlier files before it.
    """

    sha256: str
    run: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SameOutcomes:
    """That a candidate has the outcomes of an earlier one, on the cases that both ran.

    `of` is the id of that one, `cases` are those that both ran, of which `differ` have
    another outcome: none, or so few that chance does not explain it.
    """

    of: str
    cases: int
    differ: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCandidate:
    """What one candidate scored on how many cases.

    `passed` of `cases` passed; where only scores are known, `mean` is their mean, from
    0 to 1. `errors` of the cases had no score or an error, and count as not passed.
    `left_out` are more cases, without a score, that the tool that ran them does not
    count, and `lacks` those of the same test set that it did not run. `copies` says
    how often its file has these cases, if it repeats them. `cost` is US dollars a call,
    the latencies are milliseconds. `sha256` is that of the results file, of which it is
    the `run`, counted from 0; empty where the result was typed. One that counted and
    was then removed or has less behind it `holds_back` what it would change, until its
    kind is scored again; one whose whole file was removed as a `wrong` one does not,
    and every result says so. `run_by` is what somebody typed of who ran it, `by` the
    person who saved its result, and `link` what shows one that was typed.
    `replaced` are its earlier states, the oldest first. `tested` names its set of
    cases, where a file says them, and `apart` the sets of others that have too few of
    these to be compared, with how many they have. `kept` are those of its cases that
    its file lacks, by the earlier file that has them, the oldest first. One that
    `is_left_out` is a run of a file of which nobody said what it is: it is removed, and
    holds back as if it had counted. `same` says of which earlier one it has the
    outcomes.
    """

    id: str
    kind: ScoredKind
    cases: int
    model: str = ""
    settings: str = ""
    passed: int | None = None
    mean: Decimal | None = None
    errors: int = 0
    left_out: int = 0
    lacks: int = 0
    copies: int = 0
    cost: Decimal | None = None
    p50_ms: int | None = None
    p95_ms: int | None = None
    day: date | None = None
    run_by: str = ""
    by: str = ""
    link: str = ""
    is_allowed: bool = True
    sha256: str = ""
    run: int | None = None
    is_removed: bool = False
    holds_back: bool = False
    wrong: WrongFile | None = None
    replaced: tuple[ReplacedResult, ...] = ()
    tested: str = ""
    apart: tuple[tuple[str, int], ...] = ()
    kept: tuple[KeptCases, ...] = ()
    is_left_out: bool = False
    same: SameOutcomes | None = None

    @property
    def is_same_test(self) -> bool:
        """Whether it has the outcomes of another on each case: both are one test."""
        return self.same is not None and not self.same.differ

    @property
    def level(self) -> EvidenceLevel:
        """How its result is known."""
        if self.sha256:
            return "measured"
        is_shown = self.day and self.run_by and self.link
        return "documented" if is_shown else "asserted"

    @property
    def score(self) -> float | None:
        """The share of its cases that passed, or else the mean of their scores."""
        if self.passed is not None:
            return self.passed / self.cases if self.cases else None
        return None if self.mean is None else float(self.mean)

    @property
    def with_score(self) -> int:
        """How many of its cases have a score."""
        return self.cases - self.errors

    @property
    def last_with_enough_cases(self) -> "ReplacedResult | None":
        """Its last earlier result that had enough cases to count; None without one."""
        enough = (x for x in reversed(self.replaced) if x.cases >= FEWEST_CASES)
        return next(enough, None)

    @property
    def why_not(self) -> WhyNot:
        """Why it does not count by itself; empty if it does."""
        if self.is_removed:
            return "removed"
        if self.score is None:
            return "no_score"
        if self.cases < FEWEST_CASES:
            return "few"
        return "claimed" if self.level == "asserted" else ""

    def row(self) -> Candidate:
        """Return it as a row of the table that decides.

        One that only holds back is read as one of the fewest cases, however many it
        has, so that taking more of them away changes nothing. If it has not even these,
        its last result that had them holds back.
        """
        is_few = self.cases < FEWEST_CASES
        held = self.last_with_enough_cases if is_few else None
        return Candidate(
            kind="tuned" if self.kind == "live" else self.kind,
            cases=FEWEST_CASES if self.why_not else self.cases,
            score=held.score if held else self.score,
            cost=self.cost,
            p95_ms=self.p95_ms,
            is_allowed=self.is_allowed,
            level=self.level,
            tested=(held or self).tested,
            apart=(held or self).apart,
            is_same=self.is_same_test,
            open=0 if self.why_not else self.errors,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierTarget:
    """What candidates had to reach until somebody changed it, with results known.

    `by` is the person who saved the change, on the day `on`.
    """

    target: Decimal | None = None
    limit_ms: int | None = None
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """All candidates of a use case, and what they are compared with.

    `target` is the share of cases that must pass, `limit_ms` the time that 95 of 100
    calls may take; None where nobody entered one. `moved` is what these were before
    each change that was made once results were known, the oldest first.
    """

    rows: tuple[ScoredCandidate, ...] = ()
    target: Decimal | None = None
    limit_ms: int | None = None
    moved: tuple[EarlierTarget, ...] = ()

    def why_not(self, row: ScoredCandidate, codes: Mapping[str, Code]) -> WhyNot:
        """Return why a candidate does not count beside the answers; empty if it does.

        A tuned model is compared with the live one that it would replace.
        """
        is_live = codes.get("state") == LIVE_STATE
        if row.why_not:
            return row.why_not
        if row.kind == "live" and not is_live:
            return "not_live"
        if row.kind == "tuned" and is_live and not self._has_live:
            return "no_live"
        return ""

    @property
    def has_results(self) -> bool:
        """Whether something was scored; a target alone is no result."""
        return any(not row.is_removed for row in self.rows)

    @property
    def cases_there(self) -> int:
        """On how many cases the largest result that counts was scored; 0 without."""
        return max((row.cases for row in self.rows if not row.why_not), default=0)

    @property
    def _has_live(self) -> bool:
        return any(row.kind == "live" and not row.why_not for row in self.rows)


NO_CANDIDATES = Candidates()


def lessened(before: ScoredCandidate, after: ScoredCandidate) -> ScoredCandidate:
    """Return what a candidate becomes: one that counted before goes on holding back.

    >>> counted = ScoredCandidate(id="c1", kind="prompt", cases=40, sha256="f" * 64)
    >>> counted = replace(counted, passed=30)
    >>> lessened(counted, replace(counted, is_removed=True)).holds_back
    True
    """
    has_counted = before.holds_back or not before.why_not
    holds_back = has_counted and bool(after.why_not) and after.wrong is None
    return replace(after, holds_back=holds_back)


def of_file(found: Candidates, sha256: str) -> tuple[ScoredCandidate, ...]:
    """Return the candidates that a results file scored; none for one that was typed."""
    return tuple(row for row in found.rows if sha256 and row.sha256 == sha256)


def digests_of(row: ScoredCandidate) -> frozenset[str]:
    """Return the files that a candidate is or was from."""
    replaced = (each.sha256 for each in row.replaced)
    kept = (each.sha256 for each in row.kept)
    return frozenset({row.sha256, *replaced, *kept} - {""})


def as_before(row: ScoredCandidate) -> ScoredCandidate:
    """Return a candidate as it was before its file was removed as a wrong one."""
    return replace(row, is_removed=False, wrong=None) if row.wrong else row


def with_wrong_files(found: Candidates) -> Candidates:
    """Return the candidates as if every file that was removed as wrong still counted.

    >>> wrong = WrongFile(reason="x", file="a.csv", by="Rosa", day=date(2026, 11, 28))
    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=40, sha256="f" * 64)
    >>> gone = replace(row, is_removed=True, wrong=wrong)
    >>> with_wrong_files(Candidates(rows=(gone,))) == Candidates(rows=(row,))
    True
    """
    return replace(found, rows=tuple(as_before(row) for row in found.rows))


def released(found: Candidates, new: ScoredCandidate) -> tuple[ScoredCandidate, ...]:
    """Return the candidates that hold back no more once their kind is scored again.

    That needs as many cases: else somebody could run the test on some of them again.
    Nor may the test be older: else somebody could remove a result to upload an old one.
    Of a run that was left out nobody said the kind, so its name must be the same.
    """
    return tuple(
        replace(row, holds_back=False)
        for row in found.rows
        if row.holds_back and row.kind == new.kind and row.cases <= new.cases
        if not row.is_left_out or row.model == new.model
        if not (new.day and row.day and new.day < row.day)
    )
