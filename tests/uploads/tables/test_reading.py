import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.uploads.tables.reading import read_table
from audits.uploads.tables.tables import RefusedTableError
from tests.uploads.tables.made_sheets import (
    BROKEN,
    DAY,
    GOOD_ROW,
    HEADINGS,
    MOMENT,
    csv,
    xlsx,
)


@pytest.mark.parametrize("name", list(BROKEN))
def test_broken_file_is_refused_in_one_clear_sentence(name: str) -> None:
    raw, said = BROKEN[name]

    with pytest.raises(RefusedTableError) as refused:
        read_table(raw)

    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "raw",
    [
        csv(HEADINGS, GOOD_ROW),
        csv(HEADINGS, GOOD_ROW, separator=";"),
        csv(HEADINGS, GOOD_ROW, separator="\t"),
        csv(HEADINGS, GOOD_ROW).decode().encode("utf-8-sig"),
        csv(HEADINGS, GOOD_ROW).decode().encode("utf-16"),
        csv(HEADINGS, GOOD_ROW).replace(b"\r\n", b"\n"),
        csv(HEADINGS, tuple(f'"{cell} "' for cell in GOOD_ROW)),
        xlsx(HEADINGS, GOOD_ROW),
        xlsx(HEADINGS, [f"  {cell} " for cell in GOOD_ROW]),
    ],
)
def test_same_table_is_read_however_it_was_saved(raw: bytes) -> None:
    table = read_table(raw)

    assert table.headings == HEADINGS
    assert table.rows == (GOOD_ROW,)
    assert table.lines == (2,)


def test_empty_rows_are_passed_over_and_lines_stay_those_of_the_file() -> None:
    raw = b'\n\nName,Team\n\n,\na,\n"b\n2",c\nd\n'

    table = read_table(raw)

    assert list(table) == [(6, ("a", "")), (7, ("b\n2", "c")), (9, ("d", ""))]


def test_cells_are_read_as_one_would_type_them() -> None:
    values = [7, 7.0, 0.1, 1e21, DAY, MOMENT, True, None, "0012", "x"]
    raw = xlsx([f"c{n}" for n in range(len(values))], values)

    assert read_table(raw).rows[0] == (
        *("7", "7", "0.1", "1000000000000000000000", "2026-11-25"),
        *("2026-11-25T09:30:00", "yes", "", "0012", "x"),
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(raw: bytes) -> None:
    try:
        table = read_table(raw)
    except RefusedTableError:
        return
    assert {len(row) for row in table.rows} == {len(table.headings)}


CELLS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20
).filter(lambda text: text == text.strip() and not text.startswith("="))


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_text_comes_through_quoted_csv(rows: list[list[str]]) -> None:
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]

    table = read_table(csv(("a", "b", "c"), *quoted))

    assert [list(row) for row in table.rows] == rows


def test_windows_1252_is_found_and_said() -> None:
    table = read_table("Name,Team\nCafé – “new”,Büro\n".encode("cp1252"))

    assert table.rows == (("Café – “new”", "Büro"),)
    assert table.encoding == "Windows-1252"
    assert read_table("Name\nCafé\n".encode()).encoding == ""


def test_doubled_headings_are_numbered() -> None:
    table = read_table(b"Name,Other,other,Other (2),Other\na,b,c,d,e\n")

    assert table.headings == ("Name", "Other", "other (3)", "Other (2)", "Other (4)")


def test_200_columns_and_long_cells_are_read() -> None:
    headings = [f"c{number}" for number in range(200)]

    table = read_table(csv(headings, ["x" * 32_000, *["y"] * 199]))

    assert len(table.headings) == 200
    assert len(table.rows[0][0]) == 32_000
