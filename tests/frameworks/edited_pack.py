"""The published file with places changed, and how the loader refuses it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Refused:
    """A change of a published file, and how the loader refuses it.

    `at` is a text on the line at fault.
    """

    pack: str
    old: str
    new: str
    at: str
    key: str
    message: str

    @property
    def place(self) -> range:
        """What of the file is changed."""
        start = self.pack.index(self.old)
        return range(start, start + len(self.old))

    @property
    def part(self) -> str:
        """The part of the file that the key names."""
        return self.key.partition(".")[0]

    def told(self, beside: Iterable["Refused"]) -> Problem:
        """Return the problem that is told once other places are changed, too."""
        alone = self.pack.replace(self.old, self.new, 1)
        at, grown = alone.index(self.at), len(self.new) - len(self.old)
        if at >= self.place.stop + grown:
            at -= grown
        above = (each for each in beside if each.place.start < min(at, self.place.stop))
        moved = sum(x.new.count("\n") - x.old.count("\n") for x in above if x != self)
        return Problem(line_of(alone, self.at) + moved, self.key, self.message)


def check_all_refused(
    file: Path,
    rows: Iterable[tuple[str, str, str, str, str]],
    pack: str = PACK,
    *,
    part_by_part: bool = False,
) -> None:
    """Check that each change is refused, once, at its line and key, with its reason."""
    refused = [Refused(pack, *row) for row in rows]
    assert [x.old for x in refused if pack.count(x.old) != 1] == []
    check_each_refused(
        refused, lambda text: problems_of(file, text), part_by_part=part_by_part
    )


def check_each_refused(
    left: list[Refused],
    problems: Callable[[str], tuple[Problem, ...]],
    *,
    part_by_part: bool = False,
) -> None:
    """Check how changes of one file are refused; `problems` loads its text.

    Places that are apart are changed at once, as a loader tells of them in one list.
    What it only looks at in a file that it could read is tried again without the rest.
    `part_by_part` changes each part of a file once at a time, where one change would
    hide another.
    """
    while left:
        made: list[Refused] = []
        for each in left:
            if not any(
                _overlap(each.place, other.place)
                or (part_by_part and each.part == other.part)
                for other in made
            ):
                made.append(each)
        text = left[0].pack
        for each in sorted(made, key=lambda x: x.place.start, reverse=True):
            start, stop = each.place.start, each.place.stop
            text = f"{text[:start]}{each.new}{text[stop:]}"
        expected = {each.told(made): each for each in made}
        found = problems(text)
        assert [x for x in found if x not in expected] == []
        assert len(found) == len(set(found))
        left = [each for each in left if each not in {expected[x] for x in found}]


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def problems_of(file: Path, text: str) -> tuple[Problem, ...]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFileError) as caught:
        load(file)
    return caught.value.problems
