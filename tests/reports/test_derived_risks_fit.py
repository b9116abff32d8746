"""Page 1 has room for the risks that answers show, where its author names none."""

import pytest

from tests.casting import Cast
from tests.printed import Printed
from tests.reports.covers.test_own_risks_first import ANSWERS
from tests.reports.papers import front_of
from tests.reports.test_appendix import paper

pytestmark = pytest.mark.once


def test_derived_risks_leave_page_one_on_one_page(cast: Cast) -> None:
    made = paper(cast, ANSWERS)

    first, second, *_ = Printed(front_of(made).pdf).words

    assert "From the answers: Some tested answers are wrong" in first
    assert "The law classes the use as high risk." in first
    assert "A1" not in first
    assert "A1" in second
