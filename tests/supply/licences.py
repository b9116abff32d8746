"""Whether Attune may be given away with what it installs, and with what it contains.

What is allowed stands in pyproject.toml, under `tool.attune.licences`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Self

from license_expression import ExpressionError, Licensing, get_spdx_licensing

from tests.supply.requirements import Pin


@dataclass(frozen=True)
class Decided:
    """What a person found out about a package, and decided."""

    says: str
    """What its metadata say. If they say something else, somebody has to look again."""
    licence: str
    because: str


@dataclass(frozen=True)
class Policy:
    """Which licences are allowed; SPDX ids and expressions."""

    allowed: frozenset[str]
    decided: Mapping[str, Decided]
    own_files: tuple[str, ...]
    """What below static/ is our own, as patterns of paths."""

    @classmethod
    def read(cls, root: Path) -> Self:
        """Return the policy of a folder's pyproject.toml."""
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
        table: dict[str, Any] = project["tool"]["attune"]["licences"]
        return cls(
            allowed=frozenset(table["allowed"]),
            decided={n: Decided(**entry) for n, entry in table["decided"].items()},
            own_files=tuple(table["own-files"]),
        )

    def permits(self, licence: str) -> bool:
        """Whether an SPDX expression can be met with allowed licences.

        Raises:
            ExpressionError: It is no SPDX expression.
        """
        return self._met(_spdx().parse(licence, validate=True, strict=True))

    def _met(self, part: Any) -> bool:
        spdx = _spdx()
        if isinstance(part, spdx.AND):
            return all(self._met(one) for one in part.args)
        if isinstance(part, spdx.OR):
            return any(self._met(one) for one in part.args)
        return str(part) in self.allowed


@dataclass(frozen=True)
class Package:
    """A package as it is installed here."""

    name: str
    version: str
    says: str
    """What its metadata say of the licence; empty if nothing."""


def installed(pin: Pin) -> Package | None:
    """Return what is installed under the name of a pin."""
    try:
        found = distribution(pin.name)
    except PackageNotFoundError:
        return None
    return Package(pin.name, found.version, _says(found.metadata))  # type: ignore[arg-type]


def licence_of(package: Package, policy: Policy) -> str:
    """Return the SPDX expression that holds for a package."""
    decided = policy.decided.get(package.name)
    return decided.licence if decided else package.says


def problems(pinned: list[Pin], policy: Policy) -> Iterator[str]:
    """Yield a sentence for each package that may not be used, or is not known."""
    for name in sorted(policy.decided.keys() - {pin.name for pin in pinned}):
        yield f"{name}: pyproject.toml decides on it, and it is no longer installed."
    for pin in pinned:
        if not pin.is_installed_here:
            continue
        package = installed(pin)
        if package is None or package.version != pin.version:
            yield f"{pin.name}: version {pin.version} is not installed here."
        elif reason := _refused(package, policy):
            yield f"{pin.name}: {reason}"


def _refused(package: Package, policy: Policy) -> str:
    """Return why a package may not be used; empty if it may."""
    if decided := policy.decided.get(package.name):
        _spdx().parse(decided.licence, validate=True, strict=True)
        if not decided.because:
            return "pyproject.toml gives no reason for its licence."
        if decided.says != package.says:
            return (
                f"its metadata say “{package.says}”, and pyproject.toml was decided "
                f"on “{decided.says}”. Read its licence again."
            )
        return ""
    if not package.says:
        return "its metadata do not name a licence."
    try:
        permitted = policy.permits(package.says)
    except ExpressionError:
        return f"“{package.says}” is no SPDX licence. Read it, and decide on it."
    return "" if permitted else f"{package.says} is not among the allowed licences."


def _says(metadata: Message) -> str:
    """Return what metadata say of the licence, in the field that says it best."""
    expression = metadata.get("License-Expression")
    words = str(metadata.get("License", "")).strip()
    if "\n" in words:  # a whole text names no licence
        words = ""
    classifiers = [
        str(line).rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier", [])
        if str(line).startswith("License :: ")
    ]
    return str(expression or words or "; ".join(classifiers))


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()
