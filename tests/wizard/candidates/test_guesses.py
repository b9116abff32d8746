"""What a run is taken for by its name."""

import pytest

from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.scored.kinds import KIND_NAMES
from audits.wizard.candidates.guesses import guessed_kind


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_name_of_a_kind_is_taken_for_that_kind(kind: ScoredKind) -> None:
    assert guessed_kind(KIND_NAMES[kind]) == kind
    assert guessed_kind(f" {KIND_NAMES[kind].upper()} ") == kind
