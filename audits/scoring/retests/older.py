"""Whether a result is older than another, by the days of their tests."""

from datetime import date

from audits.scoring.days import in_words


def why_older(day: date | None, then: date | None, uploaded: date | None) -> str:
    """Return why a result is older than another; empty if it is not, or nobody knows.

    Where a file names no day of its test, the day of its upload counts.

    Args:
        day: When the test of the result ran; None if its file does not say.
        then: When that of the other ran.
        uploaded: When the other was uploaded.

    >>> why_older(date(2026, 10, 1), date(2026, 11, 20), None)
    'it is older: it ran on 1 October 2026, the other on 20 November 2026'
    >>> why_older(date(2026, 10, 1), None, date(2026, 11, 29))[39:]
    'the other was uploaded on 29 November 2026 and names no day'
    >>> why_older(None, date(2026, 11, 20), None)
    ''
    """
    known = then or uploaded
    if day is None or known is None or day >= known:
        return ""
    on = in_words(known)
    other = f"the other on {on}"
    if then is None:
        other = f"the other was uploaded on {on} and names no day"
    return f"it is older: it ran on {in_words(day)}, {other}"
