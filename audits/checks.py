"""`manage.py check` refuses unsound frameworks and facts, and an address nobody has."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004
from django.http.request import validate_host

from audits.frameworks.loading.loader import PACKS
from audits.frameworks.loading.loader import load as load_framework
from audits.frameworks.schema import Framework
from audits.inventories.presets import presets as load_inventories
from audits.landscape.loader import DATA
from audits.landscape.loader import load as load_landscape
from audits.scoring.proofs import proving
from audits.scoring.proofs.golden import golden
from audits.scoring.proofs.parts import ProofProblem
from audits.strict_yaml.problems import RefusedFileError

# So many published cases may have another verdict: rules are not bent to fit a case.
MAY_MISS = {"cases": 3, "boundaries": 0, "examples": 0}
# Every framework ships with its boundaries; the one that is current with the cases.
_MAY_LACK = {"cases", "examples"}
# Reserved for documentation (RFC 2606): no site is there.
_SAMPLE_DOMAINS = ("example.org", "example.com", "example.net")


@register("site_url")
def check_site_url(**_: Any) -> Sequence[CheckMessage]:
    """Refuse an address of this site that links in mails cannot lead to.

    Where no host is allowed, as in tests, nothing is served and there is no address.
    """
    if settings.DEMO or not settings.ALLOWED_HOSTS:
        return []
    url = urlsplit(settings.SITE_URL)
    host = url.hostname or ""
    if url.scheme not in ("http", "https") or not host:
        problem, error_id = "is not an address such as https://attune.firm.eu", "E001"
    elif host.endswith(_SAMPLE_DOMAINS):
        problem, error_id = "is the sample address", "E002"
    elif not validate_host(host, settings.ALLOWED_HOSTS):
        problem, error_id = "has a host that ALLOWED_HOSTS does not name", "E003"
    else:
        return []
    return [
        Error(
            f"Links in emails would not work: SITE_URL {settings.SITE_URL} {problem}.",
            hint="Set SITE_URL to the address that people open, or leave it empty for "
            "https and the first of ALLOWED_HOSTS.",
            id=f"site_url.{error_id}",
        )
    ]


@register("frameworks")
def check_frameworks(**_: Any) -> Sequence[CheckMessage]:
    """Load every framework file; one error for each problem in it or its cases."""
    errors: list[CheckMessage] = []
    for path in _files():
        try:
            framework = load_framework(path)
        except RefusedFileError as error:
            errors += _errors(error, "frameworks.E001")
        else:
            unused = proving.unused(framework)
            errors += [_error(path, problem, "frameworks.E002") for problem in unused]
            errors += _missed(framework, path)
    return errors


def prove_frameworks(**_: Any) -> Sequence[CheckMessage]:
    """Prove every framework file that loads; one error for what can never happen.

    It takes a solver and a second, so only `manage.py check` asks for it: what other
    commands check first is the same with a solver and without.
    """
    errors: list[CheckMessage] = []
    for path in _files() if find_spec("z3") else ():
        with suppress(RefusedFileError):  # check_frameworks reports it
            problems = proving.problems(load_framework(path))
            errors += [_error(path, problem, "frameworks.E002") for problem in problems]
    return errors


def _files() -> list[Path]:
    return sorted(PACKS.glob("*/v*.yaml"))


def _missed(framework: Framework, path: Path) -> Iterator[CheckMessage]:
    """Yield the cases beside a framework file that get another verdict."""
    for name, may_miss in MAY_MISS.items():
        file = path.with_suffix(f".{name}.jsonl")
        if name in _MAY_LACK and not file.exists():
            continue
        for problem in golden(framework, file, may_miss=may_miss):
            yield _error(file, problem, "frameworks.E003")


@register("landscape")
def check_landscape(**_: Any) -> Sequence[CheckMessage]:
    """Load the market facts; one error for each problem in the first bad file."""
    try:
        load_landscape(DATA)
    except RefusedFileError as error:
        return _errors(error, "landscape.E001")
    return []


@register("inventories")
def check_inventories(**_: Any) -> Sequence[CheckMessage]:
    """Load the public formats of inventories; one error for each problem in a file."""
    try:
        load_inventories()
    except RefusedFileError as error:
        return _errors(error, "inventories.E001")
    return []


@register("database_choice")
def check_database(**_: Any) -> Sequence[CheckMessage]:
    """Warn that a database nobody chose is a file; the demo is meant to have one."""
    if settings.DEMO or not settings.DATABASE_IS_ASSUMED:
        return []
    said = "DATABASE_URL is not set, so data is kept in a file of SQLite under var/."
    hint = "Set it to a PostgreSQL address, or to sqlite:///PATH if you want a file."
    return [Warning(said, hint=hint, id="attune.W001")]


def _errors(refused: RefusedFileError, error_id: str) -> list[CheckMessage]:
    return [
        Error(f"{refused.file}:{p.line}: {p.key}: {p.message}", id=error_id)
        for p in refused.problems
    ]


def _error(path: Path, problem: ProofProblem, error_id: str) -> CheckMessage:
    return Error(f"{path.name}: {problem.where}: {problem.sentence}", id=error_id)
