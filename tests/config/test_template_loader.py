"""How our templates are read."""

from django.template.loader import get_template, render_to_string


def test_indentation_of_a_page_is_not_sent() -> None:
    lines = render_to_string("time_machine/quarters.html", {"years": ()}).splitlines()
    source = get_template("base.html").template.source  # type: ignore[attr-defined]

    assert not [line for line in lines if line.startswith(" ")]
    assert not [line for line in source.splitlines() if line[:1] in (" ", "\t")]


def test_lines_stay_where_errors_name_them() -> None:
    template = get_template("base.html").template  # type: ignore[attr-defined]
    file = template.origin.loader.engine.dirs[0] / "base.html"

    assert len(template.source.splitlines()) == len(file.read_text().splitlines())


def test_what_is_no_page_keeps_its_indentation() -> None:
    template = get_template("kits/prompt.md").template  # type: ignore[attr-defined]
    file = template.origin.loader.engine.dirs[0] / "kits" / "prompt.md"

    assert template.source == file.read_text()


def test_page_keeps_the_indentation_of_what_people_wrote() -> None:
    words = "First\n    - second"
    review = {"words": words}

    assert words in render_to_string(
        "components/review/review.html", {"review": review}
    )
