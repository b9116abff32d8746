"""The forms for an organization and its members that the back office has, too."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms

from audits.models import Membership, Organization
from audits.scoring.numbers.currency_words import choice, named

_FORMS_OF_PAPERS = (
    ("False", "PDF/UA-1, which everybody can read"),
    ("True", "PDF/A-3a, for an archive"),
)


class SettingsForm(forms.ModelForm[Organization]):
    """What board papers look like, and the currency of amounts."""

    class Meta:
        model = Organization
        fields: tuple[str, ...] = (
            *("name", "currency", "paper_size", "accent", "logo"),
            "archives_papers",
        )
        help_texts: ClassVar[dict[str, str]] = {
            "currency": "Teams enter amounts in it unless they choose another, and "
            "sums are also shown in it. Tables are in US dollars."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The one it has is kept, even if it has left the market facts.
        codes = dict.fromkeys((*named(), self.instance.currency))
        self.fields["currency"].widget = forms.Select(
            choices=[(code, choice(code)) for code in codes]
        )

    def clean_currency(self) -> str:
        """Refuse a currency that the market facts have no rate of."""
        code = str(self.cleaned_data["currency"])
        if code not in named() and code != self.instance.currency:
            message = f"Choose one of these: {', '.join(named())}."
            raise forms.ValidationError(message, code="currency")
        return code


class GeneralForm(SettingsForm):
    """The same for an administrator: the logo is no link, and can be removed."""

    remove_logo = forms.BooleanField(
        required=False, label="Print no logo: remove the one that is stored"
    )

    def __init__(self, *args: Any, refused: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused
        self.fields["name"].label = "Name of the organization"
        self.fields["name"].error_messages["required"] = "Enter the name"
        self.fields["accent"].label = "Colour of board papers"
        self.fields["logo"].widget = forms.FileInput()
        self.fields["archives_papers"] = forms.TypedChoiceField(
            choices=_FORMS_OF_PAPERS,
            coerce=lambda value: value == "True",
            label="Form of board papers",
            help_text="Both have the same pages, tags and attached file.",
        )
        if not self.instance.logo:
            del self.fields["remove_logo"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refused:
            self.add_error("logo", self.refused)
        if cleaned.get("remove_logo"):
            cleaned["logo"] = False  # as Django says “remove the file”
        return cleaned

    @property
    def changed(self) -> list[str]:
        """The columns that have another value than before."""
        before, now = self.initial, self.cleaned_data
        return [name for name in self.Meta.fields if now[name] != before[name]]


class MembershipForm(forms.ModelForm[Membership]):
    """A membership; who was deactivated is let in again on the page of members."""

    class Meta:
        model = Membership
        fields = ("user", "organization", "role")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        ended = Membership.ever.exclude(ended_at=None).filter(
            user=cleaned.get("user"), organization=cleaned.get("organization")
        )
        if self.instance._state.adding and ended.exists():
            message = "They were deactivated. An administrator can take that back"
            raise forms.ValidationError(message, code="ended")
        return cleaned
