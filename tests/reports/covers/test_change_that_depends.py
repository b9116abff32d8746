"""Page 1 names no verdict for a change that lets another question decide."""

import pytest

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from tests.scoring.deciding.test_what_a_change_depends_on import assessed


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (
            "train_small_part",
            "If the best tested approach meets the target, the answer to "
            "“Which approach passes” would decide.",
        ),
        ("few_shot", "the verdict would be"),
    ],
)
def test_page_one_says_on_what_a_change_depends(verdict: str, said: str) -> None:
    one = page_one(current(), assessed(verdict), Cover(), "A use case", None)

    assert said in one.change
