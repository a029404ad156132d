

import django.db.models.deletion
import django.utils.timezone
import qihou.record.models.base
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('record', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('indicator', '指标'), ('project', '项目'), ('task', '任务')], max_length=12)),
                ('no', models.CharField(blank=True, max_length=40)),
                ('order', models.PositiveIntegerField()),
                ('category', models.CharField(blank=True, help_text="indicator or project category; a task's chapter", max_length=300)),
                ('title', models.TextField(help_text="indicator or project name; a task's key task")),
                ('text', models.TextField(blank=True, help_text="project content; a task's wording")),
                ('cells', models.JSONField(default=dict)),
                ('open_cells', models.PositiveSmallIntegerField(default=0, help_text='how many cells are undetermined')),
                ('first_line', models.PositiveIntegerField(default=0)),
                ('last_line', models.PositiveIntegerField(default=0)),
                ('review', models.CharField(choices=[('unreviewed', '未复核'), ('confirmed', '已确认'), ('corrected', '已更正')], default='unreviewed', max_length=12)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
            ],
            options={
                'ordering': ['kind', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('base_year', models.PositiveIntegerField(blank=True, null=True)),
                ('base', qihou.record.models.base.ExactDecimalField(blank=True, null=True)),
                ('base_cumulative', models.BooleanField(default=False)),
                ('target_year', models.PositiveIntegerField(blank=True, null=True)),
                ('target', qihou.record.models.base.ExactDecimalField(blank=True, null=True)),
                ('target_text', models.CharField(blank=True, help_text='a target that is no single number, as printed', max_length=200)),
                ('target_cumulative', models.BooleanField(default=False)),
                ('assigned_later', models.BooleanField(default=False, help_text='assigned by the level above; value not yet received')),
                ('sense', models.CharField(blank=True, help_text='at_least, at_most, equal', max_length=12)),
                ('nature', models.CharField(blank=True, help_text='binding or expected', max_length=16)),
                ('other_years', models.JSONField(default=dict, help_text='{year: value as text} for every year column')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='indicator', to='plan.item')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('field', models.CharField(max_length=60)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='plan.item')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('code', models.CharField(help_text='stable, used in addresses, e.g. climate-2021', max_length=64)),
                ('title', models.CharField(max_length=300)),
                ('first_year', models.PositiveIntegerField(blank=True, null=True)),
                ('last_year', models.PositiveIntegerField(blank=True, null=True)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
            ],
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('label', models.CharField(blank=True, help_text='e.g. 征求意见稿 2021-11-25', max_length=200)),
                ('status', models.CharField(choices=[('review', '待复核'), ('adopted', '已采用'), ('superseded', '已被替代'), ('discarded', '已作废')], default='review', max_length=16)),
                ('reader_version', models.CharField(max_length=40)),
                ('title', models.CharField(blank=True, help_text='as the document prints it', max_length=300)),
                ('first_year', models.PositiveIntegerField(blank=True, null=True)),
                ('last_year', models.PositiveIntegerField(blank=True, null=True)),
                ('line_count', models.PositiveIntegerField(default=0)),
                ('totals', models.JSONField(default=dict, help_text='claimed by the document: {field: amount as text, cells, subtotals}, 10⁴ CNY')),
                ('statement', models.JSONField(default=list, help_text='codes of what the document lacks')),
                ('outline', models.JSONField(default=list, help_text='[{level, title, line}]')),
                ('adopted_at', models.DateTimeField(blank=True, null=True)),
                ('status_note', models.TextField(blank=True, help_text='why it was adopted with open cells, or discarded')),
                ('illustrative', models.BooleanField(default=False)),
                ('adopted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('imported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='plan.plan')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.source')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='item',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='plan.planversion'),
        ),
        migrations.CreateModel(
            name='DocumentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True)),
                ('page', models.PositiveIntegerField(blank=True, null=True)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='document_lines', to='plan.planversion')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='ProgressReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('period_start', models.DateField()),
                ('period_end', models.DateField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('status', models.CharField(choices=[('draft', '草稿'), ('submitted', '已提交'), ('returned', '已退回'), ('accepted', '已接收')], default='draft', max_length=12)),
                ('percent', qihou.record.models.base.ExactDecimalField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('paid_upper_level', qihou.record.models.base.ExactDecimalField(blank=True, null=True)),
                ('paid_district_budget', qihou.record.models.base.ExactDecimalField(blank=True, null=True)),
                ('paid_private', qihou.record.models.base.ExactDecimalField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_note', models.TextField(blank=True)),
                ('illustrative', models.BooleanField(default=False)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.organisation')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.source')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='plan.progressreport')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('start_year', models.PositiveIntegerField(blank=True, null=True)),
                ('start_month', models.PositiveIntegerField(blank=True, null=True)),
                ('end_year', models.PositiveIntegerField(blank=True, null=True)),
                ('end_month', models.PositiveIntegerField(blank=True, null=True)),
                ('investment', qihou.record.models.base.ExactDecimalField(blank=True, help_text='10⁴ CNY', null=True)),
                ('upper_level', qihou.record.models.base.ExactDecimalField(blank=True, help_text='10⁴ CNY', null=True)),
                ('district_budget', qihou.record.models.base.ExactDecimalField(blank=True, help_text='10⁴ CNY', null=True)),
                ('private', qihou.record.models.base.ExactDecimalField(blank=True, help_text='10⁴ CNY', null=True)),
                ('funding_amounts', models.JSONField(default=list, help_text='printed amounts, in order, when columns were lost')),
                ('supporting_open', models.BooleanField(default=False, help_text='the list ends in 等: others may be meant')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='project', to='plan.item')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('supporting_open', models.BooleanField(default=False, help_text='the list ends in 等: others may be meant')),
                ('leads_open', models.BooleanField(default=False, help_text='the list of leads ends in 等')),
                ('deadline', models.CharField(blank=True, help_text='2025 or 2025-06, where the document prints one', max_length=7)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='task', to='plan.item')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('indicator', '指标'), ('project', '项目'), ('task', '任务')], max_length=12)),
                ('title', models.CharField(max_length=400)),
                ('datastream', models.ForeignKey(blank=True, help_text="where an indicator's yearly values are entered", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.datastream')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='plan.plan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='progressreport',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='plan.thread'),
        ),
        migrations.AddField(
            model_name='item',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='plan.thread'),
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('printed', models.CharField(max_length=200)),
                ('part', models.CharField(help_text='lead or supporting', max_length=12)),
                ('order', models.PositiveIntegerField(default=0)),
                ('matched', models.CharField(blank=True, help_text='how: name, alias, rule or by hand', max_length=24)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.feature')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.organisation')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involvements', to='plan.item')),
            ],
            options={
                'ordering': ['part', 'order'],
                'indexes': [models.Index(fields=['organisation', 'part'], name='involvement_org')],
            },
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('district', 'code'), name='plan_code'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='plan_version_number'),
        ),
        migrations.AddConstraint(
            model_name='documentline',
            constraint=models.UniqueConstraint(fields=('version', 'number'), name='document_line_once'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.UniqueConstraint(fields=('thread', 'organisation', 'period_start', 'revision'), name='report_revision'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['version', 'kind', 'order'], name='item_version_kind'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['version', 'first_line'], name='item_version_line'),
        ),
    ]
