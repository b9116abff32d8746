"""Loads the demo organisations if they are not there, and says who can sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audits.services.demo import DEMO_PEOPLE, load_demo
from audits.services.demo_sample import SAMPLE_PEOPLE, load_sample


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *_: Any, **__: Any) -> None:
        if not settings.DEMO:
            message = "The demo people need no password: set ATTUNE_DEMO=1 first."
            raise CommandError(message)
        loaded = load_demo()
        self.stdout.write(
            "Loaded the published cases." if loaded else "The demo is loaded."
        )
        if load_sample():
            self.stdout.write("Loaded the sample company with invented figures.")
        self.stdout.write("Sign in with one click as:")
        for person in (*DEMO_PEOPLE, *SAMPLE_PEOPLE.values()):
            self.stdout.write(f"  {person.title:<22} {person.name} <{person.email}>")
