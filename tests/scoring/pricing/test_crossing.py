from dataclasses import replace
from decimal import Decimal

import pytest

from audits.scoring.calendars.break_even import CostLine
from audits.scoring.pricing.crossing import Crossing

RETRIEVAL = CostLine(fixed=Decimal(2000), per_request=Decimal("0.03"))
OWN = CostLine(fixed=Decimal(10_000), per_request=Decimal("0.01"))


def crossing(requests: int | None, now: int = 20_000) -> Crossing:
    return Crossing(
        untrained="rag",
        trained="fine_tune_own",
        lines=(RETRIEVAL, OWN),
        requests=requests,
        now=now,
    )


@pytest.mark.parametrize(
    ("requests", "message"),
    [
        (400_000, "“Tuned open model” is cheaper than “Retrieval” only above about 400,000 calls a month"),  # noqa: E501 - a sentence
        (None, "“Tuned open model” never becomes cheaper than “Retrieval”"),
        (0, "“Tuned open model” is cheaper than “Retrieval” at any volume"),
    ],
)  # fmt: skip
def test_message_says_from_where_training_pays(
    requests: int | None, message: str
) -> None:
    assert crossing(requests).message == message


def test_finding_is_said_of_every_volume() -> None:
    assert [crossing(x).finding for x in (400_000, None, 0)] == [
        "Training pays back only above about 400,000 calls a month",
        "Training never pays back",
        "Training costs less at any volume",
    ]


@pytest.mark.parametrize("now", [400_000, 900_000])
def test_message_of_a_case_above_the_crossing_does_not_say_only(now: int) -> None:
    assert crossing(400_000, now).message == (
        "“Tuned open model” is cheaper than “Retrieval” above about 400,000 calls a "
        "month"
    )


def test_model_that_a_prompt_follows_is_compared_with_that_prompt() -> None:
    found = replace(crossing(400_000), is_cut=True)

    assert found.names == ("Retrieval", "Tuned open model, and what follows")
    assert found.drawn_names == ("Retrieval", "Tuned, and what follows")
    assert found.message.startswith(
        "“Tuned open model” (and what follows when its model retires) is cheaper "
    )


def test_table_has_the_volumes_around_this_case_and_where_they_meet() -> None:
    assert crossing(400_000).table == (
        (2000, Decimal(2060), Decimal(10_020)),
        (10_000, Decimal(2300), Decimal(10_100)),
        (20_000, Decimal(2600), Decimal(10_200)),
        (40_000, Decimal(3200), Decimal(10_400)),
        (200_000, Decimal(8000), Decimal(12_000)),
        (400_000, Decimal(14_000), Decimal(14_000)),
    )


def test_table_has_no_row_without_a_request() -> None:
    assert [volume for volume, *_ in crossing(None, now=1).table] == [1, 2, 10]


@pytest.mark.parametrize(
    ("exact", "about"),
    [(53_296_161, 53_300_000), (1_041_480, 1_050_000), (999, 999), (0, 0)],
)
def test_crossing_promises_no_more_digits_than_are_known(
    exact: int, about: int
) -> None:
    assert crossing(exact).about == about
