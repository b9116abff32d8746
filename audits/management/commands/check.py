"""Django's own, which also proves the frameworks if a solver is installed."""

from typing import Any

from django.core.checks import register
from django.core.management.commands import check

from audits.checks import prove_frameworks


class Command(check.Command):
    def handle(self, *app_labels: Any, **options: Any) -> None:
        register(prove_frameworks, "frameworks")
        super().handle(*app_labels, **options)
