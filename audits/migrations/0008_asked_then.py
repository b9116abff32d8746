"""What a verdict asks for beyond its first part."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audits", "0007_handed_over_and_vouched_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="portfoliorow",
            name="asked_then",
            field=models.DecimalField(
                decimal_places=2,
                help_text="What comes on top after a second approval, as expected",
                max_digits=16,
                null=True,
            ),
        ),
    ]
