"""A table of the appendix that goes on leaves no row alone, on either page."""

import pytest

from audits.reports.typesetting.pdf import Manuscript
from tests.printed import Printed
from tests.reports.papers import typesetter
from tests.reports.test_pdf_form import AT

pytestmark = pytest.mark.once


@pytest.mark.parametrize("above", [0, 39])
def test_two_rows_or_more_are_on_each_page_of_a_table(above: int) -> None:
    """With nothing above it, 52 rows fill a page, and 1 with so much above it."""
    lines = "<p>Line</p>" * above
    for number in (4, 5) if above else range(51, 56):
        rows = "<tr><td>Row</td></tr>" * number
        html = (
            '<html lang="en"><head><title>A paper</title></head><body>'
            f'<article class="app"><section id="appendix">{lines}<table><tbody>{rows}'
            "</tbody></table></section></article></body></html>"
        )
        made = Manuscript(html=html, identifier="UC-1", dated=AT)

        pages = Printed(typesetter().pdf_of(made, max_pages=9)).words

        counts = [page.split().count("Row") for page in pages]
        assert sum(counts) == number
        assert min(count for count in counts if count) >= 2, counts


def test_table_of_one_row_does_not_wait_for_what_follows_it() -> None:
    rest = '<div class="whole" style="height: 120mm">Rest</div>'
    html = (
        '<html lang="en"><head><title>A paper</title></head><body>'
        f'<article class="app"><section id="appendix">{"<p>Line</p>" * 30}<table>'
        f"<tbody><tr><td>Row</td></tr></tbody></table>{rest}</section></article></body>"
        "</html>"
    )
    made = Manuscript(html=html, identifier="UC-1", dated=AT)

    first, second = Printed(typesetter().pdf_of(made, max_pages=9)).words

    assert ("Row" in first, "Row" in second, "Rest" in second) == (True, False, True)
