"""Reads our templates without the indentation of their lines, which nobody sees.

It is half of a large page. Line numbers do not change, so that an error names the right
one.
"""

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(filesystem.Loader):
    """Finds a template in the folders of the settings."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        is_page = str(origin.name).endswith(".html")
        return _INDENTATION.sub("", text) if is_page else text
