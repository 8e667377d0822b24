"""Number series belong to base now; the table was renamed there and keeps its rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_initial"), ("base", "0002_numbers_of_papers")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="NumberSeries")])
    ]
