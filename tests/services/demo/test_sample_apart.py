"""Only the sample company is called a sample beside its name."""

import pytest
from pytest_django import Settings

from audits.models import Organization
from audits.services.demo.sample import SLUG
from audits.templatetags.own_values import with_sample_apart


@pytest.mark.parametrize(
    ("name", "slug", "shown"),
    [
        ("Halden Mutual (sample, invented data)", SLUG, ("Halden Mutual", True)),
        ("Acme (sample lab)", "acme", ("Acme (sample lab)", False)),
    ],
)
def test_name_has_its_note_apart_where_its_figures_are_invented(
    settings: Settings, name: str, slug: str, shown: tuple[str, bool]
) -> None:
    settings.DEMO = True

    assert with_sample_apart(Organization(name=name, slug=slug)) == shown
