"""What must be possible in a framework, and the message if it is not.

Import it only where z3 is installed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import z3

from audits.frameworks.condition_places import conditions_of
from audits.frameworks.schema import Framework
from audits.scoring.proofs import laws
from audits.scoring.proofs.advised import Advised
from audits.scoring.proofs.formulas import Formula
from audits.scoring.proofs.model import Example, Model, Table
from audits.scoring.proofs.parts import ProofProblem, parts

# A table, with its place and with when it is read at all.
type Asked = tuple[str, Table, Formula]


@dataclass(frozen=True, slots=True)
class _Goal:
    """Something that must hold for some answers.

    Its failure is not reported if a failure of something it depends on is.
    """

    where: str
    formula: Formula
    sentence: str
    rests_on: tuple[str, ...] = ()


def problems(framework: Framework) -> tuple[ProofProblem, ...]:
    """Return what no answers make possible, and what some answers leave undecided."""
    model = Model(framework, by_tick=True)
    advised = Advised(model) if framework.steps else None
    goals = [*_conditions(model), *_outcomes(model), *_standings(model, advised)]
    tables = (*_tables(model), *(advised.tables() if advised else ()))
    unmet = [goals[place] for place in model.impossible([g.formula for g in goals])]
    places = {goal.where for goal in unmet}
    return (
        *(
            ProofProblem(goal.where, goal.sentence)
            for goal in unmet
            if places.isdisjoint(goal.rests_on)
        ),
        *_dead_rows(model, tables, places),
        *_gaps(model, tables),
        *broken_laws(framework),
    )


def _conditions(model: Model) -> Iterator[_Goal]:
    """Every condition, and every part of it, holds for some answers and not for all."""
    for place, condition in conditions_of(model.framework):
        for part in parts(condition, place):
            holds = model.evaluate(part.condition).true
            yield _Goal(part.where, holds, "never holds", part.within)
            yield _Goal(part.where, z3.Not(holds), "always holds", part.within)


def _outcomes(model: Model) -> Iterator[_Goal]:
    """Every fact, reason, blocker, verdict and caution is possible."""
    framework = model.framework
    for fact in framework.facts:
        where, holds = f"facts[{fact.id}]", model.facts[fact.id].true
        yield _Goal(where, holds, "never holds", (f"{where}.when",))
        yield _Goal(where, z3.Not(holds), "always holds", (f"{where}.when",))
    for reason in framework.reasons:
        where, stands = f"reasons[{reason.id}]", model.reasons[reason.id]
        when, claimed_when = f"{where}.when", f"{where}.claimed_when"
        yield _Goal(where, stands["measured"], "is never measured", (when,))
        if not framework.asserted_unless_marked:
            yield _Goal(where, stands["claimed"], "is never claimed", (claimed_when,))
        yield _Goal(where, stands["absent"], "is never absent", (when, claimed_when))
    for blocker in framework.blockers:
        where, holds = f"blockers[{blocker.id}]", model.blockers[blocker.id]
        yield _Goal(where, holds, "never forbids training", (f"{where}.when",))
    for verdict, given in model.verdicts.items():
        yield _Goal(f"verdicts[{verdict}]", given, "no answers give this verdict")
    for caution in framework.cautions:
        where, holds = f"cautions[{caution.id}]", model.evaluate(caution.when).true
        for verdict in caution.verdicts:
            rests_on = (f"{where}.when", f"verdicts[{verdict}]")
            said = z3.And(holds, model.verdicts[verdict])
            sentence = f"is never said of the verdict “{verdict}”"
            yield _Goal(where, said, sentence, rests_on)


def _standings(model: Model, advised: Advised | None) -> Iterator[_Goal]:
    """Every open reason, standing and gate can happen, where a framework has them."""
    if advised is None:
        return
    for reason, claim in advised.claims().items():
        where = f"reasons[{reason}]"
        unknown = z3.Not(z3.Or(claim.true, claim.false))
        yield _Goal(where, unknown, "is never open", (f"{where}.when",))
    yield _Goal("gates", advised.approved, "no training is approved")
    for gate in model.framework.gates:
        where = f"gates[{gate.id}]"
        rests_on = (f"{where}.holds", f"{where}.applies")
        asked = z3.And(advised.trains, advised.applies[gate.id])
        is_open = advised.open_gates[gate.id]
        yield _Goal(where, is_open, "is never open", rests_on)
        yield _Goal(where, z3.And(asked, z3.Not(is_open)), "is always open", rests_on)


def _tables(model: Model) -> tuple[Asked, ...]:
    """Return each table with its place and with when it is asked at all."""
    always = z3.BoolVal(True)
    return (
        ("context_rules", model.context, always),
        ("verdict_rules", model.verdict_table, always),
        ("literal_test", model.differences, model.disagree),
    )


def _dead_rows(
    model: Model, tables: Iterable[Asked], places: set[str]
) -> Iterator[ProofProblem]:
    for group, table, asked in tables:
        ids = list(table.rows)
        fires = [z3.And(asked, table.fires[row]) for row in ids]
        for place in model.impossible(fires):
            where = f"{group}[{ids[place]}]"
            shadows = _shadows(model, table, ids[place], asked)
            if shadows:
                yield ProofProblem(where, _shadowed(shadows))
            elif f"{where}.when" not in places:
                yield ProofProblem(
                    where, "never fires: it never holds when it is asked"
                )


def _shadowed(shadows: tuple[str, ...]) -> str:
    ids = ", ".join(f"“{shadow}”" for shadow in shadows)
    if len(shadows) == 1:
        return f"never fires: {ids} comes before it and holds whenever it does"
    return f"never fires: {ids} come before it, and one holds whenever it does"


def _shadows(
    model: Model, table: Table, row_id: str, asked: Formula
) -> tuple[str, ...]:
    """Return a smallest set of earlier rows, one of which holds whenever this does.

    It is empty if the row never holds by itself.
    """
    ids = list(table.rows)
    kept = ids[: ids.index(row_id)]
    for row in reversed(kept):
        fewer = [earlier for earlier in kept if earlier != row]
        others = [z3.Not(table.rows[earlier]) for earlier in fewer]
        if model.find(asked, table.rows[row_id], *others) is None:
            kept = fewer
    return tuple(kept)


def _gaps(model: Model, tables: Iterable[Asked]) -> Iterator[ProofProblem]:
    """Every set of answers has a row in every table that is asked, and one verdict."""
    for group, table, asked in tables:
        example = model.find(asked, z3.Not(z3.Or(list(table.rows.values()))))
        if example:
            yield ProofProblem(group, f"no row fires for {_words(example)}")
    one = z3.PbEq([(given, 1) for given in model.verdicts.values()], 1)
    example = model.find(z3.Not(one))
    if example:
        sentence = f"there is not exactly one for {_words(example)}"
        yield ProofProblem("verdicts", sentence)


def broken_laws(
    framework: Framework, only: str | None = None
) -> Iterator[ProofProblem]:
    """Yield the laws of a framework's version that do not hold, or that one alone."""
    for broken in laws.broken(framework, only):
        sentence = f"“{broken.says}” does not hold for {_words(broken.before)}"
        if broken.after:
            sentence += f"; then {_words(broken.after)}"
        sentence += ". What to do: docs/method.md, A.9."
        yield ProofProblem(f"laws[{broken.law}]", sentence)


def _words(example: Example) -> str:
    codes = (
        f"{question}: {code if isinstance(code, str) else ' and '.join(code)}"
        for question, code in example.codes.items()
    )
    return ", ".join(codes) or "no answers"
