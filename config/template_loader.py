"""Reads our templates without what nobody sees.

The indentation of their lines is half of a large page. Line numbers do not change, so
that an error names the right one. Their text, and where in it each part stood, is for
Django's page about a fault, which only a developer sees: it takes a megabyte.
"""

import re
from collections.abc import Callable
from typing import Any

from django.template import Node, Origin, Template
from django.template.loaders import base, cached, filesystem

from audits.landscape.in_turn import FIRST

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(filesystem.Loader):
    """Finds a template in the folders of the settings."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        is_page = str(origin.name).endswith(".html")
        return _INDENTATION.sub("", text) if is_page else text


class _InTurn(base.Loader):
    """Reads a template that was not read yet, for one thread at a time."""

    get_template_cache: dict[str, Any]
    cache_key: Callable[..., str]

    def get_template(
        self, template_name: str, skip: list[Origin] | None = None
    ) -> Template:
        with FIRST:
            key = self.cache_key(template_name, skip)
            kept = self.get_template_cache.get(key)
            if isinstance(kept, Template):  # another thread has read it meanwhile
                return kept
            template = super().get_template(template_name, skip)
            if not template.engine.debug:
                template.source = ""
                for node in template.nodelist.get_nodes_by_type(Node):
                    node.token = None
            self.get_template_cache[key] = template
            return template


class CachedLoader(cached.Loader, _InTurn):
    """Keeps each template that was read."""
