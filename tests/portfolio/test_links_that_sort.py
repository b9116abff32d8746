"""Links that name an order of the portfolio."""

import re
from pathlib import Path

from django.conf import settings

from audits.portfolio.columns.listed import SORTABLE


def test_links_to_the_portfolio_sort_by_a_column_that_there_is() -> None:
    sources = Path(settings.BASE_DIR, "templates").rglob("*.html")
    named = {
        key
        for source in sources
        for key in re.findall(r"[?;&]sort=-?(\w+)", source.read_text("utf-8"))
    }

    assert named
    assert named <= {*SORTABLE}
