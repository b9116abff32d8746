"""Loads the demo organizations if they do not exist, and says who can sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audits.services.demo.demo import DEMO_PEOPLE, load_demo
from audits.services.demo.sample import SAMPLE_PEOPLE, load_sample
from audits.services.demo.scale import load_scale
from audits.services.market.landscapes import stored_in_force


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale",
            type=int,
            metavar="N",
            help="Then make N more use cases in separate organizations.",
        )
        parser.add_argument(
            "--organizations",
            type=int,
            default=1,
            metavar="M",
            help="Spread them over M organizations (1).",
        )
        parser.add_argument(
            "--largest",
            type=int,
            default=0,
            metavar="L",
            help="Give one organization L use cases and the others the rest.",
        )

    @stored_in_force()
    def handle(
        self, *_: Any, scale: int | None, organizations: int, largest: int, **__: Any
    ) -> None:
        if not settings.DEMO:
            message = "The demo people need no password: set ATTUNE_DEMO=1 first."
            raise CommandError(message)
        if scale is not None and (scale < 1 or organizations < 1 or largest < 0):
            message = "--scale and --organizations start at 1, --largest at 0."
            raise CommandError(message)
        loaded = load_demo()
        self.stdout.write(
            "Loaded the published cases." if loaded else "The demo is loaded."
        )
        if load_sample():
            self.stdout.write("Loaded the sample company with invented amounts.")
        self.stdout.write("Sign in with one click as:")
        for person in (*DEMO_PEOPLE, *SAMPLE_PEOPLE.values()):
            self.stdout.write(f"  {person.title:<22} {person.name} <{person.email}>")
        if scale is not None:
            self._scale(scale, organizations, largest)

    def _scale(self, use_cases: int, organizations: int, largest: int) -> None:
        for made in load_scale(
            use_cases=use_cases, organizations=organizations, largest=largest
        ):
            self.stdout.write(f"{made:,} of {use_cases:,} use cases")
