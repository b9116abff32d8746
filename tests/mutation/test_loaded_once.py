"""What is loaded once is noted for each test that asks for it."""

from pathlib import Path

from tests.mutation.forks import forked
from tests.mutation.loaded_once import noted
from tests.mutation.reach import Tracer


def test_whoever_asks_for_a_file_that_is_loaded_is_noted_as_its_reader(
    tmp_path: Path,
) -> None:
    loaded, other = tmp_path / "loaded", tmp_path / "other"
    loaded.write_text("as it was")
    other.write_text("another")

    def work() -> tuple[list[str], list[set[str]]]:
        tracer = Tracer(tmp_path)  # for as long as its process runs
        load = noted(Path.read_text, [loaded], tracer)
        loaded.write_text("changed since")
        said, reads = [], []
        for asked in ([loaded], [other, loaded], []):
            tracer.anew()
            said += [load(each) for each in asked]
            reads.append(tracer.trace.reads)
        return said, reads

    said, reads = forked(work)

    assert said == ["as it was", "another", "as it was"]
    assert reads == [{"loaded"}, {"loaded", "other"}, set()]
