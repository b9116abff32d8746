"""How sure a result is: the few questions that can change it are named in one line."""

import html
import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from audits.scoring.explaining.completeness import OpenQuestion
from audits.scoring.summary.sureness import Sureness


@pytest.mark.parametrize(
    ("may_enter", "said"),
    [
        (False, "What can change it: “A”, “B”, “C”."),
        (True, "What can change it: A, B, C."),
    ],
)
def test_open_questions_are_a_list_with_commas(may_enter: bool, said: str) -> None:
    asked = [OpenQuestion(question=x.lower(), label=x) for x in "ABC"]
    context = {
        "sure": Sureness(
            known=3, answered=3, applicable=6, deciding=0, measured=0, documented=0
        ),
        "assessment": SimpleNamespace(open_questions=asked),
        "explained": SimpleNamespace(may_enter=may_enter),
        "is_headed": True,
    }

    drawn = render_to_string("results/first/sureness.html", context)

    words = " ".join(html.unescape(re.sub(r"<[^>]+>", "", drawn)).split())
    assert said in words
