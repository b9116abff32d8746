"""Page 1 says which later result would undo a verdict that rests on one."""

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from tests.scoring.cards.test_cheaper_ways import TODAY
from tests.scoring.summary.test_setback import MET, invoices


def test_page_1_tells_a_setback() -> None:
    one = page_one(current(), invoices(TODAY, MET), Cover(), "Invoices")

    assert one.change.startswith(
        "If a later test showed that untuned results miss the target (95 of 100) by up "
        "to 5 points, the verdict would be "
    )
