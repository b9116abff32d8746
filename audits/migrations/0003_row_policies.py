"""PostgreSQL shows rows of the organization in scope alone."""

from django.db import migrations

from config.scoped_postgresql.policies import ProtectRows


class Migration(migrations.Migration):
    dependencies = (("audits", "0002_people_and_organizations"),)

    operations = (
        ProtectRows(
            "team",
            "membership",
            "usecase",
            "audit",
            "cover",
            "coverversion",
            "comment",
            "answerrequest",
            "event",
            "fileproblem",
            "evidence",
            "removedevidence",
            "readmark",
            "invitation",
            "report",
            "boardpack",
            "packdecision",
            "bulkchange",
            "import",
            "importedrow",
            "rescore",
            "portfoliorow",
            "droppedresults",
            "outcome",
            "resultscheck",
            "resultsfile",
            "removedusage",
            "usageupload",
            "lateline",
            "recordcheck",
            "savedview",
            "feed",
            "prooffile",
            "boarddecision",
            "decisionstep",
            "review",
            "signoffcondition",
            "conditionstep",
            "submission",
            "snapshot",
            "version",
        ),
    )
