"""Templates that a page is made of: each is found, and looked through, once.

These take the place of Django's tags of the same names, which look for the blocks of a
layout, and for an included template, each time that a page is drawn.
"""

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Template, Token
from django.template.loader_tags import (
    ExtendsNode,
    IncludeNode,
    construct_relative_path,
    do_extends,
    do_include,
)
from django.utils.safestring import SafeString

register = template.Library()


@register.tag
def extends(parser: Parser, token: Token) -> ExtendsNode:
    """Draw a layout with the blocks of this template."""
    node = do_extends(parser, token)
    return _Filled(node.nodelist, node.parent_name, node.template_dirs)


@register.tag
def include(parser: Parser, token: Token) -> IncludeNode:
    """Draw another template here."""
    node = do_include(parser, token)
    said: Any = node.template
    name: Any = said.var
    if said.filters or type(name) not in (str, SafeString):
        return node
    return _Included(
        name,
        extra_context=node.extra_context,
        isolated_context=node.isolated_context,
    )


class _Filled(ExtendsNode):
    def get_parent(self, context: Any) -> Template:
        layout: Template = super().get_parent(context)
        if not isinstance(layout.nodelist, _Known):
            layout.nodelist = _Known(layout.nodelist)
        return layout


class _Known(NodeList):
    """The nodes of a layout, which never change, and what was found of a kind."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self._found: dict[type[Node], list[Node]] = {}

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Node]:
        if nodetype not in self._found:
            self._found[nodetype] = super().get_nodes_by_type(nodetype)
        return self._found[nodetype]


class _Included(IncludeNode):
    """An included template, by its name; a template that includes itself has one too.

    The engine keeps all templates, so the one that is found first stays the one.
    """

    found: Any = None

    def render(self, context: Any) -> SafeString:
        if self.found is None:
            here, said = str(self.origin.template_name), str(self.template)
            name = construct_relative_path(here, said)
            self.found = context.template.engine.get_template(name)
        given = {
            name: value.resolve(context) for name, value in self.extra_context.items()
        }
        if self.isolated_context:
            return self.found.render(context.new(given))  # type: ignore[no-any-return]
        with context.push(**given):
            return self.found.render(context)  # type: ignore[no-any-return]
