"""Converts YAML nodes to plain values and back, to pass them between processes."""

from typing import Any

import yaml


def values_of(node: yaml.Node) -> list[Any]:
    """Return a node as lists and texts: its kind, line, tag and value.

    >>> values_of(yaml.compose("a: [1]"))[0]
    'mapping'
    """
    line = node.start_mark.line
    if isinstance(node, yaml.ScalarNode):
        return ["scalar", line, node.tag, node.value]
    if isinstance(node, yaml.SequenceNode):
        return ["sequence", line, node.tag, list(map(values_of, node.value))]
    pairs = [[values_of(key), values_of(value)] for key, value in node.value]
    return ["mapping", line, node.tag, pairs]


def node_of(values: list[Any]) -> yaml.Node:
    """Return the node of such values.

    Raises:
        ValueError: The values are not a node; TypeError and LookupError mean the same.
    """
    kind, line, tag, value = values
    mark = yaml.Mark("", 0, int(line), 0, None, 0)
    match kind:
        case "scalar":
            return yaml.ScalarNode(str(tag), str(value), mark, mark)
        case "sequence":
            return yaml.SequenceNode(str(tag), list(map(node_of, value)), mark, mark)
        case "mapping":
            pairs = [(node_of(key), node_of(inner)) for key, inner in value]
            return yaml.MappingNode(str(tag), pairs, mark, mark)
    message = f"unknown kind of node: {kind!r}"
    raise ValueError(message)
