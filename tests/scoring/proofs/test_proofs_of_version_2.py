"""Version 2 keeps its laws, and formulas and code agree on it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest
import z3

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances, MarketValue
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.explaining.advice import advice, trains_a_model
from audits.scoring.proofs import laws
from audits.scoring.proofs.advised import Advised
from audits.scoring.proofs.formulas import Formula
from audits.scoring.proofs.given import is_true
from audits.scoring.proofs.goals import broken_laws
from audits.scoring.proofs.model import Example, Model
from audits.scoring.proofs.proving import problems
from tests.examples import thorough, up_to
from tests.scoring.proofs.edited_tables import OF_ONE_USE_CASE, PROVED, TRIED
from tests.scoring.proofs.version_2_laws import LAWS
from tests.scoring.proofs.version_2_sets import FRAMEWORK, Case, drawn


def _one_of_each_law() -> Iterator[Any]:
    """Yield the faults, the second of a law for a thorough run."""
    before: set[str] = set()
    for law, fault, tables in PROVED:
        sample = pytest.param(law, tables, id=f"{law} {fault}")
        yield thorough(sample) if law in before else sample
        before.add(law)


TRAINS_IF_ABLE = next(tables for law, _, tables in PROVED if law == "S13")
# So many sets have each verdict.
ALL_VERDICTS = 110
# Laws of one use case; the others are of two, the second with something changed.
OF_ONE = {"S9", "S17", "S18"}


# So does `tests/frameworks/test_check.py`, in every run, of each version.
@pytest.mark.thorough
def test_everything_in_version_2_can_come_about_and_its_laws_hold() -> None:
    assert problems(FRAMEWORK) == ()


@pytest.mark.parametrize(
    ("law", "tables"),
    [*_one_of_each_law()],
)
def test_law_that_is_broken_is_found_with_answers_that_break_it(
    law: str, tables: Framework
) -> None:
    [broken] = laws.broken(tables, only=law)

    before = decided(tables, broken.before)
    if law in OF_ONE:
        assert broken.after is None
        assert trains_a_model(tables, before) or "X8" in measured(before)
        return
    assert broken.after is not None
    after = decided(tables, broken.after)
    assert standing(tables, before) != "approve"
    assert trains_a_model(tables, after)
    if law in ("S3", "S19"):
        assert standing(tables, after) == "approve"
    else:
        assert not trains_a_model(tables, before)


@pytest.mark.parametrize(
    ("law", "tables"),
    [pytest.param(*each, id=each[0]) for each in TRIED if each[0] in OF_ONE_USE_CASE],
)
def test_law_of_one_use_case_is_found_broken_by_an_example(
    law: str, tables: Framework
) -> None:
    [broken] = laws.broken(tables, only=law)
    chance = Random(1)  # noqa: S311 - no secret
    case = case_of(tables, broken.before)

    assert broken.after is None
    assert list(LAWS[law](case, chance))


def case_of(tables: Framework, example: Example) -> Case:
    given = under(example)
    return Case(
        dict(example.codes),
        levels=given.levels,
        unmarked="asserted",
        framework=tables,
        market=given.market,
    )


def test_every_law_that_is_proved_is_shown_to_break() -> None:
    broken = {law for law, _, _ in PROVED} | OF_ONE_USE_CASE

    assert laws.names(FRAMEWORK) == tuple(law for law in LAWS if law in broken)


def test_law_that_is_broken_is_told_in_words() -> None:
    [problem] = broken_laws(TRAINS_IF_ABLE, only="S13")

    told = "Being able to train, and plans to, never lead to training"
    assert problem.where == "laws[S13]"
    assert problem.sentence.startswith(f"“{told}” does not hold for ")
    assert "; then " in problem.sentence
    assert problem.sentence.endswith(" What to do: docs/method.md, A.9.")


# It proves all else too, for 2 seconds.
@pytest.mark.thorough
def test_law_that_is_broken_is_a_problem_of_the_framework() -> None:
    assert "laws[S13]" in {problem.where for problem in problems(TRAINS_IF_ABLE)}


def test_framework_excepts_a_blocker_from_a_law() -> None:
    tables = next(tables for law, _, tables in PROVED if law == "S2")
    excepted = replace(
        tables,
        blockers=tuple(
            replace(each, excepted_from={"S2": "Labels are no evidence of a need"})
            if each.id == "labels_disagree"
            else each
            for each in tables.blockers
        ),
    )

    [broken] = laws.broken(tables, only="S2")

    assert list(laws.broken(excepted, only="S2")) == []
    case, chance = case_of(tables, broken.before), Random(1)  # noqa: S311 - no secret
    assert any(list(LAWS["S2"](case, chance)) for _ in range(200))
    case = replace(case, framework=excepted)
    assert not any(list(LAWS["S2"](case, chance)) for _ in range(200))


def decided(tables: Framework, example: Example) -> Decision:
    assert flow.relevant(tables, example.codes) == example.codes
    return decide(tables, example.codes, under(example))


def under(example: Example) -> Circumstances:
    market = {q: MarketValue(value=x, words="") for q, x in example.market.items()}
    shown = dict.fromkeys(example.shown, "measured")
    return Circumstances(market=market, levels=shown)  # type: ignore[arg-type]


def measured(decision: Decision) -> set[str]:
    reasons = decision.at.reasons
    return {reason for reason, stands in reasons.items() if stands == "measured"}


def standing(tables: Framework, decision: Decision) -> str | None:
    """Return whether all checks are answered: the laws read no more of an approval."""
    found = advice(tables, decision)
    standing = found.standing if found else None
    return "approve" if standing == "not_shown" else standing


def picked(code: Code | None) -> tuple[str, ...]:
    if code is None or code == UNKNOWN:
        return ()
    return (code,) if isinstance(code, str) else code


def market_of(chance: Random) -> dict[str, bool | int]:
    return {
        "largest_window": chance.choice([0, 8_000, 100_000, 399_999, 1_000_000]),
        "enforced_output": chance.choice([True, True, False]),
        "prompt_caching": chance.choice([0, 49, 50, 97]),
        "tuning_offered": chance.choice([True, True, False]),
    }


def test_formulas_agree_with_the_decision_and_its_advice() -> None:
    chance, model = Random(1), Model(FRAMEWORK)  # noqa: S311 - no secret
    advised, seen = Advised(model), set()
    tables = {name: table for name, table, _ in advised.tables()}

    for _ in range(up_to(450, ALL_VERDICTS)):
        case, market = drawn(chance), market_of(chance)
        values = {q: MarketValue(value=x, words="") for q, x in market.items()}
        given = Circumstances(market=values, levels=case.levels, unmarked=case.unmarked)
        codes = flow.relevant(FRAMEWORK, case.answers)
        decision = decide(FRAMEWORK, codes, given)
        asserted = given.asserted(FRAMEWORK, codes)
        fixed = [
            formula if option in picked(codes.get(item)) else z3.Not(formula)
            for item, options in model.picked.items()
            for option, formula in options.items()
        ]
        fixed += [model.market[q] == value for q, value in market.items()]
        fixed += [each == (q not in asserted) for q, each in model.shown.items()]
        # Whether measuring is worth its while is left open.
        fixed.append(model.verdict_table.fires[decision.verdict_rule.id])

        assert model.solver.check(*fixed) == z3.sat
        found = model.solver.model()

        def true(formulas: Mapping[Any, Formula], found: Any = found) -> list[str]:
            return [x for x, formula in formulas.items() if is_true(found, formula)]

        said = advice(FRAMEWORK, decision)
        assert said is not None
        seen.add(decision.verdict)
        assert true(model.verdicts) == [decision.verdict]
        assert true(model.context.fires) == [decision.context_rule.id]
        assert tuple(true(model.blockers)) == decision.blockers
        assert {
            r for r, x in model.reasons.items() if is_true(found, x["measured"])
        } == (measured(decision))
        assert true(advised.open_gates) == [gate.id for gate in said.subject_to]
        assert is_true(found, advised.approved) == (
            said.standing in ("approve", "not_shown")
        )
        [step] = true(tables["step_rules"].fires)
        [rule] = [row for row in FRAMEWORK.step_rules if row.id == step]
        assert rule.step == said.step.id
        if said.training_kind and said.serving:
            assert true(tables["training_kinds"].fires) == [said.training_kind.id]
            assert true(tables["servings"].fires) == [said.serving.id]
        if said.destination:
            assert true(tables["destinations"].fires) == [said.destination.id]
        assert true(tables["strengths"].fires) == [said.strength.id]
    assert seen == set(FRAMEWORK.verdicts)


def test_rows_that_may_fire_because_measuring_may_not_be_worth_it_do() -> None:
    ids = [rule.id for rule in FRAMEWORK.verdict_rules]
    measures, *_ = (rule.id for rule in FRAMEWORK.verdict_rules if rule.measuring)
    chance = Random(2)  # noqa: S311 - no secret

    fired = {drawn(chance).decision.verdict_rule.id for _ in range(1500)}

    assert set(ids[ids.index(measures) :]) <= fired


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(FRAMEWORK)


# What a decision reads that is no formula over one set of answers.
MEASURES = {rule.id for rule in FRAMEWORK.verdict_rules if rule.measuring}


@pytest.mark.parametrize(
    "row", [row.id for row in FRAMEWORK.verdict_rules if row.id not in MEASURES]
)
def test_answers_that_a_row_is_proved_by_are_decided_by_it(
    model: Model, row: str
) -> None:
    example = model.find(model.verdict_table.fires[row])

    assert example is not None
    found = decided(FRAMEWORK, example).verdict_rule.id
    assert found == row or found in MEASURES
