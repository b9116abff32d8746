"""The forms to save a view, and to make a calendar."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from audits.models import SavedView


class ViewForm(forms.ModelForm[SavedView]):
    class Meta:
        model = SavedView
        fields = ("name",)
        labels = {"name": "Name of the view"}  # noqa: RUF012 - as Django reads it
        error_messages = {  # noqa: RUF012
            "name": {"required": "Enter a name for the view, like “Live and overdue”"}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class FeedForm(forms.Form):
    view = forms.ModelChoiceField(
        queryset=SavedView.objects.none(),
        required=False,
        label="What the calendar shows",
        empty_label="All use cases",
        to_field_name="public_id",
        error_messages={"invalid_choice": "Select one of your saved views"},
    )

    def __init__(self, own: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["view"].queryset = own  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
