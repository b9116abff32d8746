"""Puts an assessment into the framework's words: headline, lead, pushes."""

from audits.frameworks.evaluation import Codes
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import LIVE, Framework
from audits.scoring.deciding.decision import Decision
from audits.scoring.deciding.rule_words import text_of, with_names
from audits.scoring.explaining.advice import Advice, naming_kept
from audits.scoring.explaining.assessment import Assessment, Settle
from audits.scoring.explaining.pushes import Push, Pushes
from audits.scoring.explaining.trace import caution_holds, cite


def headline(framework: Framework, decision: Decision, advice: Advice | None) -> str:
    """Return the sentence that says the verdict, fitted to the state of training."""
    state = str(decision.at.answers.get(framework.state_question, UNKNOWN))
    rule = decision.verdict_rule
    words = rule.headline or framework.verdicts[decision.verdict].headlines[state]
    if advice and not rule.headline:
        words = as_approved(framework, decision.verdict, advice, words)
    if advice and advice.step_headline and _step_leads(decision, advice):
        words = advice.step_headline
    filled = {
        "context": (kept := _kept(decision, advice)) or _instead(framework, decision),
        "training": framework.without_training.get(state, ""),
    }
    if decision.plan:
        filled["hours"] = str(decision.plan.hours)
    if advice:
        filled |= _advised(advice)
    for part in ("destination", "interim"):
        if part in filled:
            filled[part] = filled[part].format(**filled)
    words = naming_kept(decision, words.format(**filled))
    return words.replace(f": use {kept}, since ", ": ")  # not named twice


def as_approved(
    framework: Framework, verdict: Verdict, advice: Advice, words: str
) -> str:
    """Return a headline, which lets no training go ahead that is not approved.

    What is approved once checks are done waits for these, as its words go on to say.

    Args:
        framework: The framework, which has the words.
        verdict: The verdict of the headline.
        advice: What goes with it.
        words: The headline where training is approved.
    """
    prepare = framework.verdicts[verdict].prepare
    _, colon, rest = words.partition(":")
    if advice.standing in (None, "approve") or not (prepare and colon):
        return words
    waits = "" if advice.standing == "subject_to" else _NOT_YET
    return f"{prepare}{waits}:{rest}"


_NOT_YET = "; do not approve it yet"


def _step_leads(decision: Decision, advice: Advice) -> bool:
    return bool(advice.prerequisite) or decision.verdict_rule.verdict == "context_layer"


def _kept(decision: Decision, advice: Advice | None) -> str:
    """Name the candidate to keep, as the step does; empty where none is kept."""
    kept = decision.under.kept
    return kept if kept and advice and advice.step.id == "keep" else ""


def _instead(framework: Framework, decision: Decision) -> str:
    """Name the context layer, or what scored best where that is all there is."""
    row, best = decision.context_rule, decision.under.best
    if row.instead and best and framework.failure:
        return framework.failure.instead.get(best, row.instead)
    return row.instead or framework.verdicts[decision.context_layer].instead


def instead(framework: Framework, assessment: Assessment) -> str:
    """Name the context layer of an assessment, or what scored best in its place."""
    if (advice := assessment.advice) and advice.best:
        return advice.best.says
    steps = assessment.trace.context_rules
    fired = next(step.id for step in steps if step.outcome == "fired")
    rows = (row.instead for row in framework.context_rules if row.id == fired)
    return next(rows, None) or framework.verdicts[assessment.context_layer].instead


def _advised(advice: Advice) -> dict[str, str]:
    filled = {
        "step": advice.step.says,
        "interim": advice.interim.says,
        "labels": advice.label_source.says,
        "deadline": advice.deadline.says,
        "once": gated([gate.says for gate in advice.subject_to]) or _once_shown(advice),
    }
    if advice.training_kind:
        filled["kind"] = advice.training_kind.says
    if advice.destination:
        filled["destination"] = advice.destination.says
    return filled


def gated(gates: list[str]) -> str:
    """Name the first open gate, and count the others.

    >>> gated([]), gated(["once counsel agrees", "once a target is written down"])
    ('', ', once counsel agrees and one more check passes')
    """
    if not gates:
        return ""
    first, *others = gates
    if not others:
        return f", {first}"
    if len(others) == 1:
        return f", {first} and one more check passes"
    return f", {first} and {len(others)} more checks pass"


def _once_shown(advice: Advice) -> str:
    """Count the answers to show first; empty where that is not what it waits for."""
    number = len(advice.unproven_answers)
    if advice.standing != "not_shown":
        return ""
    return f", once {'1 answer is' if number == 1 else f'{number} answers are'} shown"


_AS_TOLD = "Some answers that training rests on still lack a link or file."


def lead(framework: Framework, decision: Decision, advice: Advice | None) -> str:
    """Return two or three sentences: what decided, and the context layer.

    A measured or claimed reason comes first, then the rule that fired. Beside a live
    model that stays or moves, the context layer is no advice. Where a step comes before
    all else, that decided. Answers that nothing shows are told last.
    """
    if advice and advice.prerequisite:
        return advice.prerequisite.because
    statuses = decision.at.reasons
    reasons = [
        reason.words.claimed
        if statuses[reason.id] == "claimed" and reason.id not in decision.at.unproven
        else with_names(reason.words.measured, decision.at)
        for reason in framework.reasons
        if statuses[reason.id] != "absent"
    ]
    rule, context = decision.verdict_rule, decision.context_rule
    sentences = [*reasons[:2], naming_kept(decision, text_of(rule, decision.at))]
    family = framework.verdicts[decision.verdict].family
    if framework.families[family].trains:
        sentences.append(context.beside or text_of(context, decision.at))
    elif family not in LIVE and rule.verdict != decision.context_layer:
        sentences.append(naming_kept(decision, text_of(context, decision.at)))
    if advice and advice.unproven_answers:
        sentences.append(_AS_TOLD)
    return " ".join(sentences)


def pushes(framework: Framework, codes: Codes) -> tuple[Pushes, ...]:
    """Return what the answers argue for and against, by technique, best first.

    There is nothing to return where no option of the framework argues.
    """
    if not framework.has_pushes:
        return ()
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


def is_simple_move(advice: Advice) -> bool:
    """Return whether a tuned model is moved to something that is not trained."""
    return advice.destination is not None and advice.training_kind is None


def settle(
    framework: Framework, decision: Decision, advice: Advice | None = None
) -> tuple[Settle, ...]:
    """Return what to settle before acting: the cautions that hold for this verdict.

    There is nothing while a step comes before acting at all, or to train no successor.
    """
    if advice and (advice.prerequisite or is_simple_move(advice)):
        return ()
    return tuple(
        Settle(
            id=caution.id, text=caution.text, sources=cite(framework, caution.sources)
        )
        for caution in framework.cautions
        if decision.verdict in caution.verdicts
        and caution_holds(decision, caution.when)
    )
