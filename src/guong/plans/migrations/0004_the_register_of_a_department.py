"""Each department keeps a register of its own; lists of focal tasks and occasions can be edited."""

from collections import defaultdict

import django.db.models.deletion
from django.db import migrations, models

from guong.base.text import fold

KEY = ("kind", "number", "issued_on")


def give_departments(apps, schema_editor):
    """Every document goes to the departments whose plans stand on it, once in each; search keys are filled."""
    Document, Basis, Citation, Plan = (
        apps.get_model("plans", name) for name in ("LegalDocument", "PlanBasis", "Citation", "Plan")
    )
    users = defaultdict(set)
    for model in (Basis, Citation):
        for document, department in model.objects.values_list("document_id", "plan__department_id").distinct():
            users[document].add(department)
    for document, department in Plan.objects.exclude(document=None).values_list("document_id", "department_id"):
        users[document].add(department)
    for old in Document.objects.order_by("pk"):
        for place, department in enumerate(sorted(users[old.pk])):
            _give(old, department, place, (Basis, Citation, Plan))
    Document.objects.filter(department=None).delete()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _give(old, department, place, models_that_point):
    """One document for one department: the row itself, one that is there already, or a copy of it."""
    Document = type(old)
    same = {name: getattr(old, name) for name in KEY}
    known = Document.objects.filter(department_id=department, **same).exclude(number="").first()
    if known is None:
        values = {f.name: getattr(old, f.name) for f in Document._meta.fields if f.name not in ("id", "department")}
        values["search"] = fold(f"{old.kind} {old.number} {old.issuer} {old.subject}")[:900]
        if place == 0:
            Document.objects.filter(pk=old.pk).update(department_id=department, search=values["search"])
            return
        known = Document.objects.create(department_id=department, **values)
    for model in models_that_point:
        owner = "department_id" if model._meta.model_name == "plan" else "plan__department_id"
        for row in model.objects.filter(document_id=old.pk, **{owner: department}):
            double = owner != "department_id" and model.objects.filter(document=known, plan_id=row.plan_id).exists()
            if double:
                row.delete()
            else:
                model.objects.filter(pk=row.pk).update(document=known)


class Migration(migrations.Migration):
    dependencies = [("base", "0002_numbers_of_papers"), ("plans", "0003_writing_plans")]

    operations = [
        migrations.AlterModelOptions(
            name="legaldocument", options={"ordering": ["-issued_on", "-pk"], "verbose_name": "legal document"}
        ),
        migrations.RemoveConstraint(model_name="focaltask", name="focal_task_number_once"),
        migrations.RemoveConstraint(model_name="legaldocument", name="legal_document_once"),
        migrations.AddField(
            model_name="focaltask", name="version", field=models.PositiveIntegerField(default=1)
        ),
        migrations.AddField(
            model_name="occasion",
            name="last_year",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="no longer kept after the year"
            ),
        ),
        migrations.AddField(
            model_name="legaldocument",
            name="department",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="base.body",
                verbose_name="department",
            ),
        ),
        migrations.RunPython(give_departments, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="legaldocument",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="base.body",
                verbose_name="department",
            ),
        ),
        migrations.AddConstraint(
            model_name="focaltask",
            constraint=models.UniqueConstraint(
                deferrable=models.Deferrable.DEFERRED,
                fields=("focal_list", "number"),
                name="focal_task_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="legaldocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("department", "kind", "number", "issued_on"),
                name="legal_document_once",
                nulls_distinct=False,
            ),
        ),
    ]
