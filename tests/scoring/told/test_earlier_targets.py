"""What a target was before it was changed: each change by itself, in its numbers."""

from dataclasses import replace
from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.scoring.results_behind.moved_target import moved_target
from audits.scoring.scored.candidates import EarlierTarget
from tests.scoring.test_approval_checks import DAY, WEAK, assessed

FIRST = EarlierTarget(target=Decimal("0.65"), limit_ms=800, by="Rosa", on=DAY)
THEN = replace(FIRST, target=Decimal("0.6"), by="Ben")


def test_each_change_says_only_what_it_changed() -> None:
    found = assessed(WEAK, moved=(FIRST, THEN))

    first, then = moved_target(current(), found)

    was = "The target was 65 of 100 until 29 November 2026 (Rosa). With it, the verdict"
    assert first.startswith(was)
    assert then.startswith(
        "The target was 60 of 100 and the time limit was 800 ms until "
        "29 November 2026 (Ben). With both, the verdict would be “"
    )
