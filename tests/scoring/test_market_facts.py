"""What each market fact changes, and from which value on."""

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring.deciding.circumstances import Circumstances, MarketValue
from audits.scoring.deciding.decision import Decision, decide

FRAMEWORK = published("fine_tuning", 1)

type Answers = dict[str, Code]

FACTS: Answers = {"goal": ("knowledge",)}
NOTATION: Answers = {
    "tried": "prompt_measured",
    "format_need": "bespoke",
    "format_evidence": "fails_constrained",
}


def on(answers: Answers, **market: bool | int | None) -> Decision:
    """Decide on a market that is as assumed but for these facts."""
    values = {fact: MarketValue(value=x, words="") for fact, x in market.items()}
    return decide(FRAMEWORK, answers, Circumstances(market=values))


@pytest.mark.parametrize(
    ("size", "window", "rule"),
    [
        ("small", 100_000, "facts_fit"),
        ("medium", 100_000, "facts_retrieved"),
        ("medium", 400_000, "facts_fit"),
        ("small", 99_999, "facts_retrieved"),
    ],
)
def test_facts_fit_the_window_of_the_day(size: str, window: int, rule: str) -> None:
    decision = on(FACTS | {"knowledge_size": size}, largest_window=window)

    assert decision.context_rule.id == rule


@pytest.mark.parametrize(
    ("size", "percent", "rule"),
    [
        ("small", None, "facts_fit"),
        ("medium", None, "facts_retrieved"),
        ("medium", 49, "facts_retrieved"),
        ("medium", 50, "facts_fit"),
    ],
)
def test_long_facts_stay_in_the_prompt_only_where_they_are_cached(
    size: str, percent: int | None, rule: str
) -> None:
    decision = on(FACTS | {"knowledge_size": size}, prompt_caching=percent)

    assert decision.context_rule.id == rule


@pytest.mark.parametrize(
    ("evidence", "standing"),
    [
        ("not_measured", "claimed"),
        ("measured_ok", "absent"),
        ("fails_unconstrained", "measured"),
        ("fails_constrained", "measured"),
    ],
)
def test_format_stands_before_outputs_are_enforced(
    evidence: str, standing: str
) -> None:
    decision = on(NOTATION | {"format_evidence": evidence}, enforced_output=False)

    assert decision.at.reasons["C1"] == standing


@pytest.mark.parametrize(
    ("volume", "tokens", "standing"),
    [
        ("100k_1m", None, "absent"),
        ("1m_10m", None, "claimed"),
        ("1m_10m", 999_999, "claimed"),
        ("1m_10m", 1_000_000, "absent"),
        ("gt_10m", 1_000_000, "claimed"),
    ],
)
def test_undivided_cost_is_a_claim_where_calls_are_many_for_the_price(
    volume: str, tokens: int | None, standing: str
) -> None:
    answers: Answers = {"volume": volume, "unit_economics": "not_computed"}

    decision = on(answers, tokens_for_a_dollar=tokens)

    assert decision.at.reasons["C2"] == standing


@pytest.mark.parametrize(
    ("platform", "offered", "blocked"),
    [("open", True, ()), ("open", False, ("platform_unavailable",))],
)
def test_nothing_is_trained_where_nothing_can_be_tuned(
    platform: str, offered: bool, blocked: tuple[str, ...]
) -> None:
    decision = on({"platform": platform}, tuning_offered=offered)

    assert decision.blockers == blocked


@pytest.mark.parametrize(
    ("fact", "tokens"),
    [("small_fits", 100_000), ("medium_fits", 400_000), ("examples_fit", 8_000)],
)
def test_window_holds_from_this_size(fact: str, tokens: int) -> None:
    def fits(window: int) -> bool | None:
        return on({}, largest_window=window).at.facts[fact]

    assert (fits(tokens - 1), fits(tokens)) == (False, True)
