"""What changed between two versions of a framework, from their files."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

from audits.frameworks.schema import Framework

_label, _name = attrgetter("label"), attrgetter("name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Something that versions have several of: how many, what came and what went."""

    what: str
    before: int
    after: int
    added: tuple[str, ...]
    removed: tuple[str, ...]


def changed(before: Framework, after: Framework) -> tuple[Changed, ...]:
    """Return what two versions have several of, with what came and what went."""
    pairs = zip(_parts(before).items(), _parts(after).values(), strict=True)
    return tuple(
        Changed(
            what=what,
            before=len(old),
            after=len(new),
            added=tuple(name for key, name in new.items() if key not in old),
            removed=tuple(name for key, name in old.items() if key not in new),
        )
        for (what, old), new in pairs
    )


def _parts(framework: Framework) -> dict[str, Mapping[str, str]]:
    """Return the names of each part, by id."""
    return {
        "Questions": {x.id: _label(x) for x in framework.questions},
        "Verdicts": {key: _name(words) for key, words in framework.verdicts.items()},
        "Reasons to train": {x.id: _name(x) for x in framework.reasons},
        "Blockers": {x.id: _name(x) for x in framework.blockers},
        "Rules about the prompt": {x.id: _name(x) for x in framework.context_rules},
        "Rules about the verdict": {x.id: _name(x) for x in framework.verdict_rules},
    }
