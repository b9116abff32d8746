"""Django's own command, which may write rows of every organization."""

from typing import Any

from django.core.management.commands import loaddata
from django_scopes import scopes_disabled


class Command(loaddata.Command):
    def handle(self, *fixtures: Any, **options: Any) -> None:
        with scopes_disabled():
            super().handle(*fixtures, **options)
