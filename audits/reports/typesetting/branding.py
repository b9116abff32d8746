"""The look of an organization's papers: the paper's size, a colour and a logo."""

from dataclasses import dataclass

LOGO = "app://logo"
_LETTER = (
    # The same width as on A4, so lines break the same; two lines less in height.
    "@page { size: 215.9mm 279.4mm; margin: 16.5mm 20.95mm 15mm;"
    " @top-left { padding-top: 7mm } @top-right { padding-top: 7mm }"
    " @bottom-left { padding-bottom: 6.5mm } @bottom-right { padding-bottom: 6.5mm } }"
)
_PNG = b"\x89PNG"


NOTHING_CUT = "Nothing was cut."
WITHOUT_LOGO = (
    "It was made without the logo, because the stored logo file is missing or was "
    "altered. A site administrator must set the logo again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branding:
    """The size, the colour as #rrggbb, and the bytes of a PNG or JPEG; or none.

    With `is_for_archive` it is PDF/A-3a, and otherwise PDF/UA-1.
    """

    is_letter: bool = False
    accent: str = ""
    logo: bytes = b""
    is_for_archive: bool = False

    @property
    def variant(self) -> str:
        """The form of the PDF, as WeasyPrint calls it."""
        return "pdf/a-3a" if self.is_for_archive else "pdf/ua-1"

    @property
    def css(self) -> str:
        """The rules to add after the style of papers."""
        accent = f"html {{ --accent: {self.accent} }}" if self.accent else ""
        return accent + (_LETTER if self.is_letter else "")

    @property
    def logo_type(self) -> str:
        """The media type of the logo."""
        return "image/png" if self.logo.startswith(_PNG) else "image/jpeg"
