"""The published file with places changed, and how the loader refuses it."""

from pathlib import Path

import pytest

from audits.frameworks.loading.loader import PACKS, load
from audits.strict_yaml.problems import Problem, RefusedFileError

PACK = (PACKS / "fine_tuning" / "v1.yaml").read_text(encoding="utf-8")
NEWEST = (PACKS / "fine_tuning" / "v2.yaml").read_text(encoding="utf-8")


def changed(*changes: tuple[str, str], pack: str = PACK) -> str:
    """Return a published file with some places changed; each must stand once."""
    text = pack
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def check_refused(file: Path, row: tuple[str, str, str, str, str]) -> None:
    """Check that one change is refused, once, at its line and key, with its reason."""
    old, new, at, key, message = row
    text = changed((old, new))
    assert problems_of(file, text) == (Problem(line_of(text, at), key, message),)


def problems_of(file: Path, text: str) -> tuple[Problem, ...]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFileError) as caught:
        load(file)
    return caught.value.problems
