"""What papers said of a month, and synthetic usage of months after them."""

from datetime import date, timedelta
from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.scoring.tracking.months import Followed, followed
from audits.scoring.tracking.said import Said, said_of
from audits.usage.rows import Usage, UsageFile
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

MODEL = "claude-sonnet-5-5"
READ_ON = date(2027, 12, 1)  # when all months of these files are over


def said_of_a_prompt(**numbers: str | None) -> Said:
    """Return what a paper said of a prompt, with people whose share is uncertain."""
    given = {"today": "prompt", "upkeep_share_prompt": None} | numbers
    paper = assessed(ANSWERS["prompt_long_context"], **given)
    return said_of(current(), paper)


def a_day(
    day: date,
    times: int = 1,
    *,
    model: str | None = MODEL,
    cost: Decimal | None = None,
) -> Usage:
    """Return synthetic usage of a day as the paper assumed that of a month."""
    return Usage(
        day=day,
        model=model,
        requests=100_000 * times,
        input_tokens=650_000_000 * times,
        cached_tokens=540_000_000 * times,
        output_tokens=30_000_000 * times,
        cost=cost,
    )


def usage(*rows: Usage, first: date, days: int, currency: str = "USD") -> UsageFile:
    return UsageFile(
        format="CSV",
        first=first,
        last=first + timedelta(days=days - 1),
        rows=rows,
        currency=currency if any(row.cost is not None for row in rows) else None,
    )


def december(*rows: Usage, currency: str = "USD", **numbers: str | None) -> Followed:
    """Return December 2026 with these rows beside what a paper said."""
    found = usage(*rows, first=date(2026, 12, 1), days=31, currency=currency)
    return followed(said_of_a_prompt(**numbers), found, READ_ON)
