"""Pages of papers and packs that are shared."""

from tests.access.rows.row import SIGN_IN, row

# anonymous, unassigned, stranger, viewer, contributor, reviewer, admin; then readers
SHARING = (
    *(
        row(method, name, SIGN_IN, 403, 404, 403, 403, outcome, outcome, **{key: noun})
        for name, key, noun in (
            ("share_paper", "report_id", "report"),
            ("share_pack", "pack_id", "pack"),
        )
        # Neither a reader nor a link is chosen.
        for method, outcome in (("GET", 200), ("POST", 422))
    ),
    row("POST", "end_share", SIGN_IN, 403, 404, 403, 403, 302, 302, share_id="share"),
    row("GET", "shared_with_me", SIGN_IN, 403, *(200,) * 5, reader=200),
    # It is shared with the board reader.
    row(
        *("GET", "shared_file", SIGN_IN, 403, 404, 404, 404, 404, 404),
        reader=200,
        share_id="share",
    ),
    # Who has a link needs no more (tests/reports/sharing/test_links.py).
    row("GET", "shared_link", *(404,) * 7, link="no-such-link"),
    row("POST", "shared_link", *(404,) * 7, link="no-such-link"),
)
