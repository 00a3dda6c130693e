
import django.db.models.deletion
import django.db.models.expressions
import services.foundation.crypto
import services.foundation.references
import services.payments.models.batch
from django.conf import settings
from django.db import migrations, models
from services.foundation.tables import CreateTables, Statements

_FUNCTION = """
CREATE FUNCTION payments_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'lines of a ledger are written once' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def protect(schema_editor):
    """Refuse updates, and on PostgreSQL deletions too; SQLite empties its tables between tests by deleting."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE TRIGGER payments_fundline_written_once BEFORE UPDATE ON payments_fundline"
            " BEGIN SELECT RAISE(ABORT, 'lines of a ledger are written once'); END"
        )
        return
    schema_editor.execute(_FUNCTION)
    schema_editor.execute(
        "CREATE TRIGGER payments_fundline_written_once BEFORE UPDATE OR DELETE ON payments_fundline"
        " FOR EACH ROW EXECUTE FUNCTION payments_written_once()"
    )


def unprotect(schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER payments_fundline_written_once")
    else:
        schema_editor.execute("DROP FUNCTION payments_written_once() CASCADE")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('organizations', '0001_initial'),
        ('workers', '0001_initial'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('holder', services.foundation.crypto.SealedField(verbose_name='account holder')),
                        ('bank', models.CharField(max_length=60, verbose_name='bank')),
                        ('bank_branch', models.CharField(blank=True, max_length=80, verbose_name='branch')),
                        ('number', services.foundation.crypto.SealedField(verbose_name='card number')),
                        ('number_index', services.foundation.crypto.BlindIndexField(blank=True, db_index=True, editable=False, max_length=64)),
                        ('number_last4', models.CharField(editable=False, max_length=4)),
                        ('current', models.BooleanField(default=True)),
                        ('given_at', models.DateTimeField()),
                        ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='workers.worker')),
                    ],
                    options={
                        'verbose_name': 'bank account',
                        'verbose_name_plural': 'bank accounts',
                        'ordering': ['-given_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('current', True)), fields=('worker',), name='payments_one_current_account')],
                    },
                ),
                migrations.CreateModel(
                    name='BankLayout',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('sheet', models.CharField(default='Sheet1', max_length=31, verbose_name='name of the sheet')),
                        ('columns', models.JSONField(verbose_name='columns')),
                        ('results', models.JSONField(verbose_name='result file')),
                        ('in_use', models.BooleanField(default=True, verbose_name='in use')),
                        ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='kept by')),
                    ],
                    options={
                        'verbose_name': 'bank file layout',
                        'verbose_name_plural': 'bank file layouts',
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='FundSource',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=40, verbose_name='code')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('kind', models.CharField(choices=[('central', 'Central earmarked fund'), ('province', 'Provincial federation'), ('city', 'City federation'), ('county', 'County or district federation'), ('mutual_aid', 'Mutual-aid society'), ('foundation', 'Foundation'), ('donated', 'Donations')], max_length=15, verbose_name='whose money')),
                        ('budget', models.DecimalField(decimal_places=2, default=0, editable=False, max_digits=14, verbose_name='budget')),
                        ('committed', models.DecimalField(decimal_places=2, default=0, editable=False, max_digits=14, verbose_name='promised')),
                        ('spent', models.DecimalField(decimal_places=2, default=0, editable=False, max_digits=14, verbose_name='paid')),
                        ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='kept by')),
                    ],
                    options={
                        'verbose_name': 'fund source',
                        'verbose_name_plural': 'fund sources',
                        'ordering': ['-year', 'code'],
                        'constraints': [models.UniqueConstraint(fields=('organization', 'code', 'year'), name='payments_fund_once_a_year'), models.CheckConstraint(condition=models.Q(('budget__gte', 0), ('committed__gte', 0), ('spent__gte', 0)), name='payments_fund_never_below_zero'), models.CheckConstraint(condition=models.Q(('budget__gte', django.db.models.expressions.CombinedExpression(models.F('committed'), '+', models.F('spent')))), name='payments_fund_within_budget')],
                    },
                ),
                migrations.CreateModel(
                    name='Batch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.CharField(default=services.foundation.references.unguessable, editable=False, max_length=22, unique=True)),
                        ('number', models.CharField(editable=False, max_length=40, unique=True, verbose_name='number')),
                        ('state', models.CharField(choices=[('open', 'Being put together'), ('frozen', 'Waiting for approval'), ('approved', 'Approved'), ('sent', 'Given to the bank'), ('closed', 'Closed'), ('cancelled', 'Cancelled')], default='open', max_length=10, verbose_name='state')),
                        ('count', models.PositiveIntegerField(default=0, verbose_name='lines')),
                        ('total', models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name='total')),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('file', models.FileField(blank=True, storage=services.payments.models.batch.private_storage, upload_to=services.payments.models.batch.batch_path)),
                        ('file_digest', models.CharField(blank=True, max_length=64)),
                        ('made_at', models.DateTimeField(verbose_name='begun')),
                        ('frozen_at', models.DateTimeField(blank=True, null=True)),
                        ('approved_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('layout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.banklayout')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                        ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='payments.fundsource')),
                        ('file_written_at', models.DateTimeField(blank=True, null=True)),
                        ('layout_kept', models.JSONField(blank=True, default=dict, editable=False)),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                    ],
                    options={
                        'verbose_name': 'payment batch',
                        'verbose_name_plural': 'payment batches',
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='payments_four_eyes'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'sent', 'closed']), _negated=True), ('approved_by__isnull', False), _connector='OR'), name='payments_sent_once_approved'), models.CheckConstraint(condition=models.Q(('file_digest', ''), ('approved_by__isnull', False), _connector='OR'), name='payments_file_once_approved'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['sent', 'closed']), _negated=True), models.Q(('file_digest', ''), _negated=True), _connector='OR'), name='payments_sent_has_a_file')],
                    },
                ),
                migrations.CreateModel(
                    name='Payable',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.CharField(default=services.foundation.references.unguessable, editable=False, max_length=22, unique=True)),
                        ('key', models.CharField(editable=False, max_length=80, unique=True)),
                        ('service', models.CharField(editable=False, max_length=40)),
                        ('subject_code', models.CharField(editable=False, max_length=40, verbose_name='for')),
                        ('title', models.CharField(max_length=120, verbose_name='for')),
                        ('case_number', models.CharField(blank=True, max_length=40, verbose_name='case')),
                        ('path', models.CharField(editable=False, max_length=255)),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                        ('state', models.CharField(choices=[('waiting', 'Waiting for a batch'), ('batched', 'In a batch'), ('sent', 'At the bank'), ('paid', 'Paid'), ('failed', 'Returned by the bank'), ('unknown', 'Unknown at the bank'), ('cancelled', 'Cancelled')], default='waiting', max_length=10, verbose_name='state')),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('failure', models.CharField(blank=True, max_length=120, verbose_name='why it came back')),
                        ('held_because', models.CharField(blank=True, max_length=200, verbose_name='held because')),
                        ('raised_at', models.DateTimeField(verbose_name='raised')),
                        ('changed_at', models.DateTimeField()),
                        ('paid_at', models.DateTimeField(blank=True, null=True, verbose_name='paid')),
                        ('received', models.BooleanField(blank=True, null=True, verbose_name='she says it arrived')),
                        ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payables', to='payments.account')),
                        ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payables', to='payments.fundsource')),
                        ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                        ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payables', to='workers.worker')),
                    ],
                    options={
                        'verbose_name': 'payable',
                        'verbose_name_plural': 'payables',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['organization', 'state', 'id'], name='payments_pa_organiz_87aaab_idx'), models.Index(fields=['worker', '-raised_at'], name='payments_pa_worker__d62fbc_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_owed_is_above_zero'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_at__isnull', False), _connector='OR'), name='payments_paid_at_some_time')],
                    },
                ),
                migrations.CreateModel(
                    name='FundLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('move', models.CharField(choices=[('budget', 'Budget changed'), ('commit', 'Promised'), ('release', 'Promise taken back'), ('spend', 'Paid'), ('refund', 'Paid back')], max_length=10)),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                        ('budget_after', models.DecimalField(decimal_places=2, max_digits=14)),
                        ('committed_after', models.DecimalField(decimal_places=2, max_digits=14)),
                        ('spent_after', models.DecimalField(decimal_places=2, max_digits=14)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to='payments.fundsource')),
                        ('payable', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to='payments.payable')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['fund', '-at'], name='payments_fu_fund_id_ab2b2e_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('committed_after__gte', 0), ('spent_after__gte', 0), ('budget_after__gte', django.db.models.expressions.CombinedExpression(models.F('committed_after'), '+', models.F('spent_after')))), name='payments_ledger_within_budget'), models.CheckConstraint(condition=models.Q(('move', 'budget'), ('amount__gt', 0), _connector='OR'), name='payments_moves_above_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='ResultFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.CharField(default=services.foundation.references.unguessable, editable=False, max_length=22, unique=True)),
                        ('digest', models.CharField(max_length=64)),
                        ('file', models.FileField(storage=services.payments.models.batch.private_storage, upload_to=services.payments.models.batch.batch_path)),
                        ('name', models.CharField(max_length=120)),
                        ('rows', models.PositiveIntegerField(default=0)),
                        ('applied', models.PositiveIntegerField(default=0)),
                        ('outcome', models.JSONField(default=list)),
                        ('uploaded_at', models.DateTimeField()),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='payments.batch')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(fields=('batch', 'digest'), name='payments_result_read_once'), models.CheckConstraint(condition=models.Q(('applied__lte', models.F('rows'))), name='payments_no_more_applied_than_read')],
                    },
                ),
                migrations.CreateModel(
                    name='BatchLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reference', models.CharField(max_length=40, unique=True)),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                        ('account_index', services.foundation.crypto.BlindIndexField(blank=True, editable=False, max_length=64)),
                        ('state', models.CharField(choices=[('in', 'In the batch'), ('voided', 'Approval void: the account was changed'), ('sent', 'At the bank'), ('paid', 'Paid'), ('returned', 'Returned'), ('unknown', 'Unknown'), ('taken_out', 'Taken out')], default='in', max_length=10)),
                        ('result', models.CharField(blank=True, max_length=120)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.account')),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.batch')),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('payable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.payable')),
                        ('result_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.resultfile')),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['batch', 'state'], name='payments_ba_batch_i_015f8d_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['in', 'sent', 'unknown'])), fields=('payable',), name='payments_in_flight_once'), models.UniqueConstraint(condition=models.Q(('state', 'paid')), fields=('payable',), name='payments_paid_once')],
                    },
                ),
            ],
        ),
        Statements(protect, unprotect),
    ]
