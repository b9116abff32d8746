"""Reads our templates without what nobody sees.

The indentation of their lines is half of a large page. Line numbers do not change, so
that an error names the right one. Their text, and where in it each part stood, is for
Django's page about a fault, which only a developer sees: it takes a megabyte.
"""

import re

from django.template import Node, Origin, Template
from django.template.loaders import cached, filesystem

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(filesystem.Loader):
    """Finds a template in the folders of the settings."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        is_page = str(origin.name).endswith(".html")
        return _INDENTATION.sub("", text) if is_page else text


class CachedLoader(cached.Loader):
    """Keeps each template that was read."""

    def get_template(
        self, template_name: str, skip: list[Origin] | None = None
    ) -> Template:
        template = super().get_template(template_name, skip)
        if template.source and not template.engine.debug:
            template.source = ""
            for node in template.nodelist.get_nodes_by_type(Node):
                node.token = None
        return template
