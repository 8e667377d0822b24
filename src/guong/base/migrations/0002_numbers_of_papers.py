"""Number series move from awards to base: every issuer's papers are numbered the same way. No row is lost."""

import django.db.models.deletion
from django.db import migrations, models

MOVE = """
ALTER TABLE awards_numberseries RENAME TO base_numberseries;
ALTER TABLE base_numberseries RENAME COLUMN department_id TO body_id;
ALTER TABLE base_numberseries ALTER COLUMN symbol TYPE varchar(40);
"""
BACK = """
ALTER TABLE base_numberseries ALTER COLUMN symbol TYPE varchar(20);
ALTER TABLE base_numberseries RENAME COLUMN body_id TO department_id;
ALTER TABLE base_numberseries RENAME TO awards_numberseries;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial"), ("awards", "0002_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(MOVE, BACK)],
            state_operations=[
                migrations.CreateModel(
                    name="NumberSeries",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("symbol", models.CharField(max_length=40, verbose_name="symbol")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="last number given")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.body",
                                verbose_name="issued by",
                            ),
                        ),
                    ],
                    options={"verbose_name": "number series"},
                ),
                migrations.AddConstraint(
                    model_name="numberseries",
                    constraint=models.UniqueConstraint(fields=("body", "symbol", "year"), name="series_once"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="department",
            name="inner_days",
            field=models.PositiveSmallIntegerField(
                default=5, verbose_name="days a unit's own deadline lies before the department's"
            ),
        ),
    ]
