"""The month of docs/worked_costs.md that is compared with what a paper said."""

from datetime import date
from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.scoring.tracking.months import followed
from audits.scoring.tracking.said import said_of
from audits.usage.rows import Usage, UsageFile
from tests.scoring.costs.worked_decisions import Numbers, assessed
from tests.scoring.twelve_verdicts import ANSWERS

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
SYNTHETIC = UsageFile(
    format="CSV",
    first=FIRST,
    last=LAST,
    currency="USD",
    rows=(
        Usage(
            day=FIRST,
            model="gemini-4-argon",
            requests=90_000,
            input_tokens=630_000_000,
            cached_tokens=315_000_000,
            output_tokens=36_000_000,
            cost=Decimal(2080),
        ),
        Usage(
            day=date(2026, 12, 20),
            model="openai/gpt-6-luna",
            requests=30_000,
            input_tokens=210_000_000,
            cached_tokens=105_000_000,
            output_tokens=12_000_000,
            cost=Decimal(20),
        ),
    ),
)


def v31() -> Numbers:
    paper = assessed(
        ANSWERS["prompt_long_context"], model="gemini-4-argon", today="prompt"
    )
    found = followed(said_of(current(), paper), SYNTHETIC, date(2027, 1, 1))
    [month] = found.months
    made = month.split.as_printed
    assert made.seen is not None
    parts: Numbers = {
        part.causes[0]: part.amount for part in made.parts if part.amount is not None
    }
    assert len(parts) == len(made.parts) == 6
    return {
        "said_month": found.said.month.expected,
        "seen_month": made.seen,
        **parts,
        "difference": made.seen - made.said,
    }
