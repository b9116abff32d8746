"""What holds of every set of answers to version 2, tried on one set after the other.

Most are proved in `proofs.laws`; here the same is said in other words, of the code that
decides, so that a wrong formula is noticed.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import get_args

from audits.frameworks.answering import flow
from audits.frameworks.rules import ForgettingLaw, Verdict
from audits.frameworks.schema import Framework
from audits.scoring.deciding.possibilities import possibilities
from tests.scoring.proofs.version_2_sets import Case, any_code

GATES = ("data_rights", "teacher_rights", "platform", "example_quality", "cost_case")
WORST = {
    "eval": ("none", "anecdotal"),
    "tried": (("nothing",), ("demo",)),
    "examples": ("none", "few", "unlabelled_logs"),
    "checker": ("none", "labels", "partial"),
    "pairs": ("none", "some"),
    "mlops": ("none",),
    "team": ("none", "borrowed"),
    "quality_gap": ("met",),
    "domain_evidence": ("base_ok",),
    "unit_economics": ("acceptable",),
    "latency_evidence": ("met",),
    "format_evidence": ("measured_ok",),
}

SMALL_MODELS = ("distil", "train_small_part")
# From a gap to a smaller one, and from readiness to less.
LESS = (
    ("quality_gap", "large", "small"),
    ("quality_gap", "often_wrong", "some_wrong"),
    ("mlops", "ready", "partial"),
    ("mlops", "ready", "none"),
    ("mlops", "partial", "none"),
    ("team", "dedicated", "borrowed"),
    ("team", "dedicated", "none"),
)

type Law = Callable[[Case, Random], Iterator[str]]


def total(case: Case, chance: Random) -> Iterator[str]:
    order = list(case.answers)
    chance.shuffle(order)
    shuffled = replace(case, answers={q: case.answers[q] for q in order})
    if case.verdict not in get_args(Verdict):
        yield f"no verdict: {case.verdict}"
    if (shuffled.verdict, shuffled.advice) != (case.verdict, case.advice):
        yield "the order of answers matters"


def forgetting_evidence(case: Case, chance: Random) -> Iterator[str]:
    evidence = [q for q in case.answers if q not in (*GATES, "state")]
    chance.shuffle(evidence)
    several = evidence[: chance.randint(2, 6)]
    for forgotten in [*([q] for q in evidence[:4]), several]:
        then = case.without(*forgotten)
        yield from _led_on(case, then, "S2", f"forgetting {forgotten}")


def forgetting_to_approve(case: Case, chance: Random) -> Iterator[str]:
    if case.advice.standing == "approve" or case.is_excepted_from("S3"):
        return
    given = [q for q in case.answers if q != "state"]
    chance.shuffle(given)
    gates = {gate.id for gate in case.advice.subject_to}
    for forgotten in [*([q] for q in given[:4]), given[: chance.randint(2, 8)]]:
        then = case.without(*forgotten)
        needs_no_teacher = then.verdict in ("fine_tune", "fine_tune_after_mlops")
        teacher = {"teacher", "teacher_barred", "teacher_score"}
        needs_no_teacher &= bool(gates) and gates <= teacher
        needs_less = gates == {"ready"} and then.verdict in SMALL_MODELS
        needs_less |= "use" in gates
        if then.advice.standing == "approve" and not (
            (needs_no_teacher and not then.holds("teacher_ok")) or needs_less
        ):
            yield f"approved by forgetting {forgotten}"


def from_worst_to_blank(case: Case, chance: Random) -> Iterator[str]:
    for question, options in WORST.items():
        if case.answers.get(question) in options:
            then = case.without(question)
            yield from _led_on(case, then, "S4", f"a blank {question}")


def _led_on(case: Case, then: Case, law: ForgettingLaw, how: str) -> Iterator[str]:
    """Yield what led to training and may not: the next rung may, if a cheaper does."""
    if case.trains or not then.trains or case.is_excepted_from(law):
        return
    known = case.decision.at.answers
    passes = known.get("quality_gap") == "met" or known.get("smaller_model") == "passes"
    is_cheaper = passes or known.get("latency_evidence") == "met"
    is_cheaper |= known.get("unit_economics") == "acceptable"
    if "X8" in then.measured <= {"X6", "X7", "X8"} and is_cheaper:
        return
    if then.trains_a_language_model or not passes:
        yield f"{how} leads to {then.verdict}"


def lower_levels(case: Case, chance: Random) -> Iterator[str]:
    shown = [q for q in sorted(case.answers) if case.is_shown(q)]
    if case.trains or not shown:
        return
    for questions in (shown, chance.sample(shown, chance.randint(1, len(shown)))):
        if case.asserting(*questions).trains:
            yield f"{questions} only asserted leads to training"


def no_scored_failure(case: Case, chance: Random) -> Iterator[str]:
    failed, step = case.decision.at.failed, case.advice.step.id
    layer = case.decision.context_layer
    if step in failed:
        yield f"{step} failed and is advised"
    if layer == "few_shot" and "examples" in failed:
        yield "examples failed and are advised"
    if layer == "rag" and step == "documents" and "documents" in failed:
        yield "retrieval failed and is advised"


def hidden_answers(case: Case, chance: Random) -> Iterator[str]:
    framework = case.framework
    shown = {question.id for question in flow.applicable(framework, case.answers)}
    hidden = [q for q in framework.question_by_id if q not in shown]
    overlaid = case.answers | {q: any_code(chance, q) for q in hidden}
    if flow.relevant(framework, overlaid) != flow.relevant(framework, case.answers):
        yield f"one of {hidden} counts"


def worth_measuring(case: Case, chance: Random) -> Iterator[str]:
    if case.verdict != "gather_evidence":
        return
    plan = case.decision.plan
    if plan is None or not case.holds("at_stake"):
        yield "nothing is at stake, or there is no plan"
        return
    if not 1 <= len(plan.experiments) <= 2 or plan.hours > 60:
        yield f"{len(plan.experiments)} experiments of {plan.hours} hours"
    trained = {"distil", "fine_tune", "fine_tune_after_mlops", "train_small_part"}
    leads_on = case.holds("uncounted") or not trained.isdisjoint(plan.outcomes)
    if len(plan.outcomes) < 2 or not leads_on:
        yield f"it can only become {sorted(plan.outcomes)}"


def claims_and_blockers(case: Case, chance: Random) -> Iterator[str]:
    claimed = replace(case, levels={}, unmarked="asserted")
    if claimed.trains:
        yield "claims train"
    if case.trains and case.decision.blockers:
        yield f"trained in spite of {case.decision.blockers}"


def costs_bind(case: Case, chance: Random) -> Iterator[str]:
    if not case.trains or not case.measured <= {"C2", "X7"}:
        return
    known = case.decision.at.answers
    is_cheaper = known.get("cost_case") == "trained_cheaper"
    if known.get("cost_case") == "hosted_cheaper":
        yield "trained although a hosted model is cheaper"
    if case.verdict == "train_small_part":
        if known.get("smaller_model") == "passes" and not is_cheaper:
            yield "a small part is trained although a smaller model passes"
    elif known.get("smaller_model") != "fails" and not is_cheaper:
        yield "trained for money without a comparison"


def target_met(case: Case, chance: Random) -> Iterator[str]:
    is_met = case.decision.at.answers.get("quality_gap") == "met"
    if case.trains and is_met and case.measured.isdisjoint(("C1", "C2", "X2", "X7")):
        yield f"the target is met, and {case.measured} trains"


def facts_alone(case: Case, chance: Random) -> Iterator[str]:
    known = case.decision.at.answers
    faults, part = known.get("goal", ()), known.get("component", "unknown")
    facts = {"knowledge", "search", "nothing", "none_counted"}
    speaks = part in ("generator", "vision", "speech", "unknown")
    if case.trains and faults != "unknown" and set(faults) <= facts and speaks:
        yield "facts alone train a model"


def able_and_planned(case: Case, chance: Random) -> Iterator[str]:
    if case.trains:
        return
    changes = [("mlops", "ready"), ("team", "dedicated")]
    if case.answers.get("state") not in ("live_tuned", "failed_or_paused"):
        changes += [("state", "planned"), ("state", "in_cycle")]
    for question, option in changes:
        if case.having({question: option}).trains:
            yield f"{question} {option} leads to training"


def live(case: Case, chance: Random) -> Iterator[str]:
    known, verdict = case.decision.at.answers, case.verdict
    if known.get("state") != "live_tuned":
        if verdict in ("keep", "migrate"):
            yield f"nothing is live, and the verdict is {verdict}"
    elif case.holds("base_ends"):
        if verdict != "migrate":
            yield "its base or its rules end, and it is not moved"
    else:
        yield from _live_and_lasting(case)


def _live_and_lasting(case: Case) -> Iterator[str]:
    known, verdict = case.decision.at.answers, case.verdict
    stands = known.get("incumbent") if case.is_shown("incumbent") else None
    is_prohibited = known.get("data_rights") == "prohibited"
    is_poor = stands == "beaten" or (stands == "misses" and not _is_challenged(case))
    if verdict == "keep" and is_poor:
        yield f"it {stands}, and is kept"
    elif verdict == "stop_fine_tuning":
        if not (is_prohibited or _is_shown_to_be_replaced(case, stands)):
            yield "it is stopped without a showing"
    elif verdict != "keep" and stands == "meets" and not is_prohibited:
        yield f"it meets its target, and the verdict is {verdict}"


def _is_challenged(case: Case) -> bool:
    is_dated = case.decision.verdict_rule.id == "challenge_miss"
    return is_dated and case.holds("mendable") and not case.holds("met_affordable")


def _is_shown_to_be_replaced(case: Case, stands: object) -> bool:
    if case.holds("met_proven") or case.holds("facts_fault") or stands == "beaten":
        return True
    return stands == "misses" and not case.holds("mendable")


def strengthens(framework: Framework) -> tuple[str, ...]:
    """Return the questions of “Risks and changes”."""
    section = framework.strengthening_section
    return tuple(q.id for q in framework.questions if q.section == section)


def strengthening(case: Case, chance: Random) -> Iterator[str]:
    if case.without(*strengthens(case.framework)).verdict != case.verdict:
        yield "an answer that only strengthens the case changes the verdict"


def stopping(case: Case, chance: Random) -> Iterator[str]:
    if chance.random() < 0.8:  # it takes long
        return
    framework = case.framework
    share = chance.choice([0.3, 0.6, 0.8, 0.9])
    computed = {value.id for value in framework.computed}
    part = {
        q: code
        for q, code in case.answers.items()
        if q in computed or chance.random() < share
    }
    can_be = possibilities(framework, part, set(part), case.under)
    if case.verdict not in can_be.verdicts:
        yield f"{sorted(part)} were answered, and {case.verdict} was ruled out"
    if can_be.is_settled and replace(case, answers=part).verdict != case.verdict:
        yield f"{sorted(part)} were answered, and others change {case.verdict}"


def limits(case: Case, chance: Random) -> Iterator[str]:
    if not case.trains or "X8" not in case.measured:
        return
    for needed in (
        ("hosting", "latency", "volume"),
        ("examples", "teacher"),
        ("task_shape",),
        ("component",),
        ("goal",),
    ):
        if "X8" in case.without(*needed).measured:
            yield f"a limit trains without {needed}"
    unproved = case.asserting("quality_gap", "latency_evidence", "teacher")
    if "X8" in unproved.measured:
        yield "a limit trains, and nothing shows what it leaves"
    approved = case.advice.standing == "approve"
    if case.measured <= {"X6", "X8"} and approved and not case.holds("gap_any"):
        yield "a limit is approved without a scored baseline"


def disputed_labels(case: Case, chance: Random) -> Iterator[str]:
    disputed = case.having({"example_quality": "inconsistent"})
    known = disputed.decision.at.answers
    if known.get("checker") != "automatic" and disputed.trains:
        yield "labels that experts dispute train"


def further_off(case: Case, chance: Random) -> Iterator[str]:
    if case.advice.standing == "approve":
        return
    known = case.decision.at.answers
    for question, more, less in LESS:
        if known.get(question) != more:
            continue
        then = case.having({question: less})
        if then.advice.standing == "approve":
            yield f"{question} {less} in place of {more} is approved"


LAWS: dict[str, Law] = {
    "S1": total,
    "S2": forgetting_evidence,
    "S3": forgetting_to_approve,
    "S4": from_worst_to_blank,
    "S5": lower_levels,
    "S6": no_scored_failure,
    "S7": hidden_answers,
    "S8": worth_measuring,
    "S9": claims_and_blockers,
    "S10": costs_bind,
    "S11": target_met,
    "S12": facts_alone,
    "S13": able_and_planned,
    "S14": live,
    "S15": strengthening,
    "S16": stopping,
    "S17": limits,
    "S18": disputed_labels,
    "S19": further_off,
}
