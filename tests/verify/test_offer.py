"""An offer in a paper is recomputed, and an amount of it that was changed is named."""

import json
from typing import Any

import pytest
from django_scopes import scope

from audits.frameworks.loading.loader import published
from audits.reports.context import build_paper, record_line_of
from audits.reports.pdf_client import render_paper
from audits.scoring.exchange.provenance import digest, written
from audits.scoring.exchange.verification import Verification, verify
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import submit_audit
from audits.verify.papers import verify_paper
from tests.casting import Cast, Tenant
from tests.examples import some_of
from tests.reports.test_offer import OFFER
from tests.scoring.exchange.made_attachments import attachment
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS
from tests.verify.changed_pages import WAYS, amounts
from tests.verify.stored_papers import keep

pytestmark = pytest.mark.once

FRAMEWORKS = {("fine_tuning", 2): published("fine_tuning", 2)}
CODES: dict[str, Any] = {
    q: tuple(x) if isinstance(x, list) else x for q, x in RETRIEVAL_CASE.items()
}
OFFERED, COST = "Offer: Nordlys", "131,830"


def verified(values: dict[str, Any]) -> Verification:
    """Verify a file whose values were changed, and its hash with them."""
    stated = {name: x for name, x in values.items() if name != "file_hash"}
    return verify(written({**stated, "file_hash": digest(stated)}), FRAMEWORKS)


@pytest.fixture
def values() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        attachment(CODES, numbers=ON_OWN_GPUS | OFFER | {"proposal_includes": "x" * 99})
    )
    return found


@pytest.mark.thorough
def test_offer_is_recomputed_with_what_page_one_says(values: dict[str, Any]) -> None:
    found = verified(values)

    assert found.outcome == "reproduced"
    assert found.says is not None
    [offer] = [row for row in found.says.options if row.option == OFFERED]
    assert offer.cost == COST
    assert {"option": OFFERED, "cost": COST, "why": offer.why} in (
        values["page_1"]["options"]
    )
    assert values["assessment"]["proposal"]["year"] == {
        "own": "118000",
        "dollars": "131829.6000",
    }


@pytest.mark.thorough
def test_other_amount_of_the_offer_is_a_difference_of_the_costs(
    values: dict[str, Any],
) -> None:
    values["assessment"]["proposal"]["year"]["dollars"] = "31829.6000"

    [check] = verified(values).differing

    assert check.name == "Costs"
    assert [d.field for d in check.differences] == ["assessment.proposal.year.dollars"]


@pytest.mark.thorough
def test_other_rate_than_that_of_the_day_is_a_difference(
    values: dict[str, Any],
) -> None:
    values["assessment"]["proposal"]["rate"]["dollars"] = "1.0"

    assert [check.name for check in verified(values).differing] == ["Costs"]


@pytest.mark.thorough
def test_other_sentence_of_the_offer_is_a_difference_of_page_one(
    values: dict[str, Any],
) -> None:
    row = next(x for x in values["page_1"]["options"] if x["option"] == OFFERED)
    row["cost"] = "1"

    [check] = verified(values).differing

    assert check.name == "Decision and amounts of page 1"


@pytest.mark.thorough
def test_file_without_an_offer_has_no_word_of_one() -> None:
    values = json.loads(attachment(CODES, numbers=ON_OWN_GPUS))

    assert "proposal" not in values["assessment"]
    assert "Nordlys" not in json.dumps(values["page_1"])
    assert verified(values).outcome == "reproduced"


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("proposal_by", "x" * 61, "60 characters or fewer"),
        ("proposal_currency", "XXX", "one of USD, EUR"),
        ("proposal_start", "9999-12-31", "must be a day like"),
        ("proposal_discount", "5", "no such number"),
    ],
)
def test_part_that_cannot_be_is_refused_by_name(
    values: dict[str, Any], key: str, value: str, says: str
) -> None:
    values["given"]["numbers"][key] = value

    found = verified(values)

    assert found.outcome == "refused"
    assert [each.field for each in found.refused] == [f"given.numbers.{key}"]
    assert says in found.refused[0].sentence


# The cast has the same rows for each test, so one paper serves all.
_MADE: dict[str, bytes] = {}


def paper_with_offer(tenant: Tenant) -> bytes:
    if "paper" not in _MADE:
        _MADE["paper"] = _made_with_offer(tenant)
    return _MADE["paper"]


def _made_with_offer(tenant: Tenant) -> bytes:
    audit, _ = save_answers(
        audit=tenant.draft, by=tenant.contributor, answers=RETRIEVAL_CASE
    )
    numbers = ON_OWN_GPUS | OFFER
    audit.numbers = {key: {"value": value} for key, value in numbers.items()}
    audit.save(update_fields=["numbers"])
    audit = submit_audit(audit=audit, by=tenant.contributor)
    audit.refresh_from_db()
    return render_paper(build_paper(audit, record=record_line_of(tenant.report)))


@pytest.mark.thorough
@pytest.mark.parametrize("digits", some_of(["118,000", "131,830", "111,720"]))
def test_amount_of_the_offer_that_is_printed_over_names_its_page(
    cast: Cast, digits: str
) -> None:
    with scope(organization=cast.ours.organization):
        made = paper_with_offer(cast.ours)
        keep(cast.ours.report, made)
    amount = next(each for each in amounts(made) if each.digits == digits)

    verified = verify_paper(WAYS[0](made, amount, "31,830"))

    assert verify_paper(made).outcome == "reproduced"
    assert verified.outcome == "pages_differ"
    assert verified.pages is not None
    assert verified.pages.differing == (amount.page + 1,)
    assert verified.attachment.says is not None
    assert COST in [row.cost for row in verified.attachment.says.options]
