"""The forms of single sign-on."""

from typing import Any, Self

from django import forms
from django.conf import settings

from audits.identity.outside import NotAsked, Outside
from audits.models import Organization, Role, SignOnProvider
from audits.models.fields.text import TypedText, UncutField
from audits.organization.words import ROLES
from audits.plain_forms import PlainForm
from audits.services.single_sign_on.addresses import entity_address, form_address

# An administrator is made by a group alone, never by coming from the provider.
_BY_DEFAULT = [
    ("", "Nobody: only people in a group with a role come in"),
    *[(role, words) for role, words in ROLES if role != Role.ADMIN],
]


class ProviderForm(PlainForm):
    """Where the provider is, and what it knows Attune as."""

    issuer = forms.CharField(
        label="Issuer",
        max_length=300,
        help_text="The address of the provider, such as https://login.firm.example. "
        "Attune reads the rest from it.",
        error_messages={"required": "Enter the issuer"},
    )
    client_id = TypedText(
        label="Client ID",
        max_length=300,
        error_messages={"required": "Enter the client ID"},
    )
    secret = forms.CharField(
        label="Client secret",
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    groups_claim = TypedText(
        label="Claim that names the groups",
        max_length=100,
        initial="groups",
        help_text="Where the provider lists the groups of a person. For a claim within "
        "another, write both with a dot: resource.groups.",
        error_messages={"required": "Enter the claim, such as groups"},
    )
    default_role = forms.ChoiceField(
        label="Role of people in no group with a role",
        choices=_BY_DEFAULT,
        required=False,
        help_text="As long as no group below has a role, each new person gets it.",
    )

    def __init__(self, provider: SignOnProvider | None, data: Any = None) -> None:
        provider = None if provider and provider.is_saml else provider
        own = provider and {
            name: getattr(provider, name)
            for name in ("issuer", "client_id", "groups_claim", "default_role")
        }
        super().__init__(data, initial=own or None)
        self._has_secret = bool(provider and provider.secret)
        self._kept_for = provider and (provider.issuer, provider.client_id)
        if self._has_secret:
            self.fields["secret"].help_text = "Leave it empty to keep the one stored."

    @property
    def columns(self) -> dict[str, Any]:
        """What is stored, but for the secret."""
        made = {"kind": SignOnProvider.Kind.OPENID, "metadata": ""}
        return {n: v for n, v in self.cleaned_data.items() if n != "secret"} | made

    def clean(self) -> dict[str, Any]:
        """Ask the provider whether it is there, once the rest is right."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        same = self._kept_for == (cleaned.get("issuer"), cleaned.get("client_id"))
        if not cleaned.get("secret") and not (self._has_secret and same):
            self.add_error("secret", "Enter the client secret")
        if not self.errors:
            from audits.identity.oidc import discover  # noqa: PLC0415 - see there

            try:
                discover(Outside(settings.SIGN_ON_ORIGINS), cleaned["issuer"])
            except NotAsked as refused:
                message = f"This issuer cannot be used: {refused}"
                self.add_error("issuer", message)
        return cleaned


class SamlForm(PlainForm):
    """The metadata of a provider that speaks SAML."""

    metadata = UncutField(
        label="Metadata of the provider",
        max_length=100_000,
        help_text="The whole XML text, which the provider shows or lets you download.",
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        error_messages={
            "required": "Paste the metadata",
            "max_length": "Use 100,000 characters or fewer for the metadata",
        },
    )
    groups_claim = TypedText(
        label="Attribute that names the groups",
        max_length=100,
        initial="groups",
        error_messages={"required": "Enter the attribute, such as groups"},
    )
    default_role = forms.ChoiceField(
        label="Role of people in no group with a role",
        choices=_BY_DEFAULT,
        required=False,
        help_text="As long as no group below has a role, each new person gets it.",
    )

    def __init__(
        self, organization: Organization, provider: SignOnProvider | None, data: Any
    ) -> None:
        own = provider and {
            name: getattr(provider, name)
            for name in ("metadata", "groups_claim", "default_role")
        }
        super().__init__(data, initial=own or None, prefix="saml")
        self._organization, self._issuer = organization, ""

    @property
    def columns(self) -> dict[str, Any]:
        """What is stored."""
        made = {"kind": SignOnProvider.Kind.SAML, "issuer": self._issuer}
        return {**self.cleaned_data, **made, "client_id": ""}

    def clean_metadata(self) -> str:
        """Return the metadata, once it names a provider that may be asked."""
        from audits.identity.saml import NoMetadata, Party  # noqa: PLC0415 - it loads XML

        given: str = self.cleaned_data["metadata"].strip()
        organization = self._organization
        try:
            party = Party.read(
                given,
                entity_id=entity_address(organization),
                back=form_address(organization),
            )
            Outside(settings.SIGN_ON_ORIGINS).checked(party.sign_in_at)
        except (NoMetadata, NotAsked) as refused:
            message = f"This metadata cannot be used: {refused}"
            raise forms.ValidationError(message) from refused
        self._issuer = party.issuer[:300]
        return given


class DomainForm(PlainForm):
    """A domain of mail addresses."""

    domain = forms.CharField(
        label="Domain of email addresses",
        max_length=253,
        error_messages={"required": "Enter a domain, such as firm.example"},
    )


class GroupForm(PlainForm):
    """A group of the provider, and the role that it gives."""

    name = TypedText(
        label="Group, as the provider calls it",
        max_length=200,
        error_messages={"required": "Enter the name of the group"},
    )
    role = forms.ChoiceField(
        choices=ROLES, error_messages={"required": "Choose a role"}
    )


class RulesForm(forms.Form):
    """Whether single sign-on is required, and whether it is two factors."""

    required = forms.BooleanField(
        label="Members sign in with single sign-on only",
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    has_factor = forms.BooleanField(
        label="The provider asks for a second factor",
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    @classmethod
    def of(cls, organization: Organization) -> Self:
        """Return the form with what holds now."""
        now = {
            "required": organization.requires_single_sign_on,
            "has_factor": organization.sign_on_has_factor,
        }
        return cls(initial=now)
