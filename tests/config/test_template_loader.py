"""How our templates are read."""

from django.template import Context, Engine, Node, Template
from django.template.loader import get_template, render_to_string


def read(name: str) -> tuple[str, str]:
    """Return the text of a template as it is read, and as it is in its file."""
    origin = get_template(name).template.origin  # type: ignore[attr-defined]
    file = origin.loader.engine.dirs[0] / name
    return origin.loader.get_contents(origin), file.read_text()


def engine(*, debug: bool) -> Engine:
    """Return an engine that keeps a template of two nested parts."""
    page = {"page.html": "{% if a %}{% for b in a %}{{ b }}{% endfor %}{% endif %}"}
    kept = [("django.template.loaders.locmem.Loader", page)]
    return Engine(loaders=[("config.template_loader.CachedLoader", kept)], debug=debug)


def places(template: Template) -> list[bool]:
    """Return whether each part of a template knows where it stood."""
    return [n.token is not None for n in template.nodelist.get_nodes_by_type(Node)]


def test_indentation_of_a_page_is_not_sent() -> None:
    lines = render_to_string("time_machine/quarters.html", {"years": ()}).splitlines()
    source, _ = read("base.html")

    assert not [line for line in lines if line.startswith(" ")]
    assert not [line for line in source.splitlines() if line[:1] in (" ", "\t")]


def test_lines_stay_where_errors_name_them() -> None:
    source, written = read("base.html")

    assert len(source.splitlines()) == len(written.splitlines())


def test_what_is_no_page_keeps_its_indentation() -> None:
    source, written = read("kits/prompt.md")

    assert source == written


def test_page_keeps_the_indentation_of_what_people_wrote() -> None:
    words = "First\n    - second"
    review = {"words": words}

    assert words in render_to_string(
        "components/review/review.html", {"review": review}
    )


def test_where_a_part_of_a_template_stood_is_not_kept() -> None:
    template = engine(debug=False).get_template("page.html")

    assert template.source == ""
    assert places(template) == [False, False, False]
    assert template.render(Context({"a": "xy"})) == "xy"


def test_a_developer_sees_where_a_fault_of_a_template_is() -> None:
    template = engine(debug=True).get_template("page.html")

    assert template.source.startswith("{% if a %}")
    assert places(template) == [True, True, True]
