"""Page 1 names what an approval waits for, and who checks what serves meanwhile."""

from dataclasses import replace

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from audits.results.first_action import first_action
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.grades.standings import SETTLED
from audits.scoring.results_behind.approved_on import AfterSignOff
from audits.scoring.summary.plan import plan_of
from audits.scoring.summary.sureness import sureness
from tests.scoring import test_approval_checks as checks
from tests.scoring.test_interim import CHECKED, training
from tests.scoring.test_untested_ways import (
    LEADS,
    OF,
    OPTIMISED,
    SPLIT,
    STRONGEST,
    assessed,
)


def test_every_page_names_the_open_test() -> None:
    found = assessed(STRONGEST)
    plan = plan_of(current(), found, given_to(found)[0])

    page = page_one(current(), found, Cover(), "Triage")
    first = first_action(current(), found, plan.cards)

    assert page.standing == "Only once"
    assert page.conditions == (f"The team has tested {OF} (16 h, $1,600)",)
    assert page.change == f"A test of {OF} (to “{LEADS}”)."
    assert SETTLED not in page.unknown
    assert "1 test not yet run could still change" in page.unknown
    says = sureness(current(), found).says_complete
    assert "1 test not yet run could still change" in says
    assert first is not None
    assert first.title == "Before training can be approved"
    assert first.names_parts.endswith("(step 1).")


def test_open_checks_of_a_contradicted_paper_say_first_that_it_is_due() -> None:
    due = "Signed off on 28 November 2026; review due, so decide again before spending."
    after = AfterSignOff(opened_by="Grace", decide_again=due)

    page = page_one(current(), assessed(STRONGEST), Cover(), "Triage", after=after)

    assert page.standing == f"{due} Only once"
    assert page.conditions == (f"The team has tested {OF} (16 h, $1,600)",)


def test_way_that_was_tested_is_no_open_test() -> None:
    found = assessed(STRONGEST, OPTIMISED, SPLIT)

    page = page_one(current(), found, Cover(), "Triage")

    assert "not yet run" not in f"{page.change} {page.unknown}"


def test_barred_model_that_meets_the_target_is_not_said_to_fall_short() -> None:
    found = checks.assessed(checks.WEAK, replace(checks.GOOD, is_allowed=False))

    page = page_one(current(), found, Cover(), "Triage")

    assert checks.NONE not in str(page)


def test_use_of_what_falls_short_is_recommended_with_who_checks_it() -> None:
    page = page_one(current(), training(), Cover(), "Triage")

    assert f", {CHECKED}" in page.recommendation
