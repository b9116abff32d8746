"""YAML nodes to conditions.

A leaf is a mapping such as `{question: eval, in: [none, anecdotal]}`; `all`, `any`
and `not` hold further conditions.
"""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING

from audits.frameworks import conditions as c
from audits.strict_yaml.problems import did_you_mean

if TYPE_CHECKING:
    import yaml

    from audits.strict_yaml.reader import Reader

_STANDINGS: tuple[c.ReasonStatus, ...] = typing.get_args(c.ReasonStatus)
_KINDS = (
    "all",
    "any",
    "not",
    "question",
    "proven",
    "lacks",
    "failed",
    "market",
    "fact",
    "reason",
    "any_reason",
    "only_reasons",
    "blocked",
    "context_layer",
    "verdict",
)
_NAMED: dict[str, typing.Callable[[str], c.Condition]] = {
    "fact": c.FactHolds,
    "failed": c.Failed,
    "context_layer": c.ContextIs,
    "verdict": c.VerdictIs,
}
_TESTS = ("is", "in", "includes", "only", "at_least", "known")


def read(reader: Reader, node: yaml.Node, key: str) -> c.Condition:
    """Return the condition at a node, or raise Refused with its problems noted."""
    parts: dict[str, yaml.Node] = dict(reader.pairs(node, key))
    kinds = [kind for kind in _KINDS if kind in parts]
    if len(kinds) != 1:
        wrong = next(iter(parts), "")
        hint = did_you_mean(wrong, _KINDS) or f" (one of {', '.join(_KINDS)})"
        raise reader.refuse(node, key, f"a condition needs exactly one kind{hint}")
    kind = kinds[0]
    if kind == "question":
        return _answer(reader, node, parts, key)
    if kind in ("proven", "lacks"):
        test = _proof(reader, node, parts, kind, key)
        return c.Proven(test) if kind == "proven" else c.Lacks(test)
    if kind == "market":
        return _market(reader, node, parts, key)
    if kind == "reason":
        return _reason(reader, node, parts, key)
    _only(reader, parts, (kind,), key)
    return _other(reader, kind, parts[kind], f"{key}.{kind}")


def _other(reader: Reader, kind: str, value: yaml.Node, key: str) -> c.Condition:
    match kind:
        case "all" | "any":
            inner = tuple(
                read(reader, item, f"{key}[{place + 1}]")
                for place, item in enumerate(_items(reader, value, key))
            )
            return c.All(inner) if kind == "all" else c.Any(inner)
        case "not":
            return c.Not(read(reader, value, key))
        case "fact" | "failed" | "context_layer" | "verdict":
            return _NAMED[kind](reader.text(value, key))
        case "any_reason":
            allowed = (*_STANDINGS, "unproven")
            return c.AnyReason(
                typing.cast("c.ReasonStatus", reader.one_of(value, allowed, key))
            )
        case "only_reasons":
            return c.OnlyReasons(_texts(reader, value, key))
        case _:
            return c.Blocked(reader.boolean(value, key))


def _answer(
    reader: Reader, node: yaml.Node, parts: dict[str, yaml.Node], key: str
) -> c.AnswerLeaf:
    tests = [test for test in _TESTS if test in parts]
    if len(tests) != 1:
        raise reader.refuse(node, key, f"needs exactly one of {', '.join(_TESTS)}")
    test = tests[0]
    _only(reader, parts, ("question", test), key)
    question = reader.text(parts["question"], f"{key}.question")
    value, key = parts[test], f"{key}.{test}"
    match test:
        case "is":
            return c.Is(question, reader.text(value, key))
        case "in":
            return c.In(question, _texts(reader, value, key))
        case "includes":
            return c.Includes(question, _texts(reader, value, key))
        case "only":
            return c.Only(question, _texts(reader, value, key))
        case "at_least":
            return c.AtLeast(question, reader.text(value, key))
        case _:
            return c.Known(question, reader.boolean(value, key))


def _proof(
    reader: Reader, node: yaml.Node, parts: dict[str, yaml.Node], kind: str, key: str
) -> c.In | c.Includes:
    tests = [test for test in ("in", "includes") if test in parts]
    if len(tests) != 1:
        raise reader.refuse(node, key, "needs exactly one of in, includes")
    _only(reader, parts, (kind, tests[0]), key)
    question = reader.text(parts[kind], f"{key}.{kind}")
    options = _texts(reader, parts[tests[0]], f"{key}.{tests[0]}")
    shape = c.In if tests[0] == "in" else c.Includes
    return shape(question, options)


def _market(
    reader: Reader, node: yaml.Node, parts: dict[str, yaml.Node], key: str
) -> c.MarketLeaf:
    tests = [test for test in ("exists", "at_least") if test in parts]
    if len(tests) != 1:
        raise reader.refuse(node, key, "needs exactly one of exists, at_least")
    _only(reader, parts, ("market", tests[0]), key)
    market = reader.text(parts["market"], f"{key}.market")
    if tests[0] == "exists":
        exists = reader.boolean(parts["exists"], f"{key}.exists")
        return c.MarketExists(market, exists)
    number = reader.whole_number(parts["at_least"], f"{key}.at_least")
    return c.MarketReaches(market, number)


def _reason(
    reader: Reader, node: yaml.Node, parts: dict[str, yaml.Node], key: str
) -> c.ReasonStands:
    _only(reader, parts, ("reason", "stands"), key)
    if "stands" not in parts:
        raise reader.refuse(node, f"{key}.stands", "is missing")
    statuses = tuple(
        _standing(reader, item, f"{key}.stands")
        for item in _items(reader, parts["stands"], f"{key}.stands")
    )
    return c.ReasonStands(reader.text(parts["reason"], f"{key}.reason"), statuses)


def _standing(reader: Reader, node: yaml.Node, key: str) -> c.ReasonStatus:
    return typing.cast("c.ReasonStatus", reader.one_of(node, _STANDINGS, key))


def _texts(reader: Reader, node: yaml.Node, key: str) -> tuple[str, ...]:
    return tuple(reader.text(item, key) for item in _items(reader, node, key))


def _items(reader: Reader, node: yaml.Node, key: str) -> list[yaml.Node]:
    """Return the nodes of a list; an empty one would hold always or never."""
    items = reader.items(node, key)
    if not items:
        raise reader.refuse(node, key, "must not be empty")
    return items


def _only(
    reader: Reader,
    parts: dict[str, yaml.Node],
    allowed: tuple[str, ...],
    key: str,
) -> None:
    refused = [
        reader.refuse(
            parts[name],
            f"{key}.{name}",
            f"does not go with {allowed[0]}{did_you_mean(name, allowed)}",
        )
        for name in parts
        if name not in allowed
    ]
    if refused:
        raise refused[0]
