"""The verdict table: what was weighed to the rows that match."""

from collections.abc import Iterator

from audits.frameworks.evaluation import EvaluationContext
from audits.frameworks.rules import ContextRule, Verdict, VerdictRule


def matching_rules(at: EvaluationContext) -> Iterator[VerdictRule]:
    """Yield the rows whose conditions hold, in order; the last row always does.

    A row with `measuring` matches only if measuring is worth its while, which is not
    asked here.
    """
    return at.framework.readers.holding(at.framework.verdict_rules)(at)


def verdict_of(rule: VerdictRule, context_rule: ContextRule) -> Verdict:
    """Return the verdict of a row: its own, or the context layer."""
    if rule.verdict == "context_layer":
        return context_rule.layer
    return rule.verdict
