"""`manage.py check` refuses a release whose frameworks do not load."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from audits.frameworks.loader import PACKS, load
from audits.strict_yaml.problems import RefusedFileError


@register("frameworks")
def check_frameworks(**_: Any) -> Sequence[CheckMessage]:
    """Load every framework file; one error for each problem in it."""
    errors: list[CheckMessage] = []
    for path in sorted(PACKS.glob("*/v*.yaml")):
        try:
            load(path)
        except RefusedFileError as error:
            errors += [
                Error(
                    f"{error.file}:{p.line}: {p.key}: {p.message}", id="frameworks.E001"
                )
                for p in error.problems
            ]
    return errors
