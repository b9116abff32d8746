"""The examples in docstrings hold."""

import doctest

import pytest

from audits.scoring.scored import from_runs, kinds, words
from audits.scoring.scored.replaced import moving
from audits.wizard.candidates import guesses


@pytest.mark.parametrize("module", [from_runs, kinds, moving, words, guesses])
def test_examples_hold(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]

    assert (found.failed, found.attempted > 0) == (0, True)
