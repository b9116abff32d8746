"""Since when a model could have passed what one passes today."""

from datetime import date

import pytest

from audits.landscape.capability import capability_tiers, could_pass_since
from audits.landscape.catalogue import catalogue
from audits.landscape.in_force import current


def test_tiers_begin_with_gpt_4_and_rise() -> None:
    tiers = capability_tiers()

    assert (tiers[0].model, tiers[0].mmlu) == ("GPT-4", None)
    assert [tier.day for tier in tiers] == sorted(tier.day for tier in tiers)
    scores = [tier.mmlu.value for tier in tiers[1:] if tier.mmlu]
    assert len(scores) == len(tiers) - 1
    assert scores == sorted(set(scores))


def test_every_tier_names_its_source_and_its_day() -> None:
    market = catalogue(date(2026, 11, 24))

    for tier in capability_tiers():
        assert market.sources(tier.cited)
        assert not tier.mmlu or market.sources(tier.mmlu)


@pytest.mark.parametrize(
    ("model", "since"),
    [
        (None, date(2023, 3, 14)),
        ("no-such-model", date(2023, 3, 14)),
        # 87.5 at its release in 2025; gpt-4o-2024-08-06 scored 88.7.
        ("gpt-4.1-mini", date(2024, 8, 6)),
        ("claude-sonnet-5-5", None),
    ],
)
def test_model_could_pass_since_one_that_scored_as_high_or_its_own_release(
    model: str | None, since: date | None
) -> None:
    own = current().models[model].available_from.day if since is None else since  # type: ignore[index]

    assert could_pass_since(model) == own
