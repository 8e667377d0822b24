import django.db.models.deletion
import guong.base.fields
from django.db import migrations, models

from guong.records import catalogue


def codes_by_words(apps, _editor):
    """Awards granted before titles had codes get the code that the words of their paper mean."""
    awards = apps.get_model('awards', 'Award').objects
    for form in set(awards.order_by().values_list('form', flat=True).distinct()):
        awards.filter(form=form).update(title_code=catalogue.code_of(form) or catalogue.OTHER)


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0005_annual_review'),
        ('base', '0002_numbers_of_papers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', guong.base.fields.CleanCharField(max_length=200, verbose_name='name of the fund')),
                ('level', models.CharField(choices=[('province', 'province'), ('department', 'department'), ('unit', 'unit')], default='department', max_length=10, verbose_name='level')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='no longer used since')),
                ('version', models.PositiveIntegerField(default=1)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.body', verbose_name='department')),
                ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.body', verbose_name='who pays')),
            ],
            options={
                'verbose_name': 'fund',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Bonus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('planned', 'to be paid'), ('unknown', 'amount not known'), ('covered', 'not paid beside a higher title'), ('paid', 'paid'), ('due_back', 'to be recovered'), ('recovered', 'recovered'), ('dropped', 'no longer paid')], default='planned', max_length=10, verbose_name='state')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year of the achievement')),
                ('multiple', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='multiple')),
                ('base_salary', models.PositiveIntegerField(blank=True, null=True, verbose_name='base salary')),
                ('rounding', models.PositiveIntegerField(blank=True, null=True, verbose_name='rounded up to')),
                ('amount', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='amount')),
                ('why', guong.base.fields.CleanCharField(blank=True, max_length=400, verbose_name='why so')),
                ('rests_on', models.JSONField(default=list, verbose_name='rests on')),
                ('unverified', models.BooleanField(default=False, verbose_name='not verified')),
                ('law_version', models.CharField(max_length=12, verbose_name='version of the law data')),
                ('document_number', guong.base.fields.CleanCharField(blank=True, max_length=60, verbose_name='payment document')),
                ('paid_on', models.DateField(blank=True, null=True, verbose_name='paid on')),
                ('recovery_number', guong.base.fields.CleanCharField(blank=True, max_length=60, verbose_name='recovery document')),
                ('recovered_on', models.DateField(blank=True, null=True, verbose_name='recovered on')),
                ('award', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bonus', to='awards.award', verbose_name='award')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bonuses', to='awards.decision', verbose_name='decision')),
                ('fund', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bonuses', to='awards.fund', verbose_name='fund')),
            ],
            options={
                'verbose_name': 'bonus',
                'ordering': ['decision', 'award__order', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='award',
            name='fund',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.fund', verbose_name='fund that pays'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.UniqueConstraint(fields=('department', 'name'), name='fund_name_once'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['province', 'department', 'unit'])), name='fund_level_known'),
        ),
        migrations.AddIndex(
            model_name='bonus',
            index=models.Index(fields=['decision', 'state'], name='bonus_decision'),
        ),
        migrations.AddConstraint(
            model_name='bonus',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'unknown', 'covered', 'paid', 'due_back', 'recovered', 'dropped'])), name='bonus_state_known'),
        ),
        migrations.AddConstraint(
            model_name='bonus',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unknown', 'dropped']), ('amount__isnull', False), _connector='OR'), name='bonus_amount_or_unknown'),
        ),
        migrations.AddConstraint(
            model_name='bonus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['paid', 'due_back', 'recovered']), _negated=True), models.Q(('fund__isnull', False), ('paid_on__isnull', False), models.Q(('document_number', ''), _negated=True)), _connector='OR'), name='bonus_paid_by_a_document'),
        ),
        migrations.AddConstraint(
            model_name='bonus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'recovered'), _negated=True), models.Q(('recovered_on__isnull', False), models.Q(('recovery_number', ''), _negated=True)), _connector='OR'), name='bonus_recovered_by_a_document'),
        ),
        migrations.RunPython(codes_by_words, migrations.RunPython.noop, elidable=True),
    ]
