"""Icons and verdict marks, drawn in the page so that they take its colours."""

import re
from functools import cache
from pathlib import Path
from typing import Any, cast

from django import template
from django.conf import settings
from django.template.base import Node, Parser, TextNode, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from audits.frameworks.named import NamedVerdict, named
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.techniques import TECHNIQUE_OF, WAYS
from audits.templatetags.parts import drawn

register = template.Library()

_PATH = re.compile(r'viewBox="(?P<box>[^"]+)".*\sd="(?P<d>[^"]+)"', re.DOTALL)


@cache
def _shape(name: str) -> tuple[str, str]:
    """Return the view box and the path of static/icons/<name>.svg."""
    file = Path(settings.BASE_DIR) / "static" / "icons" / f"{name}.svg"
    found = _PATH.search(file.read_text())
    if found is None:
        message = f"{file.name} is not one path in a view box"
        raise ValueError(message)
    return found["box"], found["d"]


@cache
def icon(name: str, classes: str = "icon") -> SafeString:
    """Draw an icon; the text beside it carries the meaning."""
    box, path = _shape(name)
    return format_html(
        '<svg class="{}" viewBox="{}" aria-hidden="true">'
        '<path fill-rule="evenodd" d="{}"/></svg>',
        classes,
        box,
        path,
    )


register.simple_tag(icon)
_drawn_icon = register.tags["icon"]


@register.tag("icon")
def _of_icon(parser: Parser, token: Token) -> Node:
    """Draw an icon as a text of the template, if the template says which."""
    node: Any = _drawn_icon(parser, token)
    is_said = all(isinstance(x.var, str) and not x.filters for x in node.args)
    if node.kwargs or node.target_var or not is_said:
        drawn_each_time: Node = node
        return drawn_each_time
    return TextNode(icon(*[each.var for each in node.args]))


@register.simple_tag
@cache
def mark(name: str, size: str = "") -> SafeString:
    """Draw a verdict's mark; size is "", "row", "lg" or "xl"."""
    classes = f"mark mark-{size}" if size else "mark"
    return icon(f"verdict-{name or 'none'}", classes)


def named_verdict(
    framework: Framework, verdict_id: str, comes_first: str = "", override: str = ""
) -> NamedVerdict | None:
    """Return a verdict's name and mark, or what comes first; None for an empty id.

    An `override` is named in its place, and names the computed verdict.
    """
    words = framework.verdicts.get(cast("Verdict", verdict_id))
    if words is None:
        return None
    computed = named(words.family, words.mark, words.name, comes_first)
    counts = named_verdict(framework, override) if override else None
    return counts._replace(computed=computed.name) if counts else computed


@register.simple_tag
def verdict(
    framework: Framework,
    verdict_id: str,
    size: str = "",
    comes_first: str = "",
    override: str = "",
) -> SafeString:
    """Name a verdict with its mark; an empty id is "Not scored yet"."""
    words = named_verdict(framework, verdict_id, comes_first, override)
    return drawn("components/verdict.html", words=words, size=size)


@register.simple_tag
def verdict_mark(framework: Framework, verdict_id: Verdict) -> SafeString:
    """Draw a verdict's mark in its own colour, without its name."""
    words = framework.verdicts[verdict_id]
    return icon(f"verdict-{words.mark}", f"mark v-{words.family}")


@register.simple_tag
def technique_mark(framework: Framework, technique: PricedTechnique) -> SafeString:
    """Draw the mark of the verdict that advises a technique, in its own colour."""
    verdicts = (v for v, kind in TECHNIQUE_OF.items() if technique in WAYS[kind])
    return verdict_mark(framework, next(verdicts))


@register.simple_tag
def verdict_name(framework: Framework, verdict_id: Verdict) -> str:
    """Return a verdict's name."""
    return framework.verdicts[verdict_id].name
