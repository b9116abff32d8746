"""Parses text to YAML nodes, within limits that no hostile file can exceed.

Nodes rather than values: a node knows its line, keeps duplicate keys apart, and
leaves `no`, `1.10` and `12:30` as written.
"""

import yaml

from audits.strict_yaml.problems import Problem, RefusedFileError

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
# A framework has 15,200, and reading as many takes a tenth of a second.
MAX_NODES = 20_000

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(raw: bytes, file: str) -> yaml.MappingNode:
    """Parse a file into its top mapping.

    Args:
        raw: The file's bytes, UTF-8 without a byte order mark, at most 256 kB.
        file: The name to use in messages.

    Raises:
        RefusedFileError: The bytes are not such a document; names the line.
    """
    text = _decode(raw, file)
    try:
        _check_limits(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refused(file, line, f"not YAML: {error.problem}") from error
    except yaml.reader.ReaderError as error:
        line = raw.count(b"\n", 0, error.position) + 1
        raise _refused(file, line, f"not YAML: {error.reason}") from error
    if not isinstance(node, yaml.MappingNode):
        raise _refused(file, 1, "the file must hold one mapping of keys to values")
    return node


def _decode(raw: bytes, file: str) -> str:
    if len(raw) > MAX_BYTES:
        raise _refused(file, 1, f"larger than {MAX_BYTES // 1024} kB")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(file, line, "not UTF-8; save the file as UTF-8") from error
    if text.startswith("\ufeff"):
        raise _refused(file, 1, "begins with a byte order mark; save without it")
    return text


def _check_limits(text: str, file: str) -> None:
    """Refuse aliases, tags, depth and size from the event stream.

    Events come one by one, so a bomb is refused before it is built.
    """
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused(file, line, "aliases and anchors are not allowed")
        if getattr(event, "tag", None):
            raise _refused(file, line, "tags (!…) are not allowed")
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _refused(file, line, f"nested deeper than {MAX_DEPTH} levels")
        if nodes > MAX_NODES:
            raise _refused(file, line, f"more than {MAX_NODES:,} nodes")


def _refused(file: str, line: int, message: str) -> RefusedFileError:
    return RefusedFileError(file, [Problem(line, "file", message)])
