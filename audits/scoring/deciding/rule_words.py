"""What a rule says of one use case: of its alternatives, the one that holds."""

from audits.frameworks.evaluation import EvaluationContext, holds, is_certain
from audits.frameworks.rule_cases import RuleCase
from audits.frameworks.rules import ContextRule, VerdictRule


def case_of(rule: object, at: EvaluationContext) -> RuleCase | None:
    """Return the first alternative of a rule that is known to hold, if it has any.

    Args:
        rule: A rule that holds.
        at: What is known, with the reasons and blockers that were weighed.
    """
    cases = rule.cases if isinstance(rule, ContextRule | VerdictRule) else ()
    return next((case for case in cases if is_certain(case.when, at)), None)


def text_of(rule: ContextRule | VerdictRule, at: EvaluationContext) -> str:
    """Return the sentence of a rule that holds, as `case_of` does."""
    case = case_of(rule, at)
    return with_names(case.text, at) if case else rule.text


def with_names(words: str, at: EvaluationContext) -> str:
    """Return words with what holds in the places that name it, such as `{limit}`.

    Args:
        words: Words of a rule or a reason.
        at: What is known.
    """
    if "{" not in words:
        return words
    held = {
        place: " and ".join(x.says for x in rows if holds(x.when, None, at))
        for place, rows in at.framework.named.items()
        if f"{{{place}}}" in words
    }
    return words.format(**held)
