"""CSV files of results, for the tests of the pages."""

from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile


def csv_of(passed: Mapping[str, int], cases: int = 100) -> bytes:
    """Return a file in which the first of the cases pass, by candidate."""
    lines = ["case,candidate,passed"]
    lines += [
        f"case {number},{name},{'true' if number < count else 'false'}"
        for name, count in passed.items()
        for number in range(cases)
    ]
    return "\n".join(lines).encode()


def upload(passed: Mapping[str, int], cases: int = 100) -> SimpleUploadedFile:
    return SimpleUploadedFile("results.csv", csv_of(passed, cases))
