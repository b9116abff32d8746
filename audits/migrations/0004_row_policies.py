"""PostgreSQL shows rows of the organization in scope alone."""

from django.db import migrations

from config.scoped_postgresql.policies import ProtectRows


class Migration(migrations.Migration):
    dependencies = (("audits", "0003_roles_sharing_and_sign_on"),)

    operations = (
        ProtectRows(
            "team",
            "membership",
            "teamrole",
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
            "share",
            "prooffile",
            "boarddecision",
            "decisionstep",
            "review",
            "signoffcondition",
            "conditionstep",
            "override",
            "secondopinion",
            "submission",
            "directorygroup",
            "provisioningtoken",
            "signonprovider",
            "maildomain",
            "provideraccount",
            "snapshot",
            "version",
        ),
    )
