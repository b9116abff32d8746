"""Reads a framework: the only way to get one."""

import hashlib
import typing
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from audits.frameworks.conditions import Condition
from audits.frameworks.loading import condition_reader, references
from audits.frameworks.questions import Technique
from audits.frameworks.schema import Framework
from audits.frameworks.to_training import Answer
from audits.strict_yaml.nodes import compose
from audits.strict_yaml.plain_strings import without_lines
from audits.strict_yaml.problems import Problem, RefusedFileError
from audits.strict_yaml.reader import Reader, Refused

PACKS = Path(__file__).parents[1] / "packs"


def load(path: Path) -> Framework:
    """Read one framework file.

    Args:
        path: A YAML file of at most 256 kB.

    Returns:
        The framework, with `content_hash` the SHA-256 of the file's bytes.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
        OSError: The file cannot be read.
    """
    return read(path.read_bytes(), path.name)


def read(raw: bytes, file: str) -> Framework:
    """Read the bytes of one framework file, like `load`."""
    return of_node(compose(raw, file), file, hashlib.sha256(raw).hexdigest())


def of_node(node: yaml.Node, file: str, content_hash: str) -> Framework:
    """Read a framework from the nodes of a file.

    Args:
        node: The top of the file.
        file: The name to use in messages.
        content_hash: The SHA-256 of the file's bytes.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    reader = Reader({Condition: condition_reader.read, Answer: _answer})
    try:
        framework: Framework = reader.read(node, Framework, "")
    except Refused:
        raise RefusedFileError(file, reader.problems) from None
    problems = [*reader.problems, *references.problems(framework), *_gaps(framework)]
    if problems:
        raise RefusedFileError(file, problems)
    return without_lines(replace(framework, content_hash=content_hash))


def _answer(reader: Reader, node: yaml.Node, key: str) -> Answer:
    """Read one option, or a list of picks."""
    hint = tuple[str, ...] if isinstance(node, yaml.SequenceNode) else str
    answer: Answer = reader.read(node, hint, key)
    return answer


def _gaps(framework: Framework) -> list[Problem]:
    """What the rules can give, and every technique, must have its words."""
    layers = [rule.layer for rule in framework.context_rules]
    rules = [rule.verdict for rule in framework.verdict_rules]
    verdicts = [*layers, *(each for each in rules if each != "context_layer")]
    families = [words.family for words in framework.verdicts.values()]
    return [
        Problem(1, f"{name}.{word}", "is missing")
        for name, given, words in (
            ("families", framework.families, families),
            ("verdicts", framework.verdicts, verdicts),
            ("techniques", framework.techniques, typing.get_args(Technique)),
        )
        for word in dict.fromkeys(words)
        if word not in given
    ]


@cache
def published(name: str, version: int) -> Framework:
    """Return a published framework by name and version.

    Raises:
        LookupError: No such framework ships with this release.
    """
    path = PACKS / name / f"v{version}.yaml"
    if not path.is_file():
        message = f"no framework {name} version {version} in this release"
        raise LookupError(message)
    framework = load(path)
    if (framework.name, framework.version) != (name, version):
        problem = Problem(1, "version", f"must be {version}, and name {name}")
        raise RefusedFileError(path.name, [problem])
    return framework


def named(name: str) -> Framework:
    """Return a published framework by name and version, such as "fine_tuning:2".

    Raises:
        ValueError: No such framework ships with this release; names what does.
    """
    found = {f"{each}:{version}": f for (each, version), f in shipped().items()}
    if name not in found:
        message = f'framework: "{name}" is not one of {", ".join(found)}'
        raise ValueError(message)
    return found[name]


@cache
def shipped() -> Mapping[tuple[str, int], Framework]:
    """Return every framework that ships with this release, by name and version."""
    found = sorted(
        (path.parent.name, int(path.stem[1:])) for path in PACKS.glob("*/v*.yaml")
    )
    return {each: published(*each) for each in found}


def current() -> Framework:
    """Return the framework of new audits."""
    return published("fine_tuning", 2)
