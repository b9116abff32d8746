"""What requirements*.txt pin, and whether each is whole and in step with its .in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name
from pip_requirements_parser import InstallRequirement, RequirementsFile

NAMES = ("requirements", "requirements-dev")
COMPILE = (
    "uv pip compile --universal --python-version 3.12 --generate-hashes --no-header "
    "--no-strip-extras"
)
_HEAD = re.compile(r"^([\w.-]+)(?:\[.*?\])?\s*==", re.MULTILINE)
_VIA = re.compile(r"^ +# +(?:via +)?(?!via$)(-r \S+|[\w.-]+)(?:\[.*\])?$", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One package of a requirements.txt."""

    name: str
    version: str
    extras: frozenset[str]
    marker: Marker | None
    hashes: frozenset[str]
    """SHA-256, in hexadecimal digits."""
    via: frozenset[str]
    """What needs it: names of packages, or “-r” and the file that asks for it."""

    @property
    def is_installed_here(self) -> bool:
        """Whether pip installs it on this machine."""
        return self.marker is None or self.marker.evaluate()


def pins(file: Path) -> list[Pin]:
    """Return what a requirements.txt without a problem pins, by name."""
    via = _reasons(file.read_text("utf-8"))
    return [
        Pin(
            name=canonicalize_name(line.name),
            version=str(line.specifier).removeprefix("=="),
            extras=frozenset(line.extras),
            marker=line.marker,
            hashes=frozenset(_sha256(line)),
            via=via.get(canonicalize_name(line.name), frozenset()),
        )
        for line in sorted(_read(file).requirements, key=lambda line: str(line.name))
    ]


def problems(root: Path) -> list[str]:
    """Return a sentence for each thing that is wrong with a folder's requirements."""
    unsafe = [
        problem for name in NAMES for problem in _unsafe_lines(root / f"{name}.txt")
    ]
    if unsafe:  # nothing can be told from lines that do not read as pins
        return unsafe
    steps = [p for name in NAMES for p in _out_of_step(root, name)]
    return [*steps, *_different_for_developers(root)]


def _unsafe_lines(file: Path) -> Iterator[str]:
    """Yield what `pip install --require-hashes` would refuse, or look for elsewhere."""
    read = _read(file)
    for line in [*read.options, *read.invalid_lines]:
        text = line.requirement_line.line
        yield f"{file.name}: “{text}” has no place here: only pinned packages do."
    for line in read.requirements:
        if line.link or line.is_editable:
            yield f"{file.name}: {line.name} comes from an address, not from an index."
        elif not line.is_pinned or "*" in str(line.specifier):
            yield f"{file.name}: {line.name} has no exact version (==)."
        elif not _sha256(line):
            yield f"{file.name}: {line.name} has no SHA-256 hash."


def _out_of_step(root: Path, name: str) -> Iterator[str]:
    """Yield where a .txt is not what its .in would be compiled to."""
    again = f"Run: {COMPILE} {name}.in -o {name}.txt"
    pinned = {pin.name: pin for pin in pins(root / f"{name}.txt")}
    asked = {
        str(canonicalize_name(line.name)): line
        for line in _read(root / f"{name}.in").requirements
    }
    direct = {key for key, pin in pinned.items() if f"-r {name}.in" in pin.via}
    for key in sorted(asked.keys() - direct):
        yield f"{name}.in asks for {key}, and {name}.txt does not say so. {again}"
    for key in sorted(direct - asked.keys()):
        yield f"{name}.txt has {key}, and {name}.in does not ask for it. {again}"
    for key in sorted(asked.keys() & direct):
        pin, line = pinned[key], asked[key]
        if not line.req.specifier.contains(pin.version) or line.extras - pin.extras:
            yield f"{name}.in asks for {line.req}, not for {key} {pin.version}. {again}"
    for pin in pinned.values():
        needs = {reason for reason in pin.via if not reason.startswith("-r ")}
        if not pin.via or needs - pinned.keys():
            yield f"{name}.txt has {pin.name}, and nothing there needs it. {again}"


def _different_for_developers(root: Path) -> Iterator[str]:
    """Yield what is tested in another version than is installed on a server."""
    tested = {pin.name: pin for pin in pins(root / "requirements-dev.txt")}
    for pin in pins(root / "requirements.txt"):
        other = tested.get(pin.name)
        if other is None or (other.version, other.hashes) != (pin.version, pin.hashes):
            yield (
                f"requirements-dev.txt pins another {pin.name} than requirements.txt."
            )


def _read(file: Path) -> RequirementsFile:
    return RequirementsFile.from_file(str(file), include_nested=False)


def _sha256(line: InstallRequirement) -> list[str]:
    found = (re.fullmatch(r"sha256:([0-9a-f]{64})", h) for h in line.hash_options)
    return [match[1] for match in found if match]


def _reasons(text: str) -> dict[str, frozenset[str]]:
    """Return what the comments below each pin name as the reason for it."""
    _, *parts = _HEAD.split(text)
    return {
        canonicalize_name(name): frozenset(_VIA.findall(block))
        for name, block in zip(parts[::2], parts[1::2], strict=True)
    }
