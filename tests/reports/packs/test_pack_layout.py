"""Where the overview of a pack breaks its pages."""

import re
from dataclasses import replace

import pytest

from audits.reports.pdf_client import manuscript_of_pack
from audits.reports.typesetting.branding import Branding
from audits.reports.typesetting.pdf import Typesetter
from tests.portfolio.drawn_portfolios import Drawn
from tests.portfolio.printed_packs import pack_of
from tests.printed import Printed

PLAN = Drawn(case="retrieve", plan="prompt", volume="40", has_upkeep=True, stage="live")
DECISIONS = 14


@pytest.mark.parametrize(("is_letter", "first"), [(False, 8), (True, 1)])
def test_total_of_the_decisions_is_on_the_page_of_the_last(
    first: int, *, is_letter: bool
) -> None:
    # The words of the first are so long that page 1 would just hold all decisions.
    pack = pack_of([PLAN] * DECISIONS)
    long, *others = pack.asked
    asked = (replace(long, asked="Agree to this. " * first), *others)
    look = Branding(is_letter=is_letter)
    made = manuscript_of_pack(
        replace(pack, asked=asked, branding=look, identifier="pack")
    )

    pages = Printed(Typesetter().pdf_of(made, max_pages=9)).words

    [page] = [page for page in pages if re.search(r"Total(, \w[a-z ]+)? \d", page)]
    assert f"Drawn {DECISIONS - 1} file" in page
