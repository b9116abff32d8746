"""Pages that fill in the blocks of a layout, which is looked through once.

This takes the place of Django's tag of the same name, which looks for the blocks of the
layout each time that a page is drawn.
"""

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Template, Token
from django.template.loader_tags import ExtendsNode, do_extends

register = template.Library()


@register.tag
def extends(parser: Parser, token: Token) -> ExtendsNode:
    """Draw a layout with the blocks of this template."""
    node = do_extends(parser, token)
    return _Filled(node.nodelist, node.parent_name, node.template_dirs)


class _Filled(ExtendsNode):
    def get_parent(self, context: Any) -> Template:
        layout: Template = super().get_parent(context)
        if not isinstance(layout.nodelist, _Known):
            layout.nodelist = _Known(layout.nodelist)
        return layout


class _Known(NodeList):
    """The nodes of a layout, which never change, and what was found among them."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self._found: dict[type[Node], list[Node]] = {}

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Node]:
        if nodetype not in self._found:
            self._found[nodetype] = super().get_nodes_by_type(nodetype)
        return self._found[nodetype]
