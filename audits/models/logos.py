"""Which files may be the logo on board papers."""

from typing import Any

from django.core.exceptions import ValidationError

from audits.attachments.contents import JPG, PNG, RefusedUploadError, recognise

LARGEST = 200_000  # bytes
_PICTURES = (PNG, JPG)


def validate_logo(file: Any) -> None:
    """Refuse what is not a small picture, by its content.

    Raises:
        ValidationError: It is not; says what is allowed.
    """
    message = "Choose a PNG or JPEG file of up to 200 kB"
    try:
        kind = recognise(file, file.name, LARGEST)
    except RefusedUploadError as error:
        raise ValidationError(message) from error
    file.seek(0)
    if kind not in _PICTURES:
        raise ValidationError(message)
