"""A decision that pays for practices says which of them are missing."""

from dataclasses import replace
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.models import Audit, Cover
from audits.reports.missing_practices import naming_practices
from audits.reports.page_one import page_one
from audits.scoring.money.of_assessment import money_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

LATER = ANSWERS["fine_tune_after_mlops"]


@pytest.mark.parametrize(
    ("answer", "said", "page_1"),
    [
        (
            ["versioned", "suite"],
            "2 of 3 missing practices (deployment with rollback, repeatable "
            "retraining or monitoring with owner and budget)",
            "",
        ),
        (
            ["versioned", "suite", "rollback"],
            "2 missing practices (repeatable retraining and monitoring with owner and "
            "budget)",
            # Four of the five are enough for training, and all are funded.
            "3 of 5 practices are in place; training may begin with 4, but a model "
            "that runs needs all 5: $24,000 sets up 2.",
        ),
        ("partial", "2 practices that are missing (the team did not say which)", ""),
    ],
)
def test_amount_names_the_practices_that_are_missing(
    answer: Any, said: str, page_1: str
) -> None:
    found = assessed(LATER | {"mlops": "partial"}, today="prompt")
    audit = Audit(
        framework=found.framework,
        framework_version=found.version,
        answers={"mlops": {"value": answer}},
    )

    money = naming_practices(audit, money_of(found))

    assert money
    assert f" once to set up {said}, and " in money.parts
    one = page_one(current(), found, Cover(), "Triage", money)
    owner = "$45,000 pays 25% of an engineer."
    assert one.practices == " ".join(filter(None, (owner, page_1)))
    # The reason names the number that the terms do, where the team ticked them.
    span = "Two or three of five" if answer == "partial" else f"{len(answer)} of 5"
    assert f"{span} practices for running a model" in " ".join(x.found for x in one.why)


def test_one_practice_that_is_missing_is_one() -> None:
    money = money_of(assessed(LATER | {"mlops": "partial"}, today="prompt"))
    assert money
    assert money.practices

    one = replace(money.practices, number=1, names=("Repeatable retraining",))

    assert one.missing == "1 missing practice (repeatable retraining)"
    assert replace(one, names=None).missing == "1 practice that is missing"
