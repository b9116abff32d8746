"""The examples in docstrings hold, besides those of the scoring and what it reads."""

import doctest
import importlib

import pytest
from django.apps import apps

from tests.scoring.test_docstrings import AUDITS, HERE, with_examples

READ_THERE = tuple(f"{each.__name__}." for each in HERE)


@pytest.mark.parametrize(
    "module", [x for x in with_examples(AUDITS) if not x.startswith(READ_THERE)]
)
def test_examples_in_docstrings_hold(module: str) -> None:
    assert apps.ready  # as some need Django, this file judges no change
    found = doctest.testmod(importlib.import_module(module))

    assert (found.failed, found.attempted > 0) == (0, True)
