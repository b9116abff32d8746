"""Whether a run meets a pass mark, even at the lower end of what its cases allow."""

from dataclasses import dataclass
from typing import Literal

from audits.evaluations.runs import Run
from audits.evaluations.statistics.means import mean_interval
from audits.evaluations.statistics.shares import Interval, wilson
from audits.evaluations.statistics.sizes import said_cases_needed, scores_needed

MarkState = Literal["met", "not_met", "open"]
Unknown = Literal["", "no_cases", "no_score", "few", "scale"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A run compared with a pass mark.

    Attributes:
        state: “met” if the whole interval is at the mark or above, “not_met” if it is
            below, else “open”. It is open, too, if cases with an error or without a
            score could change that.
        interval: Of the share of the scored cases that passed, or of the mean score.
            None if it cannot be judged.
        more: Cases that would settle it in 4 of 5 tests, in round numbers; None if it
            is settled or nobody can say.
        unknown: Why it cannot be judged: the file has no cases, cases without a score
            decide, there are too few scores or all are the same, or scores are not
            between 0 and 1.
    """

    state: MarkState
    interval: Interval | None = None
    more: int | None = None
    unknown: Unknown = ""


def interval_of(run: Run) -> Interval | None:
    """Return the 95 % interval of a run's pass rate, or else of its mean score.

    It is that of the cases that have a verdict. Among scores, a case with an error or
    without one has 0. None if there are no verdicts, and no scores of cases.
    """
    if run.passed is not None and run.n:
        return wilson(run.passed, run.n)
    return mean_interval(_scores(run))


def judged(run: Run, mark: float) -> Judgement:
    """Compare a run with a pass mark.

    Args:
        run: The run.
        mark: The share of cases that must pass, above 0 and below 1; for a run that
            has scores alone, the mean score that is needed.
    """
    if run.passed is not None and run.n:
        more = said_cases_needed(run.passed, run.n, mark)
        found = _judged(wilson(run.passed, run.n), mark, more)
        return found if _is_so_with_errors(run, mark, found) else _UNSCORED
    if run.passed is not None and run.errors:
        return _UNSCORED
    scores = _scores(run)
    if not run.cases:
        return Judgement(state="open", unknown="no_cases")
    if any(not 0 <= score <= 1 for score in scores):
        return Judgement(state="open", unknown="scale")
    interval = mean_interval(scores)
    if interval is None:
        return Judgement(state="open", unknown="few")
    return _judged(interval, mark, scores_needed(scores, mark))


_UNSCORED = Judgement(state="open", unknown="no_score")


def _is_so_with_errors(run: Run, mark: float, found: Judgement) -> bool:
    """Whether it stays so if all cases without a score had passed, or had failed."""
    errors, passed = run.errors or 0, run.passed or 0
    ends = (wilson(passed + gained, run.n + errors) for gained in (errors, 0))
    return not errors or all(_judged(x, mark, None).state == found.state for x in ends)


def _judged(interval: Interval, mark: float, more: int | None) -> Judgement:
    if interval.low >= mark:
        return Judgement(state="met", interval=interval)
    if interval.high < mark:
        return Judgement(state="not_met", interval=interval)
    return Judgement(state="open", interval=interval, more=more)


def _scores(run: Run) -> list[float]:
    scores = [case.score for case in run.cases if case.score is not None]
    return [*scores, *[0.0] * (run.errors or 0)] if run.cases else []
