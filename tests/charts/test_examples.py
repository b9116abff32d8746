import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "audits.charts.bars",
        "audits.charts.coordinates",
        "audits.charts.parts",
        "audits.charts.quarters",
        "audits.models.fields.own_fields",
        "audits.models.fields.tags",
        "audits.portfolio.cells",
        "audits.portfolio.files.calendar",
        "audits.charts.counts",
        "audits.templatetags.figures",
        "audits.templatetags.moments",
    ],
)
def test_examples_in_the_documentation_are_true(module: str) -> None:
    results = doctest.testmod(importlib.import_module(module))

    assert results.failed == 0
    assert results.attempted > 0
