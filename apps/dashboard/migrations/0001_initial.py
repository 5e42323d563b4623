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
            name='HomeFinding',
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
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW', 'PUBLISHED', 'WITHDRAWN'])), name='dashboard_homefinding_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('status__in', ['DRAFT', 'REVIEW']), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'PUBLISHED'), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'WITHDRAWN'), ('withdrawn_at__gte', models.F('published_at')), ('withdrawn_at__isnull', False)), _connector='OR'), name='dashboard_homefinding_status_in_step'), models.CheckConstraint(condition=models.Q(('since_earliest__lte', models.F('since_latest'))), name='dashboard_homefinding_since_earliest_before_latest')],
            },
        ),
        migrations.CreateModel(
            name='HomeFindingCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('EVIDENCE', 'evidence'), ('SUPPORTS', 'supports'), ('DISPUTES', 'disputes'), ('QUOTES', 'quotes'), ('BACKGROUND', 'background')], default='EVIDENCE', max_length=10)),
                ('label', models.CharField(blank=True, choices=[('page', 'page'), ('paragraph', 'paragraph'), ('section', 'section'), ('chapter', 'chapter'), ('figure', 'figure'), ('line', 'line'), ('note', 'note'), ('timestamp', 'time in the recording'), ('volume', 'volume')], help_text='What the locator counts.', max_length=12)),
                ('locator', models.CharField(blank=True, help_text='Where in the source. Text, because pages are not numbers: “xii”, “4–5”, “A1”.', max_length=80)),
                ('exact', models.TextField(blank=True, help_text='The exact words relied on, as the source prints them.')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower stands first.')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(app_label)s_%(class)ss', to='sources.source')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='dashboard.homefinding')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('subject', 'source', 'relation', 'locator'), name='dashboard_homefindingcitation_once_per_place'), models.CheckConstraint(condition=models.Q(models.Q(('label', ''), ('locator', '')), models.Q(models.Q(('locator', ''), _negated=True), models.Q(('label', ''), _negated=True)), _connector='OR'), name='dashboard_homefindingcitation_locator_has_label')],
            },
        ),
        migrations.CreateModel(
            name='HomeFindingCitationEvent',
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
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='dashboard.homefindingcitation')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
                ('subject', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='dashboard.homefinding')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HomeFindingEvent',
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
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='dashboard.homefinding')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='homefinding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dashboard_homefindingevent" ("editor_note", "heading", "id", "lead", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "since", "since_earliest", "since_latest", "slug", "status", "withdrawn_at") VALUES (NEW."editor_note", NEW."heading", NEW."id", NEW."lead", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."since", NEW."since_earliest", NEW."since_latest", NEW."slug", NEW."status", NEW."withdrawn_at"); RETURN NULL;', hash='e7898a0a67ad5c3aa43d5397a19c3296800ff212', operation='INSERT', pgid='pgtrigger_insert_insert_be181', table='dashboard_homefinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='homefinding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "dashboard_homefindingevent" ("editor_note", "heading", "id", "lead", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "since", "since_earliest", "since_latest", "slug", "status", "withdrawn_at") VALUES (NEW."editor_note", NEW."heading", NEW."id", NEW."lead", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."since", NEW."since_earliest", NEW."since_latest", NEW."slug", NEW."status", NEW."withdrawn_at"); RETURN NULL;', hash='48ecd0a05cb3869cb5f8d18703f992d3e567df40', operation='UPDATE', pgid='pgtrigger_update_update_9d8b1', table='dashboard_homefinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='homefinding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dashboard_homefindingevent" ("editor_note", "heading", "id", "lead", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "since", "since_earliest", "since_latest", "slug", "status", "withdrawn_at") VALUES (OLD."editor_note", OLD."heading", OLD."id", OLD."lead", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."since", OLD."since_earliest", OLD."since_latest", OLD."slug", OLD."status", OLD."withdrawn_at"); RETURN NULL;', hash='8c645bf3e4ab5b402676374b0fe83fd61e492567', operation='DELETE', pgid='pgtrigger_delete_delete_ae57f', table='dashboard_homefinding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='homefindingcitation',
            trigger=pgtrigger.compiler.Trigger(name='keep_last_citation', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n            IF EXISTS (SELECT 1 FROM "dashboard_homefinding" WHERE id = OLD.subject_id AND status = \'PUBLISHED\')\n               AND NOT EXISTS (\n                   SELECT 1 FROM "dashboard_homefindingcitation" c JOIN sources_source s ON s.id = c.source_id\n                   WHERE c.subject_id = OLD.subject_id AND s.status = \'PUBLISHED\')\n            THEN\n                RAISE EXCEPTION \'A published record must keep a citation of a published source (dashboard_homefinding %)\', OLD.subject_id\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NULL;\n        ', hash='e22b3ea879380ca7a3b09aa5e99ec463983cb8a7', operation='DELETE OR UPDATE', pgid='pgtrigger_keep_last_citation_476a1', table='dashboard_homefindingcitation', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='homefindingcitation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dashboard_homefindingcitationevent" ("exact", "id", "label", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "relation", "source_id", "subject_id") VALUES (NEW."exact", NEW."id", NEW."label", NEW."locator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."relation", NEW."source_id", NEW."subject_id"); RETURN NULL;', hash='729a22ebe0dfeed374b159045987f0f176e57713', operation='INSERT', pgid='pgtrigger_insert_insert_092e7', table='dashboard_homefindingcitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='homefindingcitation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "dashboard_homefindingcitationevent" ("exact", "id", "label", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "relation", "source_id", "subject_id") VALUES (NEW."exact", NEW."id", NEW."label", NEW."locator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."relation", NEW."source_id", NEW."subject_id"); RETURN NULL;', hash='9c8c53347c0748c6ad7ed8b080d708bea17f3530', operation='UPDATE', pgid='pgtrigger_update_update_65408', table='dashboard_homefindingcitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='homefindingcitation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dashboard_homefindingcitationevent" ("exact", "id", "label", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "relation", "source_id", "subject_id") VALUES (OLD."exact", OLD."id", OLD."label", OLD."locator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."relation", OLD."source_id", OLD."subject_id"); RETURN NULL;', hash='26ca97271f4d000b3fab81134ce29a8c87850422', operation='DELETE', pgid='pgtrigger_delete_delete_147a7', table='dashboard_homefindingcitation', when='AFTER')),
        ),
    ]
