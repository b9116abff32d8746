"""Django's own command, which may read rows of every organization."""

from typing import Any

from django.core.management.commands import dumpdata
from django_scopes import scopes_disabled


class Command(dumpdata.Command):
    def handle(self, *labels: Any, **options: Any) -> None:
        with scopes_disabled():
            super().handle(*labels, **options)
