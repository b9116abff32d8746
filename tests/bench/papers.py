"""How long a board paper takes."""

from django.core.management import call_command
from weasyprint import HTML

from audits.reports import pdf
from audits.reports.context import build_paper
from tests.bench.measure import Result, beside
from tests.casting import build_house

ROUNDS = 5


def paper() -> Result:
    call_command("migrate", verbosity=0)
    made = build_paper(build_house("northgate", "Northgate").submitted)
    html = pdf.to_html(made, pdf.STEPS[0])
    return beside(
        "make a board paper",
        lambda: pdf.render_paper(made),
        "WeasyPrint on the same HTML without our styles",
        lambda: HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"),
        ROUNDS,
    )


BENCHMARKS = (paper,)
