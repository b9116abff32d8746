"""What each actor gets from each route, the refusals written out."""

from tests.access.rows.discussion import DISCUSSION
from tests.access.rows.drafts import DRAFTS
from tests.access.rows.organization import ORGANIZATION
from tests.access.rows.people import PEOPLE
from tests.access.rows.portfolio import PORTFOLIO
from tests.access.rows.row import Row
from tests.access.rows.sharing import SHARING
from tests.access.rows.submitted import SUBMITTED

GROUPS: dict[str, tuple[Row, ...]] = {
    "people": PEOPLE,
    "organization": ORGANIZATION,
    "portfolio": PORTFOLIO,
    "drafts": DRAFTS,
    "submitted": SUBMITTED,
    "discussion": DISCUSSION,
    "sharing": SHARING,
}
ROWS = tuple(row for rows in GROUPS.values() for row in rows)
