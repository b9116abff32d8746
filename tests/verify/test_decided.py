"""What a board approved is shown beside the decision that a paper prints."""

from decimal import Decimal

import pytest
from django_scopes import scope

from audits.models import BoardDecision
from audits.reports.context import build_paper
from audits.scoring.exchange.page_one import stated_decided, stated_granted
from audits.services.answers.answers import fresh_audit
from tests.board.boards import record, sign
from tests.casting import Cast
from tests.reports.papers import words_of
from tests.scoring.exchange.changed_attachments import verified
from tests.verify.made_papers import paper
from tests.verify.test_page import send, text


@pytest.mark.thorough
def test_page_has_the_part_that_the_board_approved_as_page_one_prints_it(
    cast: Cast,
) -> None:
    with scope(organization=cast.ours.organization):
        audit = sign(cast.ours)
        before = build_paper(fresh_audit(audit))
        record(audit, cast.ours.contributor, amount=Decimal(300))
        BoardDecision.objects.update(asked=Decimal("383.6"))
        after = build_paper(fresh_audit(audit))
        printed = words_of(after)[0]

    file = after.attachment.content
    said = text(send(paper(file)))

    approved = "$300 of the $384 asked for is approved."
    assert approved in printed
    assert f"It cannot be recomputed.{approved}" in said
    found = verified(file)
    assert found.outcome == "reproduced"
    assert found.says
    assert f"{found.says.asked}, page 1{found.says.decision_printed}" in said
    assert f"{found.says.decision_printed.split('.')[0]}." in printed
    earlier = verified(before.attachment.content).says
    assert earlier
    assert {"is_decided", "granted"} & {*earlier.values} == set()


def test_words_of_another_form_are_not_taken_from_a_file() -> None:
    assert stated_granted({"granted": "$3 of the $9."}) == "$3 of the $9."
    for wrong in (["x"], 3, "x" * 1000):
        assert stated_granted({"granted": wrong}) == ""
    assert stated_decided({"is_decided": True})
    assert not stated_decided({"is_decided": "yes"})
