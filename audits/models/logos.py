"""Which files may be the logo on board papers."""

from typing import Any

from django.core.exceptions import ValidationError

from audits.uploads.attachments.pictures import check_picture
from audits.uploads.reading.refusals import UnreadableUploadError


def validate_logo(file: Any) -> None:
    """Refuse what is not a small picture, by its content.

    Raises:
        ValidationError: It is not, or cannot be looked at now; says what is allowed.
    """
    if getattr(file, "_committed", False):
        return  # it was looked at when it came
    try:
        check_picture(file, file.name)
    except UnreadableUploadError as error:
        raise ValidationError(str(error)) from error
