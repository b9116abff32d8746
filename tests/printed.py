"""What is printed on the pages of a PDF."""

import subprocess
from functools import cache, cached_property
from io import BytesIO

from pypdf import PdfReader


class Printed(PdfReader):
    """A PDF; poppler reads its words in a tenth of the time that pypdf takes."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(BytesIO(pdf))
        self._pdf = pdf

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of each page in the order in which they are drawn, one space
        between two."""
        return _words(self._pdf)


@cache
def _words(pdf: bytes) -> tuple[str, ...]:
    said = subprocess.run(
        ["pdftotext", "-raw", "-", "-"],  # noqa: S607
        input=pdf,
        check=True,
        capture_output=True,
    ).stdout.decode()
    *pages, rest = said.split("\f")
    assert not rest
    return tuple(" ".join(page.split()) for page in pages)
