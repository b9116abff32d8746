"""Says how a framework that is not in force yet would change the current audits.

Names each audit whose verdict would flip, with the verdict before and after, the rule
that decides then, and why. Nothing is stored.
"""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.models import Organization
from audits.scoring.history.version_causes import SAID
from audits.services.market.landscapes import stored_in_force
from audits.services.verdicts.impact import impact_of
from audits.strict_yaml.problems import RefusedFileError


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the framework, such as fine_tuning")
        parser.add_argument("version", help="a version that ships, or a YAML file")

    @stored_in_force()
    def handle(self, *_: Any, name: str, version: str, **__: Any) -> None:
        framework = _framework(name, version)
        use_cases, causes = 0, Counter[str]()
        for organization in Organization.objects.order_by("name", "pk").iterator():
            with scope(organization=organization):
                found = impact_of(framework)
            use_cases += found.use_cases
            for flip in found.flips:
                causes[SAID[flip.cause]] += 1
                self.stdout.write(
                    f"{organization.slug} {flip.audit.use_case.reference}: "
                    f"{flip.before_name} -> {flip.after_name}, by “{flip.rule}”. "
                    f"{SAID[flip.cause]}"
                )
        for cause, count in causes.most_common():
            self.stdout.write(f"{count}: {cause}")
        self.stdout.write(f"{use_cases} use cases, {causes.total()} changed verdicts")


def _framework(name: str, version: str) -> Framework:
    try:
        if version.isdecimal():
            return loader.published(name, int(version))
        framework = loader.load(Path(version))
    except (LookupError, RefusedFileError) as error:
        raise CommandError(str(error), returncode=2) from error
    except OSError as error:
        message = f"{version}: cannot be read: {error.strerror}"
        raise CommandError(message, returncode=2) from error
    if framework.name != name:
        message = f"{version}: it is a framework {framework.name}, not {name}"
        raise CommandError(message, returncode=2)
    return framework
