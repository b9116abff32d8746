"""A table of the appendix that goes on leaves no row alone, on either page."""

import pytest

from audits.reports.typesetting.pdf import Manuscript
from tests.printed import Printed
from tests.reports.papers import typesetter
from tests.reports.test_pdf_form import AT

pytestmark = pytest.mark.once


@pytest.mark.thorough
@pytest.mark.parametrize("above", [0, 37])
def test_three_rows_or_more_are_on_each_page_of_a_table(above: int) -> None:
    """With nothing above it, 51 rows fill a page, and few with so much above it.

    The head of the table stands again where it goes on.
    """
    lines = "<p>Line</p>" * above
    for number in (6, 7) if above else range(50, 57):
        head = "<thead><tr><td>Head</td></tr></thead>"
        rows = "<tr><td>Row</td></tr>" * number
        html = (
            '<html lang="en"><head><title>A paper</title></head><body>'
            f'<article class="app"><section id="appendix">{lines}<table>{head}'
            f"<tbody>{rows}</tbody></table></section></article></body></html>"
        )
        made = Manuscript(html=html, identifier="UC-1", dated=AT)

        pages = Printed(typesetter().pdf_of(made, max_pages=9)).words

        counts = [page.split().count("Row") for page in pages]
        assert sum(counts) == number
        assert ["Head" in page for page in pages] == [bool(count) for count in counts]
        assert min(count for count in counts if count) >= 3, counts


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
