"""Machines follow the load, and each model has its own prices or none."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from audits.landscape.catalogue import catalogue
from audits.scoring.pricing.cost_plan import compare
from tests.landscape.test_prices import TODAY, rates
from tests.scoring.costs.cost_cases import GIVEN, INPUTS
from tests.scoring.pricing.test_cost_plan import price_of
from tests.scoring.pricing.test_pricing import tuned_month
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import CALLS


@pytest.mark.parametrize(
    ("requests", "gpus"), [(10_000_000, 2), (100_000_000, 10), (1_000_000_000, 99)]
)
def test_a_billion_calls_are_not_priced_on_two_gpus(requests: int, gpus: int) -> None:
    # One works on 9,300 tokens a second: 10,183,500 calls at three times the load.
    busy = replace(INPUTS, given={**GIVEN, "requests": Decimal(requests)})

    price = price_of("fine_tune_own", busy)

    assert price.month.expected == gpus * Decimal("2.95") * Decimal("1.3") * 730 + 3750
    assert price.line.at(Decimal(requests)) == price.year.expected / 12
    assert price.month.low < price.month.expected < price.month.high
    assert "gpu_tokens_per_second" in compare(busy).of("fine_tune_own").defaults


def test_break_even_counts_the_gpus_of_its_own_volume() -> None:
    [own] = [x for x in compare(INPUTS).break_evens if x.trained == "fine_tune_own"]
    trained, prompt = price_of("fine_tune_own").line, price_of("prompt_smaller").line
    assert own.requests is not None
    assert trained.machines is not None
    volume = Decimal(own.requests)

    assert trained.machines.count(volume) == 13
    assert trained.at(volume) <= prompt.at(volume)
    assert trained.at(volume - 1) > prompt.at(volume - 1)


@pytest.mark.django_db
def test_tuned_model_without_a_price_leaves_its_line_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.jsonl"
    numbers = {key: int(x) if x.isdigit() else x for key, x in CALLS.items()}
    numbers |= {"tuned": "qwen3.5-9b"}
    line = {"facts": TRAINING_CASE, "levels": TRAINING_LEVELS, "numbers": numbers}
    file.write_text(json.dumps(line), "utf-8")

    call_command("assess", str(file), "--on", "2026-11-24")

    answer = json.loads(capsys.readouterr().out)
    priced = {x["technique"]: x["month"] for x in answer["costs"]["techniques"]}
    assert answer["verdict"] == "fine_tune"
    assert priced["fine_tune_hosted"] is None
    assert priced["prompt"] is not None
    assert priced["fine_tune_own"] is not None


def test_tuned_model_pays_no_other_providers_hosting() -> None:
    assert tuned_month() == tuned_month(tuned_hosting_hour=Decimal(0))


def test_sol_has_prices_for_cached_and_for_long_text() -> None:
    sol = catalogue(TODAY).prices("gpt-6.2-sol")

    assert sol.rates.cache_read == Decimal("0.1")
    assert sol.for_input(272_000) == rates("2", "0.1", "2.5", "10")
    assert sol.for_input(272_001) == rates("4", "0.2", "5", "15")
    assert sol.batch == Decimal("0.5")
    assert sol.cache_minimum == 1024
