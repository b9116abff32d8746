"""The one Django app."""

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    """Attune."""

    name = "audits"
    verbose_name = "Attune"

    def ready(self) -> None:
        """Register the checks of the release's files, and the record of sign-ins."""
        from audits import checks  # noqa: F401, PLC0415 - registers on import
        from audits.people import signals  # noqa: PLC0415 - models are loaded by now

        signals.connect()
