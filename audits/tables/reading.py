"""A file to a table, by what the file is."""

from audits.tables.csv_files import read_csv
from audits.tables.tables import MOST_BYTES, RefusedTableError, Table
from audits.tables.xlsx_files import read_xlsx

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF"


def read_table(raw: bytes) -> Table:
    """Read a CSV or an XLSX file.

    Raises:
        RefusedTableError: It is neither, or no table as is taken.
    """
    if len(raw) > MOST_BYTES:
        message = f"The file is larger than {MOST_BYTES // 1_000_000} MB. Divide it."
        raise RefusedTableError(message)
    if raw.startswith(_OLD_OFFICE):
        message = (
            "The file is an old Excel file, or has a password. Save it as XLSX without "
            "one, and select it again."
        )
        raise RefusedTableError(message)
    if raw.startswith(_PDF):
        message = "The file is a PDF. Select the CSV or XLSX it was made of."
        raise RefusedTableError(message)
    return read_xlsx(raw) if raw.startswith(_ZIP) else read_csv(raw)
