"""The framework as formulas: the laws it keeps, and that formulas and code agree."""

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest
import z3

from audits.frameworks.answering import answers, flow
from audits.frameworks.conditions import Only
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import PACKS, published
from audits.frameworks.questions import UNKNOWN
from audits.scoring.deciding.circumstances import Circumstances, MarketValue
from audits.scoring.deciding.decision import decide
from audits.scoring.proofs.formulas import Formula
from audits.scoring.proofs.model import Model, prove
from tests.examples import DEAR, up_to

FRAMEWORK = published("fine_tuning", 1)
FOLDER = PACKS / "fine_tuning"


def on(market: Any) -> Circumstances:
    values = {an_id: MarketValue(value=x, words="") for an_id, x in market.items()}
    return Circumstances(market=values)


def means_alone_never_train(model: Model) -> Formula:
    return z3.Implies(model.trained, model.any_reason("measured"))


def data_without_the_right_never_train(model: Model) -> Formula:
    prohibited = model.picked["data_rights"]["prohibited"]
    return z3.Implies(prohibited, z3.Not(model.trained))


def missing_facts_train_only_for_another_reason(model: Model) -> Formula:
    facts_only = model.evaluate(Only("goal", ("knowledge",))).true
    others = [model.reasons[an_id]["measured"] for an_id in ("C1", "C2", "X2", "X3")]
    return z3.Implies(z3.And(facts_only, model.trained), z3.Or(others))


def opinions_never_train(model: Model) -> Formula:
    eval_ = model.picked["eval"]
    opinions = z3.Or(eval_["none"], eval_["anecdotal"])
    return z3.Implies(opinions, z3.Not(model.trained))


LAWS = (
    means_alone_never_train,
    data_without_the_right_never_train,
    missing_facts_train_only_for_another_reason,
    opinions_never_train,
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_law_is_proved(law: Callable[[Model], Formula]) -> None:
    assert prove(FRAMEWORK, law) is None


def test_law_that_does_not_hold_is_answered_with_an_example() -> None:
    example = prove(FRAMEWORK, lambda model: z3.Not(model.verdicts["distil"]))

    assert example is not None
    assert decide(FRAMEWORK, example.codes, on(example.market)).verdict == "distil"


def picked(code: Code | None) -> tuple[str, ...]:
    if code is None or code == UNKNOWN:
        return ()
    return (code,) if isinstance(code, str) else code


def random_answers(chance: Random, bases: list[dict[str, Code]]) -> dict[str, Code]:
    """Return a case of ours, or nothing, with any number of answers changed."""
    given = dict(chance.choice(bases))
    items = list(FRAMEWORK.answerable.values())
    for item in chance.sample(items, chance.choice([0, 2, 5, len(items)])):
        options = [option.id for option in item.options]
        code: Code = chance.choice([UNKNOWN, *options, *options])
        if item.id == "goal" and code != UNKNOWN:
            code = tuple(chance.sample(options, chance.choice([1, 1, 2, 3])))
        given[item.id] = code
    return given


def test_formulas_agree_with_the_decision() -> None:
    chance, model = Random(1), Model(FRAMEWORK)  # noqa: S311 - no secret
    lines = (FOLDER / "v1.cases.jsonl").read_text("utf-8").splitlines()
    facts = [json.loads(line)["facts"] for line in lines]
    known = [{q: x for q, x in f.items() if q in FRAMEWORK.answerable} for f in facts]
    bases = [{}, *(answers.read(FRAMEWORK, case) for case in known)]
    seen = set()

    for _ in range(up_to(500, DEAR)):
        codes = flow.relevant(FRAMEWORK, random_answers(chance, bases))
        market = {
            "largest_window": chance.choice([0, 8_000, 100_000, 399_999, 1_000_000]),
            "enforced_output": chance.choice([True, False]),
            "prompt_caching": chance.choice([0, 49, 50, 97]),
            "tokens_for_a_dollar": chance.choice([0, 33_333, 999_999, 2_500_000]),
            "tuning_offered": chance.choice([True, True, False]),
        }
        decision = decide(FRAMEWORK, codes, on(market))
        given = [
            formula if option in picked(codes.get(item)) else z3.Not(formula)
            for item, options in model.picked.items()
            for option, formula in options.items()
        ]
        given += [model.market[an_id] == value for an_id, value in market.items()]
        assert model.solver.check(*given) == z3.sat
        found = model.solver.model()

        def true(formulas: Mapping[Any, Formula], found: Any = found) -> list[str]:
            return [x for x, f in formulas.items() if z3.is_true(found.eval(f, True))]

        seen.add(decision.verdict)
        assert true(model.verdicts) == [decision.verdict]
        assert true(model.verdict_table.fires) == [decision.verdict_rule.id]
        assert true(model.context.fires) == [decision.context_rule.id]
        assert tuple(true(model.blockers)) == decision.blockers
        for reason, statuses in model.reasons.items():
            assert true(statuses) == [decision.at.reasons[reason]]
        assert set(true(model.unproven)) == decision.at.unproven
    assert seen == set(FRAMEWORK.verdicts)


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(FRAMEWORK)


@pytest.mark.parametrize("row", [row.id for row in FRAMEWORK.verdict_rules])
def test_example_for_a_rule_is_decided_by_it(model: Model, row: str) -> None:
    example = model.find(model.verdict_table.fires[row])

    assert example is not None
    assert flow.relevant(FRAMEWORK, example.codes) == example.codes
    decision = decide(FRAMEWORK, example.codes, on(example.market))
    assert decision.verdict_rule.id == row
