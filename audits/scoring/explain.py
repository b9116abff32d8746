"""Puts an assessment into the framework's words: headline, lead, pushes."""

from audits.frameworks.evaluation import Codes
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.scoring.assessment import Push, Pushes, Settle
from audits.scoring.decision import Decision
from audits.scoring.trace import caution_holds, cite


def headline(framework: Framework, decision: Decision) -> str:
    """Return the headline of the verdict, for the state of training."""
    state = str(decision.at.answers.get(framework.state_question, UNKNOWN))
    words = framework.verdicts[decision.verdict].headlines[state]
    context = framework.verdicts[decision.context_layer].instead
    return words.replace("{context}", context)


def lead(framework: Framework, decision: Decision) -> str:
    """Return two or three sentences: what decided, and the context layer.

    A measured or claimed reason comes first, then the rule that fired.
    """
    statuses = decision.at.reasons
    reasons = [
        reason.words.claimed
        if statuses[reason.id] == "claimed" and reason.id not in decision.at.unproven
        else reason.words.measured
        for reason in framework.reasons
        if statuses[reason.id] != "absent"
    ]
    sentences = [*reasons[:2], decision.verdict_rule.text]
    if decision.verdict_rule.verdict != decision.context_layer:
        sentences.append(decision.context_rule.text)
    return " ".join(sentences)


def pushes(framework: Framework, codes: Codes) -> tuple[Pushes, ...]:
    """Return the arguments for and against each technique, the best first."""
    found: dict[str, list[Push]] = {technique: [] for technique in framework.techniques}
    for item_id, item in framework.answerable.items():
        code = codes.get(item_id, ())
        for option_id in (code,) if isinstance(code, str) else code:
            option = item.option(option_id)
            for technique, points in option.push.items() if option else ():
                found[technique].append(
                    Push(
                        question=item_id,
                        label=item.label,
                        answer=option.name if option else option_id,
                        points=points,
                        because=(option.because if option else None) or "",
                    )
                )
    totals = (
        Pushes(
            technique=technique,
            name=name,
            total=sum(push.points for push in found[technique]),
            pushes=tuple(sorted(found[technique], key=lambda push: -abs(push.points))),
        )
        for technique, name in framework.techniques.items()
    )
    return tuple(sorted(totals, key=lambda item: -item.total))


def settle(framework: Framework, decision: Decision) -> tuple[Settle, ...]:
    """Return what to settle before acting: the cautions that hold for this verdict."""
    return tuple(
        Settle(
            id=caution.id, text=caution.text, sources=cite(framework, caution.sources)
        )
        for caution in framework.cautions
        if decision.verdict in caution.verdicts
        and caution_holds(decision, caution.when)
    )
