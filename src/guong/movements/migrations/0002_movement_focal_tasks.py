"""Focal tasks as tags of movements (B-10)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("movements", "0001_initial"), ("plans", "0004_the_register_of_a_department")]

    operations = [
        migrations.AddField(
            model_name="movement",
            name="focal_tasks",
            field=models.ManyToManyField(
                blank=True, related_name="movements", to="plans.focaltask", verbose_name="focal tasks"
            ),
        ),
    ]
