"""Why page 1 has its verdict: what is found once, and practices as a number."""

import re
from collections.abc import Sequence
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.money.words import Money
from audits.scoring.summary.found.found import Found
from audits.scoring.summary.why_rows import why_rows

_FEWEST = 2  # practices: one alone has another verb


def why_counted(
    framework: Framework, assessment: Assessment, money: Money | None
) -> tuple[Found, ...]:
    """Return the rows of the verdict: what is found once, practices as a number.

    An answer is of a span, as “two or three of five”, and the terms name the number.

    Args:
        framework: The framework, which has the words.
        assessment: The frozen assessment.
        money: The money behind the verdict, which names the practices that lack.
    """
    rows, role = _once(why_rows(framework, assessment)), framework.practices_question
    lacking = money.practices if money else None
    if role is None or lacking is None or not lacking.names:
        return rows
    of = len(framework.question_by_id[role].ticks)
    there, code = of - len(lacking.names), str(assessment.codes.get(role))
    words = framework.findings.get(role)
    span = words.answers.get(code, "").partition(" of ")[0] if words else ""
    if there < _FEWEST or not span:
        return rows
    pattern = re.compile(rf"\b{re.escape(span)} of \w+(?= practices)", re.IGNORECASE)
    return tuple(
        replace(row, found=pattern.sub(f"{there} of {of}", row.found)) for row in rows
    )


def _once(rows: Sequence[Found]) -> tuple[Found, ...]:
    """Return rows, of which those that say the same are one with all their rules."""
    found: list[Found] = []
    for row in rows:
        before = found[-1] if found else None
        if before and _printed(before) == _printed(row):
            both = f"{before.condition} and {lower_first(row.condition)}"
            found[-1] = replace(before, condition=both)
        else:
            found.append(row)
    return tuple(found)


def _printed(row: Found) -> tuple[str, str, str | None, bool, bool]:
    """Return all that page 1 has of a row but its rule."""
    proof = row.level, bool(row.agrees), bool(row.better)
    return row.holds_in_short, row.in_brief, *proof
