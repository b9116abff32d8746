"""The day of a test, as a results file names it."""

from datetime import UTC, date, datetime, timedelta

from audits.evaluations.runs import EvaluationFile, RefusedEvaluationError

FIRST_DAY = date(2020, 1, 1)
_EARLIEST = timedelta(hours=14)  # the time zone in which a day begins first
# Where each tool writes it.
_PLACES = {
    "promptfoo": "results.timestamp",
    "Inspect": "eval.created",
    "lm-evaluation-harness": "date",
}


def require_days(found: EvaluationFile, now: datetime) -> None:
    """Refuse a file whose test is of a day that no result can be of.

    Raises:
        RefusedEvaluationError: The day is before 2020, or has started nowhere on Earth.
    """
    today = (now.astimezone(UTC) + _EARLIEST).date()
    for run in found.runs:
        if run.day is None or FIRST_DAY <= run.day <= today:
            continue
        is_old = run.day < FIRST_DAY
        why = "before 2020" if is_old else "still to come"
        place = _PLACES.get(run.tool, "The day")
        message = (
            f"“{place}” in the {found.format} file is {run.day:%-d %B} {run.day.year}, "
            f"{why}: correct the clock of the computer that runs the test, run the "
            "test again, and select that file."
        )
        raise RefusedEvaluationError(message)


def day_that_counts(day: date | None) -> date | None:
    """Return the day of a test; None if no result can be of it.

    >>> day_that_counts(date(2019, 3, 4)), day_that_counts(date(2026, 3, 4))
    (None, datetime.date(2026, 3, 4))
    """
    return day if day and FIRST_DAY <= day < date(2100, 1, 1) else None
