from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audits", "0020_the_record_is_checked"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="answerers_may_sign_since",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="review",
            name="allowed_since",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="review",
            name="own_answers",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
