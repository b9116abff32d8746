"""What a results file of an evaluation tool says, in one shape for all tools."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, fsum

from audits.uploads.reading.refusals import UnreadableUploadError, Words

MOST_CASES = 100_000  # in a file, over all its runs
MOST_RUNS = 200


class RefusedEvaluationError(UnreadableUploadError):
    """The file is not read; says in one sentence which field, and what to do."""


RESULTS = Words("the results", RefusedEvaluationError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a run.

    Attributes:
        id: The same for the same case in every run of a tool.
        passed: Whether it passed; None if the tool gave a score and no verdict, or if
            the case has no result, such as after an error.
        score: As the tool gave it; None if it gave none.
    """

    id: str
    passed: bool | None = None
    score: float | None = None

    @property
    def is_judged(self) -> bool:
        """Whether the tool gave it a verdict or a score."""
        return self.passed is not None or self.score is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One candidate, scored by one measure on one set of cases.

    A number that the file does not have is None.

    Attributes:
        tool: The tool that wrote the file, such as "promptfoo".
        tool_version: As the file says.
        candidate: The model, or what else was evaluated, as the file calls it.
        bare_name: What the file would call it without the label of its prompt; None if
            the prompt has no label.
        task: The test set or task, as the file calls it.
        measure: The scorer or metric, where a file may have several.
        day: When it ran.
        cases: One for each case; empty if the file has only totals.
        n: Cases with a verdict or a score; an error has neither.
        passed: How many of these passed; None if they only have scores.
        mean_score: The mean of the scores.
        input_tokens: Tokens of all requests to the candidate, as the tool counts them.
            Inspect counts cached ones apart; promptfoo counts as the provider does.
        cached_tokens: Tokens that the provider read from its cache.
        output_tokens: Tokens of all its answers.
        cost: US dollars for all requests.
        p50_ms: Milliseconds that half of the cases took at most.
        p95_ms: Milliseconds that 95 of 100 cases took at most.
        errors: Cases that ended in an error, or were listed without a result.
        stand_in: What answered in the place of a model, such as promptfoo's “echo”;
            None if a model was asked.
        copies: How often the file has these cases, each time under other ids; None
            where each of them is there once.
        not_read: Columns of a sheet that were not read, each with why.
        faults: What the team wrote beside cases that failed, each with how many.
    """

    tool: str
    tool_version: str | None = None
    candidate: str | None = None
    bare_name: str | None = None
    task: str | None = None
    measure: str | None = None
    day: date | None = None
    cases: tuple[Case, ...] = ()
    n: int = 0
    passed: int | None = None
    mean_score: float | None = None
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    cost: Decimal | None = None
    p50_ms: int | None = None
    p95_ms: int | None = None
    errors: int | None = None
    stand_in: str | None = None
    not_read: str | None = None
    copies: int | None = None
    faults: tuple[tuple[str, int], ...] = ()

    @property
    def left_out(self) -> int:
        """Cases without a score that the tool itself leaves out, as Inspect does.

        All others without a score are `errors`, which count as not passed.
        """
        return max(0, len(self.cases) - self.n - (self.errors or 0))


def is_of_one(one: Run, other: Run) -> bool:
    """Return whether two runs score one candidate, as their files call it.

    >>> run = Run(tool="CSV", candidate="baseline")
    >>> is_of_one(run, Run(tool="CSV", candidate="baseline", n=9))
    True
    >>> is_of_one(run, Run(tool="promptfoo", candidate="baseline"))
    False
    """
    is_same_name = bool(one.candidate) and one.candidate == other.candidate
    return is_same_name and _are_measured_alike(one, other)


def is_of_one_but_for_label(one: Run, other: Run) -> bool:
    """Return whether only one of two runs has a label, and they are alike without it.

    >>> run = Run(tool="promptfoo", candidate="luna, Short", bare_name="luna")
    >>> is_of_one_but_for_label(run, Run(tool="promptfoo", candidate="luna"))
    True
    >>> is_of_one_but_for_label(run, run)
    False
    """
    if bool(one.bare_name) is bool(other.bare_name):
        return False
    bare = (one.bare_name or one.candidate, other.bare_name or other.candidate)
    return bare[0] == bare[1] and _are_measured_alike(one, other)


def _are_measured_alike(one: Run, other: Run) -> bool:
    names = ("tool", "task", "measure")
    return all(getattr(one, name) == getattr(other, name) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFile:
    """A results file: its format, such as "Inspect", and its runs, at least one.

    `inputs` is a digest of the inputs of all cases; empty where one lacks it, or
    where the format has another id than a number for each case.
    """

    format: str
    runs: tuple[Run, ...]
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What the cases of a run add up to: see `Run` for each number."""

    n: int
    passed: int | None
    mean_score: float | None


def judged_cases(run: Run) -> tuple[Case, ...]:
    """Return the cases of a run, those with an error or without a score as failed.

    Where the tool leaves some out, nobody can tell which; then all stay as they are.

    >>> run = Run(tool="CSV", cases=(Case(id="a"),), passed=0, errors=1)
    >>> judged_cases(run)
    (Case(id='a', passed=False, score=0.0),)
    """
    unjudged = sum(not case.is_judged for case in run.cases)
    if not unjudged or unjudged != run.errors:
        return run.cases
    passed = None if run.passed is None else False
    return tuple(
        case if case.is_judged else Case(id=case.id, passed=passed, score=0.0)
        for case in run.cases
    )


def totals(cases: Sequence[Case]) -> Totals:
    """Return what cases add up to.

    `passed` is None unless every judged case has a verdict, `mean_score` unless every
    judged case has a score.

    >>> totals([Case(id="a", passed=True), Case(id="b", passed=False), Case(id="c")])
    Totals(n=2, passed=1, mean_score=None)
    """
    judged = [case for case in cases if case.is_judged]
    verdicts = [case.passed for case in judged if case.passed is not None]
    scores = [case.score for case in judged if case.score is not None]
    has_verdicts = bool(judged) and len(verdicts) == len(judged)
    has_scores = bool(judged) and len(scores) == len(judged)
    return Totals(
        n=len(judged),
        passed=sum(verdicts) if has_verdicts else None,
        mean_score=fsum(scores) / len(scores) if has_scores else None,
    )


def one_case(repetitions: Sequence[Case]) -> Case:
    """Return one case for all repetitions of it, because they depend on each other.

    Its score is the share of the repetitions that passed or, without verdicts, the mean
    of their scores. A repetition without a result, such as an error, is left out.

    >>> one_case([Case(id="a", passed=True), Case(id="a", passed=False), Case(id="a")])
    Case(id='a', passed=None, score=0.5)
    """
    if len(repetitions) == 1:
        return repetitions[0]
    added = totals(repetitions)
    mean = added.mean_score if added.passed is None else added.passed / added.n
    return Case(id=repetitions[0].id, score=mean)


def with_verdicts(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return cases that passed at score 1 and failed at 0, if no other score occurs.

    >>> with_verdicts([Case(id="a", score=1.0), Case(id="b", score=0.0)])[0].passed
    True
    >>> with_verdicts([Case(id="a", score=1.0), Case(id="b", score=0.5)])[0].passed
    """
    scores = {case.score for case in cases if case.score is not None}
    if not scores or scores - {0.0, 1.0}:
        return tuple(cases)
    return tuple(
        case
        if case.passed is not None or case.score is None
        else Case(id=case.id, passed=case.score == 1.0, score=case.score)
        for case in cases
    )


def slowest(milliseconds: Sequence[float], share: float) -> int | None:
    """Return the time that a share of the cases took at most; None without times.

    It is the time of a case, and not between two.

    >>> slowest([40.0, 10.0, 20.0, 30.0], 0.5), slowest([10.0, 20.0], 0.95)
    (20, 20)
    """
    if not milliseconds:
        return None
    place = ceil(share * len(milliseconds))
    return round(sorted(milliseconds)[max(place, 1) - 1])
