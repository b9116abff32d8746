"""The one Django app."""

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    """Attune."""

    name = "audits"
    verbose_name = "Attune"

    def ready(self) -> None:
        """Register the checks of the frameworks that ship with this release."""
        from audits import checks  # noqa: F401, PLC0415 - registers on import
