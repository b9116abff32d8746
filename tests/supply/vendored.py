"""Whether docs/third-party.md tells of all that is in static/ and not ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont
from license_expression import ExpressionError

from tests.supply.licences import Policy

_FOREIGN_WORDS = re.compile(rb"copyright|licen[cs]e|\(c\)|\xc2\xa9", re.IGNORECASE)


@dataclass(frozen=True)
class Vendored:
    """One row of the table."""

    what: str
    version: str
    files: str
    """A pattern of paths."""
    licence: str
    text: str
    """The path of the licence's text."""


def rows(root: Path) -> list[Vendored]:
    """Return the rows of docs/third-party.md."""
    page = (root / "docs" / "third-party.md").read_text("utf-8")
    return [
        Vendored(*found)
        for found in re.findall(
            r"^\| (.+?) \| ([\d.]+), .+? \| `(.+?)` \| `(.+?)`, `(.+?)` \|$", page, re.M
        )
    ]


def problems(root: Path, policy: Policy) -> Iterator[str]:
    """Yield a sentence for each file that the page leaves out or describes wrongly."""
    table = rows(root)
    told: set[Path] = set()
    for row in table:
        files = set(root.glob(row.files))
        told |= files | {root / row.text}
        yield from _wrong_row(root, row, files, policy)
    own = {path for pattern in policy.own_files for path in root.glob(pattern)} - told
    everything = {path for path in (root / "static").rglob("*") if path.is_file()}
    for path in sorted(everything - told - own):
        yield (
            f"{path.relative_to(root)} is neither in docs/third-party.md nor among "
            "`own-files` of pyproject.toml."
        )
    for path in sorted(own):
        if _FOREIGN_WORDS.search(path.read_bytes()):
            yield f"{path.relative_to(root)} counts as our own, and names a licence."


def _wrong_row(
    root: Path, row: Vendored, files: set[Path], policy: Policy
) -> Iterator[str]:
    if not files:
        yield f"{row.what}: there is no {row.files}."
    if not (root / row.text).is_file():
        yield f"{row.what}: its licence's text {row.text} is missing."
    try:
        if not policy.permits(row.licence):
            yield f"{row.what}: {row.licence} is not among the allowed licences."
    except ExpressionError:
        yield f"{row.what}: “{row.licence}” is no SPDX licence."
    for path in sorted(files):
        if (version := _version(path)) != row.version:
            name = path.relative_to(root)
            yield f"{name} is of version {version}, not {row.version}."


def _version(path: Path) -> str:
    """Return the version that a script or a font gives of itself; empty if none."""
    if path.suffix in (".ttf", ".woff2"):
        with TTFont(path, lazy=True) as font:
            text = font["name"].getDebugName(5) or ""
        found = re.match(r"Version ([\d.]+)", text)
    else:
        found = re.search(r'\bversion:"([\d.]+)"', path.read_text("utf-8"))
    return found[1] if found else ""
