import apps.editorial.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ComparisonFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], db_index=True, default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(max_length=100, unique=True)),
                ('since', apps.editorial.fields.EdtfField(max_length=64)),
                ('since_earliest', models.DateTimeField(db_index=True, editable=False)),
                ('since_latest', models.DateTimeField(db_index=True, editable=False)),
                ('heading', models.CharField(max_length=200)),
                ('lead', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW', 'PUBLISHED', 'WITHDRAWN'])), name='comparison_comparisonfinding_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('status__in', ['DRAFT', 'REVIEW']), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'PUBLISHED'), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'WITHDRAWN'), ('withdrawn_at__gte', models.F('published_at')), ('withdrawn_at__isnull', False)), _connector='OR'), name='comparison_comparisonfinding_status_in_step'), models.CheckConstraint(condition=models.Q(('since_earliest__lte', models.F('since_latest'))), name='comparison_comparisonfinding_since_earliest_before_latest')],
            },
        ),
        migrations.CreateModel(
            name='ComparisonFindingCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('EVIDENCE', 'evidence'), ('SUPPORTS', 'supports'), ('DISPUTES', 'disputes'), ('QUOTES', 'quotes'), ('BACKGROUND', 'background')], default='EVIDENCE', max_length=10)),
                ('label', models.CharField(blank=True, choices=[('page', 'page'), ('paragraph', 'paragraph'), ('section', 'section'), ('chapter', 'chapter'), ('figure', 'figure'), ('line', 'line'), ('note', 'note'), ('timestamp', 'time in the recording'), ('volume', 'volume')], help_text='What the locator counts.', max_length=12)),
                ('locator', models.CharField(blank=True, help_text='Where in the source. Text, because pages are not numbers: “xii”, “4–5”, “A1”.', max_length=80)),
                ('exact', models.TextField(blank=True, help_text='The exact words relied on, as the source prints them.')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower stands first.')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(app_label)s_%(class)ss', to='sources.source')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='comparison.comparisonfinding')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('subject', 'source', 'relation', 'locator'), name='comparison_comparisonfindingcitation_once_per_place'), models.CheckConstraint(condition=models.Q(models.Q(('label', ''), ('locator', '')), models.Q(models.Q(('locator', ''), _negated=True), models.Q(('label', ''), _negated=True)), _connector='OR'), name='comparison_comparisonfindingcitation_locator_has_label')],
            },
        ),
        migrations.CreateModel(
            name='ComparisonFindingCitationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('relation', models.CharField(choices=[('EVIDENCE', 'evidence'), ('SUPPORTS', 'supports'), ('DISPUTES', 'disputes'), ('QUOTES', 'quotes'), ('BACKGROUND', 'background')], default='EVIDENCE', max_length=10)),
                ('label', models.CharField(blank=True, choices=[('page', 'page'), ('paragraph', 'paragraph'), ('section', 'section'), ('chapter', 'chapter'), ('figure', 'figure'), ('line', 'line'), ('note', 'note'), ('timestamp', 'time in the recording'), ('volume', 'volume')], help_text='What the locator counts.', max_length=12)),
                ('locator', models.CharField(blank=True, help_text='Where in the source. Text, because pages are not numbers: “xii”, “4–5”, “A1”.', max_length=80)),
                ('exact', models.TextField(blank=True, help_text='The exact words relied on, as the source prints them.')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower stands first.')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='comparison.comparisonfindingcitation')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
                ('subject', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='comparison.comparisonfinding')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ComparisonFindingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(db_index=False, max_length=100)),
                ('since', apps.editorial.fields.EdtfField(max_length=64)),
                ('since_earliest', models.DateTimeField(editable=False)),
                ('since_latest', models.DateTimeField(editable=False)),
                ('heading', models.CharField(max_length=200)),
                ('lead', models.TextField(blank=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='comparison.comparisonfinding')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comparisonfinding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "comparison_comparisonfindingevent" ("editor_note", "heading", "id", "lead", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "since", "since_earliest", "since_latest", "slug", "status", "withdrawn_at") VALUES (NEW."editor_note", NEW."heading", NEW."id", NEW."lead", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."since", NEW."since_earliest", NEW."since_latest", NEW."slug", NEW."status", NEW."withdrawn_at"); RETURN NULL;', hash='bdb15ed373eaecc9f80dd4c1cb0090caff404458', operation='INSERT', pgid='pgtrigger_insert_insert_31e57', table='comparison_comparisonfinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comparisonfinding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "comparison_comparisonfindingevent" ("editor_note", "heading", "id", "lead", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "since", "since_earliest", "since_latest", "slug", "status", "withdrawn_at") VALUES (NEW."editor_note", NEW."heading", NEW."id", NEW."lead", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."since", NEW."since_earliest", NEW."since_latest", NEW."slug", NEW."status", NEW."withdrawn_at"); RETURN NULL;', hash='0f784a8d4bb97f00c54c7d05c950e88e110421f7', operation='UPDATE', pgid='pgtrigger_update_update_6a744', table='comparison_comparisonfinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comparisonfinding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "comparison_comparisonfindingevent" ("editor_note", "heading", "id", "lead", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "since", "since_earliest", "since_latest", "slug", "status", "withdrawn_at") VALUES (OLD."editor_note", OLD."heading", OLD."id", OLD."lead", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."since", OLD."since_earliest", OLD."since_latest", OLD."slug", OLD."status", OLD."withdrawn_at"); RETURN NULL;', hash='f6dbf7971eefb3ad09f5f8e930241dec2d8501a1', operation='DELETE', pgid='pgtrigger_delete_delete_be49b', table='comparison_comparisonfinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comparisonfindingcitation',
            trigger=pgtrigger.compiler.Trigger(name='keep_last_citation', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n            IF EXISTS (SELECT 1 FROM "comparison_comparisonfinding" WHERE id = OLD.subject_id AND status = \'PUBLISHED\')\n               AND NOT EXISTS (\n                   SELECT 1 FROM "comparison_comparisonfindingcitation" c JOIN sources_source s ON s.id = c.source_id\n                   WHERE c.subject_id = OLD.subject_id AND s.status = \'PUBLISHED\')\n            THEN\n                RAISE EXCEPTION \'A published record must keep a citation of a published source (comparison_comparisonfinding %)\', OLD.subject_id\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NULL;\n        ', hash='3df3420d65ceb2086c5c43d4ee31126e729bc07b', operation='DELETE OR UPDATE', pgid='pgtrigger_keep_last_citation_3ee76', table='comparison_comparisonfindingcitation', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comparisonfindingcitation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "comparison_comparisonfindingcitationevent" ("exact", "id", "label", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "relation", "source_id", "subject_id") VALUES (NEW."exact", NEW."id", NEW."label", NEW."locator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."relation", NEW."source_id", NEW."subject_id"); RETURN NULL;', hash='ce85aacb04891c991406a927f31db2a66b5ca5d5', operation='INSERT', pgid='pgtrigger_insert_insert_74523', table='comparison_comparisonfindingcitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comparisonfindingcitation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "comparison_comparisonfindingcitationevent" ("exact", "id", "label", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "relation", "source_id", "subject_id") VALUES (NEW."exact", NEW."id", NEW."label", NEW."locator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."relation", NEW."source_id", NEW."subject_id"); RETURN NULL;', hash='e56333765b6ca4ef48c400310e3fe0f2b110013d', operation='UPDATE', pgid='pgtrigger_update_update_558db', table='comparison_comparisonfindingcitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comparisonfindingcitation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "comparison_comparisonfindingcitationevent" ("exact", "id", "label", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "relation", "source_id", "subject_id") VALUES (OLD."exact", OLD."id", OLD."label", OLD."locator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."relation", OLD."source_id", OLD."subject_id"); RETURN NULL;', hash='8aeea58b50c3c0625a698ea2151e86ff706b7794', operation='DELETE', pgid='pgtrigger_delete_delete_fbc5d', table='comparison_comparisonfindingcitation', when='AFTER')),
        ),
    ]
