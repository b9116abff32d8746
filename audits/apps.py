"""The one Django app."""

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    """Attune."""

    name = "audits"
    verbose_name = "Attune"

    def ready(self) -> None:
        """Register checks and the record of sign-ins; put off loading of passkeys."""
        from audits import checks  # noqa: F401, PLC0415 - registers on import
        from audits.people import signals  # noqa: PLC0415 - models are loaded by now
        from audits.people.factors import late_loading  # noqa: PLC0415 - as above

        late_loading.put_off("allauth.mfa.webauthn.internal.auth")
        signals.connect()
