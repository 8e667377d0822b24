"""The log is read newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0002_jobs")]

    operations = [
        migrations.AddIndex(
            model_name="logentry", index=models.Index(fields=["-at", "-id"], name="log_order")
        ),
    ]
