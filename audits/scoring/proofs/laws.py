"""What holds for all answers, all levels of evidence and all markets, by version.

A law compares what no single case can show: two use cases that differ in what is
known. The rules of a version name its laws; docs/method.md tells why each holds.
Import it only where z3 is installed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import z3

from audits.frameworks.schema import Framework
from audits.scoring.proofs import pairs
from audits.scoring.proofs.advised import Advised
from audits.scoring.proofs.formulas import Formula, all_of, any_of
from audits.scoring.proofs.model import Example, Model

# Whether a need that was measured may be met by training; they are no evidence of it.
GATES = ("data_rights", "teacher_rights", "platform", "example_quality", "cost_case")
# Where one stands is not what one knows.
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
# What a limit that trains must know, and what it must be about.
LIMIT_NEEDS = (
    ("hosting", "latency", "volume"),
    ("examples", "teacher"),
    ("task_shape",),
    ("component",),
    ("goal",),
)
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
    "checker": ("none", "partial"),
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
    """A law, and the answers that break it: as they are, and as they are changed."""

    law: str
    before: Example
    after: Example | None


@dataclass(frozen=True, slots=True)
class _Case:
    """What may not be: formulas over a use case and, if there is one, its other."""

    model: Model
    other: Model | None
    formulas: tuple[Formula, ...]


type _Law = Callable[[Framework], Iterator[_Case]]


def broken(framework: Framework, only: str | None = None) -> Iterator[Broken]:
    """Yield the laws of a framework's version that do not hold, each once.

    Args:
        framework: The framework that decides.
        only: The one law to prove; None for all.
    """
    kept = _LAWS.get((framework.name, framework.version), {})
    for law, cases in kept.items():
        if only in (None, law):
            tried = (_found(law, case) for case in cases(framework))
            found = next(filter(None, tried), None)
            if found:
                yield found


def _found(law: str, case: _Case) -> Broken | None:
    solver = case.model.solver
    if solver.check(*case.formulas) == z3.unsat:
        return None
    solution = solver.model()
    after = case.other.example(solution) if case.other else None
    return Broken(law, case.model.example(solution), after)


def _forgetting_evidence(framework: Framework) -> Iterator[_Case]:
    """Forgetting evidence never leads to training.

    Excepted is what leads on to the next rung. A language model: training that rests
    on limits, and on other rungs at most, where an answer said that a cheaper way does
    it. A small part: the same, or where what was scored or a smaller model passes.
    """
    model = Model(framework)
    other = pairs.forgetting(model, _evidence(framework))
    yield from _led_on(model, other, z3.BoolVal(True))


def _from_worst_to_blank(framework: Framework) -> Iterator[_Case]:
    """Blanks are never nearer to training than the worst answers.

    The exceptions are those of forgetting.
    """
    model = Model(framework)
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


def _forgetting_to_approve(framework: Framework) -> Iterator[_Case]:
    """Forgetting any answers but the state never leads to an approval.

    Excepted is a training that was subject to nothing but its teacher, and is one
    without a teacher once the teacher is forgotten.
    """
    model = Model(framework)
    other = pairs.forgetting(model, [q for q in framework.answerable if q != STATE])
    was, then = Advised(model), Advised(other)
    rest = [x for gate, x in was.open_gates.items() if not gate.startswith("teacher")]
    only_teacher = z3.And(was.subject_to, z3.Not(any_of(rest)))
    without = z3.And(other.trained, z3.Not(other.facts["teacher_ok"].true))
    changed = z3.And(only_teacher, without, z3.Not(other.verdicts["distil"]))
    yield _Case(model, other, (z3.Not(was.approved), then.approved, z3.Not(changed)))


def _lower_levels(framework: Framework) -> Iterator[_Case]:
    """Lowering the level of answers never leads to training."""
    model = Model(framework)
    other = pairs.asserting(model)
    untrained = z3.Not(Advised(model).trains)
    yield _Case(model, other, (untrained, Advised(other).trains))


def _claims_and_blockers(framework: Framework) -> Iterator[_Case]:
    """Claims train no language model but by limits alone, and subject to something.

    Nothing, small parts included, is trained while a blocker stands.
    """
    model = Model(framework)
    advised = Advised(model)
    claimed = z3.Not(any_of(model.given.shown.values()))
    limited = z3.And(_rests_on_limits(model, ("X8",)), advised.subject_to)
    yield _Case(model, None, (claimed, model.trained, z3.Not(limited)))
    yield _Case(model, None, (advised.trains, model.blocked))


def _able_and_planned(framework: Framework) -> Iterator[_Case]:
    """Being able to train, and plans to, never lead to training."""
    model = Model(framework)
    other = pairs.changing(model, ABLE_AND_PLANNED, but=TRIED_BEFORE)
    untrained = z3.Not(Advised(model).trains)
    yield _Case(model, other, (untrained, Advised(other).trains))


def _limits(framework: Framework) -> Iterator[_Case]:
    """A limit trains only where limit, data, job, part and fault are known.

    Resting on limits and a small part alone, it is approved only over a baseline that
    was scored and falls short.
    """
    model = Model(framework)
    for needed in LIMIT_NEEDS:
        unknown = pairs.blank(model, needed)
        yield _Case(model, None, (unknown, model.reasons["X8"]["measured"]))
    unscored = z3.Not(model.facts["gap_any"].true)
    rests = _rests_on_limits(model, ("X6", "X8"))
    yield _Case(model, None, (rests, unscored, Advised(model).approved))


def _evidence(framework: Framework) -> Iterator[str]:
    for question in framework.questions:
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
        "S9": _claims_and_blockers,
        "S13": _able_and_planned,
        "S17": _limits,
    }
}
