import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_label', models.CharField(help_text='The record as it was called when it was corrected.', max_length=200)),
                ('record_path', models.CharField(blank=True, help_text='Its address on this site, from the first slash: /quotes/…/', max_length=300)),
                ('what_changed', models.TextField(help_text='What stood there, and what stands there now, in a sentence or two.')),
                ('reason', models.TextField(help_text='Why: a misreading, a better source, a slip. Readers see this.')),
                ('corrected_at', models.DateTimeField(help_text='When readers first saw the corrected record (UTC).')),
                ('corrected_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('publish_record', 'Can publish and withdraw records of every kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('record_path', ''), ('record_path__startswith', '/'), _connector='OR'), name='editorial_correction_path_is_local')],
            },
        ),
        migrations.CreateModel(
            name='CorrectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('record_label', models.CharField(help_text='The record as it was called when it was corrected.', max_length=200)),
                ('record_path', models.CharField(blank=True, help_text='Its address on this site, from the first slash: /quotes/…/', max_length=300)),
                ('what_changed', models.TextField(help_text='What stood there, and what stands there now, in a sentence or two.')),
                ('reason', models.TextField(help_text='Why: a misreading, a better source, a slip. Readers see this.')),
                ('corrected_at', models.DateTimeField(help_text='When readers first saw the corrected record (UTC).')),
                ('corrected_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='editorial.correction')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "editorial_correctionevent" ("corrected_at", "corrected_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "record_label", "record_path", "what_changed") VALUES (NEW."corrected_at", NEW."corrected_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."record_label", NEW."record_path", NEW."what_changed"); RETURN NULL;', hash='23f14be0bb776fae65cf7066c25d75ffc406095c', operation='INSERT', pgid='pgtrigger_insert_insert_2c13f', table='editorial_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "editorial_correctionevent" ("corrected_at", "corrected_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "record_label", "record_path", "what_changed") VALUES (NEW."corrected_at", NEW."corrected_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."record_label", NEW."record_path", NEW."what_changed"); RETURN NULL;', hash='edb1c741fdef57f69ec8be8cbac90c20f24d6482', operation='UPDATE', pgid='pgtrigger_update_update_58d74', table='editorial_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "editorial_correctionevent" ("corrected_at", "corrected_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "record_label", "record_path", "what_changed") VALUES (OLD."corrected_at", OLD."corrected_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."record_label", OLD."record_path", OLD."what_changed"); RETURN NULL;', hash='de8941beec8ff6082dfd47a756c30c654b604f5d', operation='DELETE', pgid='pgtrigger_delete_delete_756c0', table='editorial_correction', when='AFTER')),
        ),
    ]
