"""`manage.py check` refuses a release whose frameworks or market facts do not load."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from audits.frameworks.loader import PACKS
from audits.frameworks.loader import load as load_framework
from audits.landscape.loader import DATA
from audits.landscape.loader import load as load_landscape
from audits.strict_yaml.problems import RefusedFileError


@register("frameworks")
def check_frameworks(**_: Any) -> Sequence[CheckMessage]:
    """Load every framework file; one error for each problem in it."""
    errors: list[CheckMessage] = []
    for path in sorted(PACKS.glob("*/v*.yaml")):
        try:
            load_framework(path)
        except RefusedFileError as error:
            errors += _errors(error, "frameworks.E001")
    return errors


@register("landscape")
def check_landscape(**_: Any) -> Sequence[CheckMessage]:
    """Load the market facts; one error for each problem in the first bad file."""
    try:
        load_landscape(DATA)
    except RefusedFileError as error:
        return _errors(error, "landscape.E001")
    return []


def _errors(refused: RefusedFileError, error_id: str) -> list[CheckMessage]:
    return [
        Error(f"{refused.file}:{p.line}: {p.key}: {p.message}", id=error_id)
        for p in refused.problems
    ]
