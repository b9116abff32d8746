"""What the choices of a field are called, on every page."""

import pytest
from django.db.models import Field, Model

from audits.models import Audit, Review, UseCase


@pytest.mark.parametrize(
    ("model", "name"), [(Audit, "state"), (UseCase, "stage"), (Review, "outcome")]
)
def test_choice_is_called_as_its_field_says(
    model: type[Model], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Django's own makes each value one that its dictionary of all choices can have.
    monkeypatch.setattr("django.db.models.base.make_hashable", None)
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    values = [*dict(field.flatchoices), "another"]

    called = [
        getattr(model(**{name: value}), f"get_{name}_display")() for value in values
    ]

    assert called == [dict(field.flatchoices).get(x, x) for x in values]
