"""What each verdict asks for that a reviewer can put in place of a computed one."""

from dataclasses import dataclass

from audits.frameworks.rules import Verdict
from audits.models import Audit
from audits.scoring import Assessment
from audits.scoring.board.offered import verdicts_offered, why_ruled_out
from audits.scoring.money.amounts import dollars, in_range
from audits.scoring.sums.decision_rows import DecisionRow
from audits.scoring.untested import lacks_examples
from audits.services.portfolio.asked import computed_row, row_instead
from audits.services.verdicts.assessments import assessment_of, framework_of


@dataclass(frozen=True, slots=True)
class OverrideChoice:
    """A verdict that can count: its money, and why the result rules it out, or not."""

    verdict: str
    name: str
    money: str
    ruled_out: str


def override_choices(audit: Audit) -> tuple[str, tuple[OverrideChoice, ...]]:
    """Return what the computed verdict asks for, and each other that can count."""
    assessment, framework = assessment_of(audit), framework_of(audit)
    computed = computed_row(audit, assessment)
    return money_said(computed, None), tuple(
        OverrideChoice(
            verdict=verdict,
            name=name,
            money=money_said(row_instead(audit, assessment, verdict), computed)
            + _needs(assessment, verdict),
            ruled_out=why_ruled_out(assessment, verdict),
        )
        for verdict, name in verdicts_offered(framework, assessment)
        if verdict != audit.override
    )


def money_said(row: DecisionRow, computed: DecisionRow | None) -> str:
    """Say what a verdict asks for over 12 months, beside what is computed.

    Args:
        row: What it asks for.
        computed: What the computed verdict asks for; None to compare with nothing.
    """
    if row.asked is None:
        said = f"Asks for no amount: {row.no_amount.lower()}"
    else:
        has_range = row.asked.low != row.asked.high
        sum_said = in_range(row.asked) if has_range else dollars(row.asked.expected)
        least = "at least " if row.bound == "at least" else ""
        said = f"Asks for {least}{sum_said} over 12 months"
        if row.bound == "in part":
            said += f", plus {'; '.join(row.left_out)}"
    return f"{said}{_beside(row, computed) if computed else ''}."


def _needs(assessment: Assessment, verdict: Verdict) -> str:
    """Say what a verdict waits for, where the answers show that it is not there."""
    lacks = verdict == "few_shot" and lacks_examples(assessment, "few_shot")
    return " It needs 10 good examples first." if lacks else ""


def _beside(row: DecisionRow, computed: DecisionRow) -> str:
    """Say how much more or less that is than what the computed verdict asks for."""
    if row.asked is None and computed.asked is None:
        return ", as the computed verdict does"
    if row.asked is None or computed.asked is None:
        asks = dollars(computed.asked.expected) if computed.asked else "no amount"
        return f"; the computed verdict asks for {asks}"
    more = row.asked.expected - computed.asked.expected
    if not more:
        return ", as much as the computed verdict"
    return f", {dollars(abs(more))} {'more' if more > 0 else 'less'} than computed"
