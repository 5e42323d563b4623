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
        ('treaties', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], db_index=True, default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=80)),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='treaties.topic')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW', 'PUBLISHED', 'WITHDRAWN'])), name='quotes_theme_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('status__in', ['DRAFT', 'REVIEW']), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'PUBLISHED'), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'WITHDRAWN'), ('withdrawn_at__gte', models.F('published_at')), ('withdrawn_at__isnull', False)), _connector='OR'), name='quotes_theme_status_in_step')],
            },
        ),
        migrations.CreateModel(
            name='ThemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(db_index=False, max_length=60)),
                ('title', models.CharField(max_length=80)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='quotes.theme')),
                ('topic', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='treaties.topic')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Utterance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], db_index=True, default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(max_length=100, unique=True)),
                ('role_at_time', models.CharField(blank=True, help_text='The office in which it was said, as of that day.', max_length=200)),
                ('said', apps.editorial.fields.EdtfField(max_length=64)),
                ('said_earliest', models.DateTimeField(db_index=True, editable=False)),
                ('said_latest', models.DateTimeField(db_index=True, editable=False)),
                ('occasion', models.CharField(blank=True, max_length=300)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('summary', models.TextField(blank=True, help_text='In our words, where the quotation alone does not explain itself.')),
                ('note', models.TextField(blank=True, help_text='Public: how the printings differ, or a slip to point out.')),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='utterances', to='sources.agent')),
                ('themes', models.ManyToManyField(blank=True, related_name='utterances', to='quotes.theme')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW', 'PUBLISHED', 'WITHDRAWN'])), name='quotes_utterance_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('status__in', ['DRAFT', 'REVIEW']), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'PUBLISHED'), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'WITHDRAWN'), ('withdrawn_at__gte', models.F('published_at')), ('withdrawn_at__isnull', False)), _connector='OR'), name='quotes_utterance_status_in_step'), models.CheckConstraint(condition=models.Q(('said_earliest__lte', models.F('said_latest'))), name='quotes_utterance_said_earliest_before_latest')],
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], db_index=True, default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('words', models.TextField(help_text='Exactly as printed, without the quotation marks.')),
                ('language', models.CharField(max_length=8)),
                ('translated_by', models.CharField(blank=True, help_text='Who made the translation; empty for the original.', max_length=120)),
                ('original', models.TextField(blank=True, help_text='The words in the original language, where printed beside it.')),
                ('officiality', models.CharField(choices=[('OFFICIAL', 'official text'), ('STATE_MEDIA', 'state media'), ('AGENCY', 'news agency'), ('PRESS', 'press')], default='PRESS', max_length=12)),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower leads: the most official printing first.')),
                ('note', models.TextField(blank=True)),
                ('utterance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='quotes.utterance')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW', 'PUBLISHED', 'WITHDRAWN'])), name='quotes_quote_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('status__in', ['DRAFT', 'REVIEW']), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'PUBLISHED'), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'WITHDRAWN'), ('withdrawn_at__gte', models.F('published_at')), ('withdrawn_at__isnull', False)), _connector='OR'), name='quotes_quote_status_in_step'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='quotes_quote_has_words'), models.CheckConstraint(condition=models.Q(('officiality__in', ['OFFICIAL', 'STATE_MEDIA', 'AGENCY', 'PRESS'])), name='quotes_quote_officiality_known')],
            },
        ),
        migrations.CreateModel(
            name='QuoteCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('EVIDENCE', 'evidence'), ('SUPPORTS', 'supports'), ('DISPUTES', 'disputes'), ('QUOTES', 'quotes'), ('BACKGROUND', 'background')], default='EVIDENCE', max_length=10)),
                ('label', models.CharField(blank=True, choices=[('page', 'page'), ('paragraph', 'paragraph'), ('section', 'section'), ('chapter', 'chapter'), ('figure', 'figure'), ('line', 'line'), ('note', 'note'), ('timestamp', 'time in the recording'), ('volume', 'volume')], help_text='What the locator counts.', max_length=12)),
                ('locator', models.CharField(blank=True, help_text='Where in the source. Text, because pages are not numbers: “xii”, “4–5”, “A1”.', max_length=80)),
                ('exact', models.TextField(blank=True, help_text='The exact words relied on, as the source prints them.')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower stands first.')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(app_label)s_%(class)ss', to='sources.source')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='quotes.quote')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('subject', 'source', 'relation', 'locator'), name='quotes_quotecitation_once_per_place'), models.CheckConstraint(condition=models.Q(models.Q(('label', ''), ('locator', '')), models.Q(models.Q(('locator', ''), _negated=True), models.Q(('label', ''), _negated=True)), _connector='OR'), name='quotes_quotecitation_locator_has_label')],
            },
        ),
        migrations.CreateModel(
            name='QuoteCitationEvent',
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
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='quotes.quotecitation')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
                ('subject', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='quotes.quote')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(db_index=False, max_length=120)),
                ('words', models.TextField(help_text='Exactly as printed, without the quotation marks.')),
                ('language', models.CharField(max_length=8)),
                ('translated_by', models.CharField(blank=True, help_text='Who made the translation; empty for the original.', max_length=120)),
                ('original', models.TextField(blank=True, help_text='The words in the original language, where printed beside it.')),
                ('officiality', models.CharField(choices=[('OFFICIAL', 'official text'), ('STATE_MEDIA', 'state media'), ('AGENCY', 'news agency'), ('PRESS', 'press')], default='PRESS', max_length=12)),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower leads: the most official printing first.')),
                ('note', models.TextField(blank=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='quotes.quote')),
                ('utterance', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='quotes.utterance')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UtteranceEvent',
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
                ('role_at_time', models.CharField(blank=True, help_text='The office in which it was said, as of that day.', max_length=200)),
                ('said', apps.editorial.fields.EdtfField(max_length=64)),
                ('said_earliest', models.DateTimeField(editable=False)),
                ('said_latest', models.DateTimeField(editable=False)),
                ('occasion', models.CharField(blank=True, max_length=300)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('summary', models.TextField(blank=True, help_text='In our words, where the quotation alone does not explain itself.')),
                ('note', models.TextField(blank=True, help_text='Public: how the printings differ, or a slip to point out.')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='quotes.utterance')),
                ('speaker', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.agent')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecitation',
            trigger=pgtrigger.compiler.Trigger(name='keep_last_citation', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n            IF EXISTS (SELECT 1 FROM "quotes_quote" WHERE id = OLD.subject_id AND status = \'PUBLISHED\')\n               AND NOT EXISTS (\n                   SELECT 1 FROM "quotes_quotecitation" c JOIN sources_source s ON s.id = c.source_id\n                   WHERE c.subject_id = OLD.subject_id AND s.status = \'PUBLISHED\')\n            THEN\n                RAISE EXCEPTION \'A published record must keep a citation of a published source (quotes_quote %)\', OLD.subject_id\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NULL;\n        ', hash='35ef08f83b6cac65a2e86cfe2a67e7668fa2f85e', operation='DELETE OR UPDATE', pgid='pgtrigger_keep_last_citation_f428e', table='quotes_quotecitation', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecitation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "quotes_quotecitationevent" ("exact", "id", "label", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "relation", "source_id", "subject_id") VALUES (NEW."exact", NEW."id", NEW."label", NEW."locator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."relation", NEW."source_id", NEW."subject_id"); RETURN NULL;', hash='2609be2da5e330bc24308420fab37d1fe5fb262a', operation='INSERT', pgid='pgtrigger_insert_insert_08e12', table='quotes_quotecitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecitation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "quotes_quotecitationevent" ("exact", "id", "label", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "relation", "source_id", "subject_id") VALUES (NEW."exact", NEW."id", NEW."label", NEW."locator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."relation", NEW."source_id", NEW."subject_id"); RETURN NULL;', hash='b2054cf45c38212694a8eff8f04bf10394b776e8', operation='UPDATE', pgid='pgtrigger_update_update_2c2e5', table='quotes_quotecitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecitation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "quotes_quotecitationevent" ("exact", "id", "label", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "relation", "source_id", "subject_id") VALUES (OLD."exact", OLD."id", OLD."label", OLD."locator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."relation", OLD."source_id", OLD."subject_id"); RETURN NULL;', hash='8dc7af264e48dacf32013eb990e0959eadd92ed6', operation='DELETE', pgid='pgtrigger_delete_delete_9c190', table='quotes_quotecitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "quotes_themeevent" ("editor_note", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "slug", "status", "title", "topic_id", "withdrawn_at") VALUES (NEW."editor_note", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."slug", NEW."status", NEW."title", NEW."topic_id", NEW."withdrawn_at"); RETURN NULL;', hash='5e8f761ec8cd7962a39319ff43268b70e362d275', operation='INSERT', pgid='pgtrigger_insert_insert_b2f0b', table='quotes_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "quotes_themeevent" ("editor_note", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "slug", "status", "title", "topic_id", "withdrawn_at") VALUES (NEW."editor_note", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."slug", NEW."status", NEW."title", NEW."topic_id", NEW."withdrawn_at"); RETURN NULL;', hash='9d6215cd65f1fb27a43e8c0c417be3595a34920e', operation='UPDATE', pgid='pgtrigger_update_update_c36bb', table='quotes_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "quotes_themeevent" ("editor_note", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "slug", "status", "title", "topic_id", "withdrawn_at") VALUES (OLD."editor_note", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."slug", OLD."status", OLD."title", OLD."topic_id", OLD."withdrawn_at"); RETURN NULL;', hash='fa1be66793a51d21b88038ec45da54a21dcee917', operation='DELETE', pgid='pgtrigger_delete_delete_7902f', table='quotes_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='utterance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "quotes_utteranceevent" ("editor_note", "id", "note", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_at", "role_at_time", "said", "said_earliest", "said_latest", "slug", "speaker_id", "status", "summary", "withdrawn_at") VALUES (NEW."editor_note", NEW."id", NEW."note", NEW."occasion", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."published_at", NEW."role_at_time", NEW."said", NEW."said_earliest", NEW."said_latest", NEW."slug", NEW."speaker_id", NEW."status", NEW."summary", NEW."withdrawn_at"); RETURN NULL;', hash='a853fa125affae8d5fae19de24a13ec731549b6f', operation='INSERT', pgid='pgtrigger_insert_insert_b2568', table='quotes_utterance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='utterance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "quotes_utteranceevent" ("editor_note", "id", "note", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_at", "role_at_time", "said", "said_earliest", "said_latest", "slug", "speaker_id", "status", "summary", "withdrawn_at") VALUES (NEW."editor_note", NEW."id", NEW."note", NEW."occasion", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."published_at", NEW."role_at_time", NEW."said", NEW."said_earliest", NEW."said_latest", NEW."slug", NEW."speaker_id", NEW."status", NEW."summary", NEW."withdrawn_at"); RETURN NULL;', hash='97da487d76b01e55115bb9aa29944fd5db4754f2', operation='UPDATE', pgid='pgtrigger_update_update_d023e', table='quotes_utterance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='utterance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "quotes_utteranceevent" ("editor_note", "id", "note", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_at", "role_at_time", "said", "said_earliest", "said_latest", "slug", "speaker_id", "status", "summary", "withdrawn_at") VALUES (OLD."editor_note", OLD."id", OLD."note", OLD."occasion", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."published_at", OLD."role_at_time", OLD."said", OLD."said_earliest", OLD."said_latest", OLD."slug", OLD."speaker_id", OLD."status", OLD."summary", OLD."withdrawn_at"); RETURN NULL;', hash='48bc4cbbc179e9a922944e41b2458d8654386348', operation='DELETE', pgid='pgtrigger_delete_delete_2aa96', table='quotes_utterance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "quotes_quoteevent" ("editor_note", "id", "language", "note", "officiality", "original", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "slug", "status", "translated_by", "utterance_id", "withdrawn_at", "words") VALUES (NEW."editor_note", NEW."id", NEW."language", NEW."note", NEW."officiality", NEW."original", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."published_at", NEW."slug", NEW."status", NEW."translated_by", NEW."utterance_id", NEW."withdrawn_at", NEW."words"); RETURN NULL;', hash='476710d513a9bfd972fbbc9ba62c18417aee1d28', operation='INSERT', pgid='pgtrigger_insert_insert_6053a', table='quotes_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "quotes_quoteevent" ("editor_note", "id", "language", "note", "officiality", "original", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "slug", "status", "translated_by", "utterance_id", "withdrawn_at", "words") VALUES (NEW."editor_note", NEW."id", NEW."language", NEW."note", NEW."officiality", NEW."original", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."published_at", NEW."slug", NEW."status", NEW."translated_by", NEW."utterance_id", NEW."withdrawn_at", NEW."words"); RETURN NULL;', hash='fe42bce533db8740f91d70de368ae11faf8e476c', operation='UPDATE', pgid='pgtrigger_update_update_d2f7b', table='quotes_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "quotes_quoteevent" ("editor_note", "id", "language", "note", "officiality", "original", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "slug", "status", "translated_by", "utterance_id", "withdrawn_at", "words") VALUES (OLD."editor_note", OLD."id", OLD."language", OLD."note", OLD."officiality", OLD."original", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."published_at", OLD."slug", OLD."status", OLD."translated_by", OLD."utterance_id", OLD."withdrawn_at", OLD."words"); RETURN NULL;', hash='655f6691ba0b5fd766af3415b70adcc88510d870', operation='DELETE', pgid='pgtrigger_delete_delete_c7169', table='quotes_quote', when='AFTER')),
        ),
    ]
