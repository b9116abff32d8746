"""What holds for all answers, all levels of evidence and all markets, by version.

A law compares what no single case can show: two use cases that differ in what is
known. The rules of a version name its laws; docs/method.md tells why each holds.
Import it only where z3 is installed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import z3

from audits.frameworks.conditions import Failed, Only
from audits.frameworks.schema import Framework
from audits.scoring.proofs import pairs
from audits.scoring.proofs.advised import Advised
from audits.scoring.proofs.formulas import Formula, all_of, any_of
from audits.scoring.proofs.model import Example, Model

# Whether a need that was measured may be met by training; they are no evidence of it.
GATES = ("data_rights", "teacher_rights", "platform", "example_quality", "cost_case")
# The state of training is no evidence.
STATE = "state"
# Reasons that are rungs of the ladder: they lead on where a cheaper rung does not do.
RUNGS = ("X6", "X7", "X8")
# Answers that say that a cheaper way does it.
CHEAPER = {
    "quality_gap": "met",
    "smaller_model": "passes",
    "latency_evidence": "met",
    "unit_economics": "acceptable",
}
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
# What a limit that trains must know, and what it must be about.
LIMIT_NEEDS = (
    ("hosting", "latency", "volume"),
    ("examples", "teacher"),
    ("task_shape",),
    ("component",),
    ("goal",),
)
# What shows that it leaves nothing that passes.
LIMIT_PROOFS = ("quality_gap", "latency_evidence", "teacher")
ABLE_AND_PLANNED = {
    "mlops": ("ready",),
    "team": ("dedicated",),
    STATE: ("planned", "in_cycle"),
}
TRIED_BEFORE = {STATE: ("live_tuned", "failed_or_paused")}
# The worst that can be answered: nobody has it, or there is no need.
WORST = {
    "eval": ("none", "anecdotal"),
    "tried": ("nothing", "demo"),
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


@dataclass(frozen=True, slots=True)
class Broken:
    """A law, and the answers that break it: as they are, and as they are changed.

    `says` is the law in words.
    """

    law: str
    says: str
    before: Example
    after: Example | None


@dataclass(frozen=True, slots=True)
class _Case:
    """What may not be: formulas over a use case and, if there is one, its other."""

    model: Model
    other: Model | None
    formulas: tuple[Formula, ...]


type _Law = Callable[[Model], Iterator[_Case]]


def names(framework: Framework) -> tuple[str, ...]:
    """Return the laws of a framework's version."""
    return tuple(_LAWS.get((framework.name, framework.version), {}))


def broken(framework: Framework, only: str | None = None) -> Iterator[Broken]:
    """Yield the laws of a framework's version that do not hold, each once.

    Args:
        framework: The framework that decides.
        only: The one law to prove; None for all.
    """
    kept = _LAWS.get((framework.name, framework.version), {})
    model = Model(framework) if kept else None
    for law, cases in kept.items():
        if model and only in (None, law):
            found = _first_found(law, cases, model)
            if found:
                yield found


def _first_found(law: str, cases: _Law, model: Model) -> Broken | None:
    """Return the first answers that break a law; the solver then forgets its cases.

    Where a blocker holds that the framework excepts from the law, nothing breaks it.
    """
    excepted = [
        model.blockers[row.id]
        for row in model.framework.blockers
        if law in row.excepted_from
    ]
    says = (cases.__doc__ or "").partition(".")[0]
    model.solver.push()
    try:
        model.solver.add(z3.Not(any_of(excepted)))
        for case in cases(model):
            if model.solver.check(*case.formulas) != z3.unsat:
                solution = model.solver.model()
                after = case.other.example(solution) if case.other else None
                return Broken(law, says, case.model.example(solution), after)
    finally:
        model.solver.pop()
    return None


def _forgetting_evidence(model: Model) -> Iterator[_Case]:
    """Forgetting evidence never leads to training.

    Excepted is what leads on to the next rung. A language model: training that rests
    on limits, and on other rungs at most, where an answer said that a cheaper way does
    it. A small part: the same, or where what was scored or a smaller model passes.
    """
    other = pairs.forgetting(model, _evidence(model))
    yield from _led_on(model, other, z3.BoolVal(True))


def _from_worst_to_blank(model: Model) -> Iterator[_Case]:
    """Blanks are never nearer to training than the worst answers.

    The exceptions are those of forgetting.
    """
    other = pairs.forgetting(model, WORST)
    only_worst = all_of(
        z3.Or(
            any_of(model.given.options[question][option] for option in options),
            pairs.is_same(model, other, question),
        )
        for question, options in WORST.items()
    )
    yield from _led_on(model, other, only_worst)


def _led_on(model: Model, other: Model, changed: Formula) -> Iterator[_Case]:
    """Yield what leads to training and may not, a language model or a small part."""
    next_rung = z3.And(_rests_on_limits(other, RUNGS), _cheaper_way(model))
    untrained = z3.Not(Advised(model).trains)
    led_on = z3.And(changed, untrained, z3.Not(next_rung))
    yield _Case(model, other, (led_on, other.trained))
    passes = z3.Or(
        model.picked["quality_gap"]["met"], model.picked["smaller_model"]["passes"]
    )
    part = other.verdicts["train_small_part"]
    yield _Case(model, other, (led_on, part, z3.Not(passes)))


def _forgetting_to_approve(model: Model) -> Iterator[_Case]:
    """Forgetting any answers but the state never leads to an approval.

    Excepted is a use that was not settled as allowed: that is no evidence either. So is
    a training that was subject to nothing but its teacher, and is one without a teacher
    once the teacher is forgotten; and one that waited for readiness alone, if what
    is left of the need takes a small model and less of it.
    """
    other = pairs.forgetting(
        model, [q for q in model.framework.answerable if q != STATE]
    )
    was, then = Advised(model), Advised(other)
    rest = [x for gate, x in was.open_gates.items() if not gate.startswith("teacher")]
    only_teacher = z3.And(was.subject_to, z3.Not(any_of(rest)))
    without = z3.And(other.trained, z3.Not(other.facts["teacher_ok"].true))
    changed = z3.And(only_teacher, without, z3.Not(other.verdicts["distil"]))
    others = [x for gate, x in was.open_gates.items() if gate != "ready"]
    only_ready = z3.And(was.subject_to, z3.Not(any_of(others)))
    small = z3.Or(other.verdicts["distil"], other.verdicts["train_small_part"])
    less = z3.And(only_ready, small)
    not_settled = model.picked["regulatory"]["not_settled"]
    excepted = z3.Or(changed, less, not_settled)
    yield _Case(model, other, (z3.Not(was.approved), then.approved, z3.Not(excepted)))


def _lower_levels(model: Model) -> Iterator[_Case]:
    """Lowering the level of answers never leads to training."""
    other = pairs.asserting(model)
    untrained = z3.Not(Advised(model).trains)
    yield _Case(model, other, (untrained, Advised(other).trains))


def _claims_and_blockers(model: Model) -> Iterator[_Case]:
    """Nothing, small parts included, is trained on claims, or while a blocker holds."""
    trains = Advised(model).trains
    claimed = z3.Not(any_of(model.given.shown.values()))
    yield _Case(model, None, (claimed, trains))
    yield _Case(model, None, (trains, model.blocked))


def _able_and_planned(model: Model) -> Iterator[_Case]:
    """Being able to train, and plans to, never lead to training."""
    other = pairs.changing(model, ABLE_AND_PLANNED, but=TRIED_BEFORE)
    untrained = z3.Not(Advised(model).trains)
    yield _Case(model, other, (untrained, Advised(other).trains))


def _limits(model: Model) -> Iterator[_Case]:
    """A limit trains only where limit, data, job, part and fault are known.

    What it allows was shown to miss or to be too slow, or what passes is shown and
    ruled out. Resting on limits and a small part alone, it is approved only over a
    baseline that was scored and falls short.
    """
    measured = model.reasons["X8"]["measured"]
    for needed in LIMIT_NEEDS:
        yield _Case(model, None, (pairs.blank(model, needed), measured))
    shown = any_of(model.shown[question] for question in LIMIT_PROOFS)
    yield _Case(model, None, (measured, z3.Not(shown)))
    unscored = z3.Not(model.facts["gap_any"].true)
    rests = _rests_on_limits(model, ("X6", "X8"))
    yield _Case(model, None, (rests, unscored, Advised(model).approved))


def _no_scored_failure(model: Model) -> Iterator[_Case]:
    """The next step is no way that was scored and failed, nor is such a layer."""
    framework = model.framework
    steps = model.table(framework.step_rules)
    ways = framework.failure.ways if framework.failure else ()
    again = [
        z3.And(steps.fires[rule.id], model.true(Failed(rule.step)))
        for rule in framework.step_rules
        if rule.step in ways
    ]
    examples = z3.And(model.layers["few_shot"], model.true(Failed("examples")))
    yield _Case(model, None, (z3.Or(*again, examples),))


def _costs_bind(model: Model) -> Iterator[_Case]:
    """Where money is the only reason, nothing that is cheaper may do it.

    No language model is trained without a comparison, and no small part where a smaller
    hosted model passes, unless the trained one is computed to be cheaper.
    """
    smaller, cost = model.picked["smaller_model"], model.picked["cost_case"]
    compared = z3.Or(smaller["fails"], cost["trained_cheaper"])
    part = model.verdicts["train_small_part"]
    dear = z3.Or(
        z3.And(Advised(model).trains, cost["hosted_cheaper"]),
        z3.And(model.trained, z3.Not(compared)),
        z3.And(part, smaller["passes"], z3.Not(cost["trained_cheaper"])),
    )
    yield _Case(model, None, (model.only_reasons(("C2", "X7")), dear))


def _target_met(model: Model) -> Iterator[_Case]:
    """Where the target is met, only format, money or speed train."""
    met = model.picked["quality_gap"]["met"]
    others = any_of(model.reasons[r]["measured"] for r in ("C1", "C2", "X2", "X7"))
    yield _Case(model, None, (met, Advised(model).trains, z3.Not(others)))


def _facts_alone(model: Model) -> Iterator[_Case]:
    """Facts alone, or no fault, never train a model that writes, sees or hears."""
    none = ("nothing", "none_counted")
    facts = model.true(Only("goal", ("knowledge", "search", *none)))
    part = model.picked["component"]
    speaks = any_of(part[option] for option in ("generator", "vision", "speech"))
    could = z3.Or(speaks, z3.Not(model.is_known("component")))
    yield _Case(model, None, (facts, could, Advised(model).trains))


def _live(model: Model) -> Iterator[_Case]:
    """A live model is moved, kept or stopped only for what is shown.

    What ends is moved. What is shown to be beaten is not kept, and what is shown to
    miss only with a dated challenge. None is stopped without a showing, and none that
    is shown to meet its target is given up but for what passes.
    """
    given, stands = model.verdicts, model.picked["incumbent"]
    shown = model.shown["incumbent"]
    live = model.picked["state"]["live_tuned"]
    ends = model.facts["base_ends"].true
    prohibited = model.picked["data_rights"]["prohibited"]
    lasts = z3.And(live, z3.Not(ends))
    beaten = z3.And(shown, stands["beaten"])
    misses, mends = z3.And(shown, stands["misses"]), model.facts["mendable"].true
    affordable = model.facts["met_affordable"].true
    dated = model.verdict_table.fires["challenge_miss"]
    challenged = z3.And(dated, mends, z3.Not(affordable))
    facts, met = model.facts["facts_fault"].true, model.facts["met_proven"].true
    replaced = z3.Or(met, facts, beaten, z3.And(misses, z3.Not(mends)))
    stays = z3.Or(given["keep"], given["stop_fine_tuning"])
    for wrong in (
        (z3.Not(live), z3.Or(given["keep"], given["migrate"])),
        (live, ends, z3.Not(given["migrate"])),
        (lasts, given["keep"], z3.Or(beaten, z3.And(misses, z3.Not(challenged)))),
        (lasts, given["stop_fine_tuning"], z3.Not(z3.Or(replaced, prohibited))),
        (lasts, shown, stands["meets"], z3.Not(z3.Or(stays, prohibited))),
    ):
        yield _Case(model, None, wrong)


def _disputed_labels(model: Model) -> Iterator[_Case]:
    """Where experts disagree, only a check that needs no labels lets anything train."""
    disputed = model.picked["example_quality"]["inconsistent"]
    checked = model.picked["checker"]["automatic"]
    yield _Case(model, None, (disputed, z3.Not(checked), Advised(model).trains))


def _further_off(model: Model) -> Iterator[_Case]:
    """A smaller gap, or less readiness, never brings an approved training."""
    to: dict[str, list[str]] = {}
    for question, _, less in LESS:
        to.setdefault(question, []).append(less)
    other = pairs.changing(model, to, but={})
    changed = all_of(
        z3.Or(
            pairs.is_same(model, other, question),
            *(
                z3.And(model.given.options[q][more], other.given.options[q][less])
                for q, more, less in LESS
                if q == question
            ),
        )
        for question in to
    )
    was, then = Advised(model), Advised(other)
    yield _Case(model, other, (changed, then.approved, z3.Not(was.approved)))


def _evidence(model: Model) -> Iterator[str]:
    for question in model.framework.questions:
        if question.id not in (*GATES, STATE):
            yield question.id


def _rests_on_limits(model: Model, reasons: tuple[str, ...]) -> Formula:
    return z3.And(model.reasons["X8"]["measured"], model.only_reasons(reasons))


def _cheaper_way(model: Model) -> Formula:
    return any_of(model.picked[question][code] for question, code in CHEAPER.items())


_LAWS: dict[tuple[str, int], dict[str, _Law]] = {
    ("fine_tuning", 2): {
        "S2": _forgetting_evidence,
        "S3": _forgetting_to_approve,
        "S4": _from_worst_to_blank,
        "S5": _lower_levels,
        "S6": _no_scored_failure,
        "S9": _claims_and_blockers,
        "S10": _costs_bind,
        "S11": _target_met,
        "S12": _facts_alone,
        "S13": _able_and_planned,
        "S14": _live,
        "S17": _limits,
        "S18": _disputed_labels,
        "S19": _further_off,
    }
}
