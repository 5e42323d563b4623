import apps.editorial.fields
import apps.sources.models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], db_index=True, default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(help_text='The name used on this site, in Latin letters.', max_length=200)),
                ('short_name', models.CharField(blank=True, help_text='For citation chips, at most 28 characters; empty when the name is short.', max_length=28)),
                ('kind', models.CharField(choices=[('PERSON', 'person'), ('GROUP', 'unnamed group'), ('STATE', 'state body'), ('STATE_MEDIA', 'state media'), ('INTERNATIONAL_BODY', 'international body'), ('INDEPENDENT_MEDIA', 'independent media'), ('THINK_TANK', 'think tank'), ('UNIVERSITY', 'university'), ('OTHER', 'other body')], help_text='What it is, not what it says. State media: owned or directed by a state. See /about/.', max_length=20)),
                ('country', models.CharField(blank=True, help_text='ISO 3166-1 code of where it sits (RU, KP, KR, US …); SU for the Soviet Union.', max_length=2)),
                ('description', models.CharField(blank=True, help_text='One neutral line, in our words.', max_length=300)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW', 'PUBLISHED', 'WITHDRAWN'])), name='sources_agent_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('status__in', ['DRAFT', 'REVIEW']), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'PUBLISHED'), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'WITHDRAWN'), ('withdrawn_at__gte', models.F('published_at')), ('withdrawn_at__isnull', False)), _connector='OR'), name='sources_agent_status_in_step'), models.CheckConstraint(condition=models.Q(('kind__in', ['PERSON', 'GROUP', 'STATE', 'STATE_MEDIA', 'INTERNATIONAL_BODY', 'INDEPENDENT_MEDIA', 'THINK_TANK', 'UNIVERSITY', 'OTHER'])), name='sources_agent_kind_known'), models.CheckConstraint(condition=models.Q(('country', ''), ('country__regex', '^[A-Z]{2}$'), _connector='OR'), name='sources_agent_country_code')],
            },
        ),
        migrations.CreateModel(
            name='AgentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(db_index=False, max_length=80)),
                ('name', models.CharField(help_text='The name used on this site, in Latin letters.', max_length=200)),
                ('short_name', models.CharField(blank=True, help_text='For citation chips, at most 28 characters; empty when the name is short.', max_length=28)),
                ('kind', models.CharField(choices=[('PERSON', 'person'), ('GROUP', 'unnamed group'), ('STATE', 'state body'), ('STATE_MEDIA', 'state media'), ('INTERNATIONAL_BODY', 'international body'), ('INDEPENDENT_MEDIA', 'independent media'), ('THINK_TANK', 'think tank'), ('UNIVERSITY', 'university'), ('OTHER', 'other body')], help_text='What it is, not what it says. State media: owned or directed by a state. See /about/.', max_length=20)),
                ('country', models.CharField(blank=True, help_text='ISO 3166-1 code of where it sits (RU, KP, KR, US …); SU for the Soviet Union.', max_length=2)),
                ('description', models.CharField(blank=True, help_text='One neutral line, in our words.', max_length=300)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='sources.agent')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AgentName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('language', models.CharField(help_text='ko, ru, en … (ko-Latn for a romanisation).', max_length=8)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='sources.agent')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agent', 'name'), name='sources_agentname_once_per_agent')],
            },
        ),
        migrations.CreateModel(
            name='AgentNameEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('language', models.CharField(help_text='ko, ru, en … (ko-Latn for a romanisation).', max_length=8)),
                ('agent', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.agent')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='sources.agentname')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('DRAFT', 'draft'), ('REVIEW', 'in review'), ('PUBLISHED', 'published'), ('WITHDRAWN', 'withdrawn')], db_index=True, default='DRAFT', editable=False, max_length=10)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('editor_note', models.TextField(blank=True, help_text='For editors only, never public: doubts, where a copy was seen, what to look up.')),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('type', models.CharField(choices=[('article-newspaper', 'news article'), ('article-journal', 'journal article'), ('article-magazine', 'magazine article'), ('webpage', 'web page'), ('report', 'report'), ('book', 'book'), ('chapter', 'chapter'), ('treaty', 'treaty publication'), ('legislation', 'law or parliamentary file'), ('broadcast', 'broadcast'), ('speech', 'speech or statement'), ('post-weblog', 'blog post'), ('interview', 'interview'), ('dataset', 'dataset'), ('entry-encyclopedia', 'encyclopedia entry')], max_length=24)),
                ('title', models.CharField(max_length=400)),
                ('title_is_description', models.BooleanField(default=False, help_text="Tick when the title is our description because the item's own title was not seen.")),
                ('byline', models.CharField(blank=True, help_text='Author or agency as printed.', max_length=300)),
                ('container_title', models.CharField(blank=True, help_text='Journal, series or book it stands in.', max_length=300)),
                ('issued', apps.editorial.fields.EdtfField(blank=True, max_length=64)),
                ('issued_earliest', models.DateTimeField(db_index=True, editable=False, null=True)),
                ('issued_latest', models.DateTimeField(db_index=True, editable=False, null=True)),
                ('language', models.CharField(help_text='ISO 639 code: en, ru, ko …', max_length=8)),
                ('url', apps.sources.models.UrlField(blank=True, help_text='The original address; empty when not known.', max_length=600, null=True, unique=True)),
                ('archive_url', apps.sources.models.UrlField(blank=True, help_text='A copy kept by a public archive.', max_length=600, null=True)),
                ('note', models.TextField(blank=True, help_text='Public: how it is known, how its date was inferred.')),
                ('publisher', models.ForeignKey(help_text='Who first published it: an agency, ministry, newspaper, journal, institute. Never a mirror or a repost.', on_delete=django.db.models.deletion.PROTECT, related_name='published_sources', to='sources.agent')),
                ('reported_via', models.ForeignKey(blank=True, help_text='The source through which this one is known, when it was not itself seen.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='sources.source')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['DRAFT', 'REVIEW', 'PUBLISHED', 'WITHDRAWN'])), name='sources_source_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('status__in', ['DRAFT', 'REVIEW']), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'PUBLISHED'), ('withdrawn_at', None)), models.Q(('published_at__isnull', False), ('status', 'WITHDRAWN'), ('withdrawn_at__gte', models.F('published_at')), ('withdrawn_at__isnull', False)), _connector='OR'), name='sources_source_status_in_step'), models.CheckConstraint(condition=models.Q(('issued_earliest__lte', models.F('issued_latest'))), name='sources_source_issued_earliest_before_latest'), models.CheckConstraint(condition=models.Q(('type__in', ['article-newspaper', 'article-journal', 'article-magazine', 'webpage', 'report', 'book', 'chapter', 'treaty', 'legislation', 'broadcast', 'speech', 'post-weblog', 'interview', 'dataset', 'entry-encyclopedia'])), name='sources_source_type_is_csl'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='sources_source_has_title'), models.CheckConstraint(condition=models.Q(('reported_via', None), models.Q(('reported_via', models.F('id')), _negated=True), _connector='OR'), name='sources_source_not_via_itself')],
            },
        ),
        migrations.CreateModel(
            name='AgentRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('since', apps.editorial.fields.EdtfField(blank=True, max_length=64)),
                ('since_earliest', models.DateTimeField(db_index=True, editable=False, null=True)),
                ('since_latest', models.DateTimeField(db_index=True, editable=False, null=True)),
                ('until', apps.editorial.fields.EdtfField(blank=True, max_length=64)),
                ('until_earliest', models.DateTimeField(db_index=True, editable=False, null=True)),
                ('until_latest', models.DateTimeField(db_index=True, editable=False, null=True)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='sources.agent')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held_by', to='sources.agent')),
                ('source', models.ForeignKey(help_text='Where the role is stated.', on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='sources.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agent', 'title', 'since'), name='sources_agentrole_once'), models.CheckConstraint(condition=models.Q(('since_earliest', None), ('until_latest', None), ('since_earliest__lte', models.F('until_latest')), _connector='OR'), name='sources_agentrole_since_before_until')],
            },
        ),
        migrations.CreateModel(
            name='AgentRoleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('since', apps.editorial.fields.EdtfField(blank=True, max_length=64)),
                ('since_earliest', models.DateTimeField(editable=False, null=True)),
                ('since_latest', models.DateTimeField(editable=False, null=True)),
                ('until', apps.editorial.fields.EdtfField(blank=True, max_length=64)),
                ('until_earliest', models.DateTimeField(editable=False, null=True)),
                ('until_latest', models.DateTimeField(editable=False, null=True)),
                ('agent', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.agent')),
                ('body', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.agent')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='sources.agentrole')),
                ('source', models.ForeignKey(db_constraint=False, help_text='Where the role is stated.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SourceEvent',
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
                ('type', models.CharField(choices=[('article-newspaper', 'news article'), ('article-journal', 'journal article'), ('article-magazine', 'magazine article'), ('webpage', 'web page'), ('report', 'report'), ('book', 'book'), ('chapter', 'chapter'), ('treaty', 'treaty publication'), ('legislation', 'law or parliamentary file'), ('broadcast', 'broadcast'), ('speech', 'speech or statement'), ('post-weblog', 'blog post'), ('interview', 'interview'), ('dataset', 'dataset'), ('entry-encyclopedia', 'encyclopedia entry')], max_length=24)),
                ('title', models.CharField(max_length=400)),
                ('title_is_description', models.BooleanField(default=False, help_text="Tick when the title is our description because the item's own title was not seen.")),
                ('byline', models.CharField(blank=True, help_text='Author or agency as printed.', max_length=300)),
                ('container_title', models.CharField(blank=True, help_text='Journal, series or book it stands in.', max_length=300)),
                ('issued', apps.editorial.fields.EdtfField(blank=True, max_length=64)),
                ('issued_earliest', models.DateTimeField(editable=False, null=True)),
                ('issued_latest', models.DateTimeField(editable=False, null=True)),
                ('language', models.CharField(help_text='ISO 639 code: en, ru, ko …', max_length=8)),
                ('url', apps.sources.models.UrlField(blank=True, help_text='The original address; empty when not known.', max_length=600, null=True)),
                ('archive_url', apps.sources.models.UrlField(blank=True, help_text='A copy kept by a public archive.', max_length=600, null=True)),
                ('note', models.TextField(blank=True, help_text='Public: how it is known, how its date was inferred.')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='sources.source')),
                ('publisher', models.ForeignKey(db_constraint=False, help_text='Who first published it: an agency, ministry, newspaper, journal, institute. Never a mirror or a repost.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.agent')),
                ('reported_via', models.ForeignKey(blank=True, db_constraint=False, help_text='The source through which this one is known, when it was not itself seen.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_agentevent" ("country", "description", "editor_note", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "short_name", "slug", "status", "withdrawn_at") VALUES (NEW."country", NEW."description", NEW."editor_note", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."short_name", NEW."slug", NEW."status", NEW."withdrawn_at"); RETURN NULL;', hash='6ec6d413b3988ad1b598a9cf1256b8faf05a52ea', operation='INSERT', pgid='pgtrigger_insert_insert_00f2b', table='sources_agent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_agentevent" ("country", "description", "editor_note", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "short_name", "slug", "status", "withdrawn_at") VALUES (NEW."country", NEW."description", NEW."editor_note", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."short_name", NEW."slug", NEW."status", NEW."withdrawn_at"); RETURN NULL;', hash='98ebab71693448e5d735457cbdd0dbba2eb5fd6b', operation='UPDATE', pgid='pgtrigger_update_update_b3a47', table='sources_agent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_agentevent" ("country", "description", "editor_note", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "short_name", "slug", "status", "withdrawn_at") VALUES (OLD."country", OLD."description", OLD."editor_note", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."short_name", OLD."slug", OLD."status", OLD."withdrawn_at"); RETURN NULL;', hash='6d7968ad4b3c1040236ae3e30a2059c775730e50', operation='DELETE', pgid='pgtrigger_delete_delete_bc6bd', table='sources_agent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentname',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_agentnameevent" ("agent_id", "id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agent_id", NEW."id", NEW."language", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='74d8a363ccefd0a0e1d1338ac5f6c49a8308c2c3', operation='INSERT', pgid='pgtrigger_insert_insert_43ed2', table='sources_agentname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentname',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_agentnameevent" ("agent_id", "id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agent_id", NEW."id", NEW."language", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='8686f9e0d1f0a22108b804c229a786e5a5fc3977', operation='UPDATE', pgid='pgtrigger_update_update_18bf1', table='sources_agentname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentname',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_agentnameevent" ("agent_id", "id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."agent_id", OLD."id", OLD."language", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='58a50a5295cc849bf79a015ad2d126a2c45d45cf', operation='DELETE', pgid='pgtrigger_delete_delete_78b57', table='sources_agentname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourceevent" ("archive_url", "byline", "container_title", "editor_note", "id", "issued", "issued_earliest", "issued_latest", "language", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "publisher_id", "reported_via_id", "slug", "status", "title", "title_is_description", "type", "url", "withdrawn_at") VALUES (NEW."archive_url", NEW."byline", NEW."container_title", NEW."editor_note", NEW."id", NEW."issued", NEW."issued_earliest", NEW."issued_latest", NEW."language", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."publisher_id", NEW."reported_via_id", NEW."slug", NEW."status", NEW."title", NEW."title_is_description", NEW."type", NEW."url", NEW."withdrawn_at"); RETURN NULL;', hash='84c828e51387b12d159a590b0547476038221f90', operation='INSERT', pgid='pgtrigger_insert_insert_c3ed3', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_sourceevent" ("archive_url", "byline", "container_title", "editor_note", "id", "issued", "issued_earliest", "issued_latest", "language", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "publisher_id", "reported_via_id", "slug", "status", "title", "title_is_description", "type", "url", "withdrawn_at") VALUES (NEW."archive_url", NEW."byline", NEW."container_title", NEW."editor_note", NEW."id", NEW."issued", NEW."issued_earliest", NEW."issued_latest", NEW."language", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."publisher_id", NEW."reported_via_id", NEW."slug", NEW."status", NEW."title", NEW."title_is_description", NEW."type", NEW."url", NEW."withdrawn_at"); RETURN NULL;', hash='fa94c4e9c3cf4b6c346915afc8eb7e0b64cb1300', operation='UPDATE', pgid='pgtrigger_update_update_e6185', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourceevent" ("archive_url", "byline", "container_title", "editor_note", "id", "issued", "issued_earliest", "issued_latest", "language", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "publisher_id", "reported_via_id", "slug", "status", "title", "title_is_description", "type", "url", "withdrawn_at") VALUES (OLD."archive_url", OLD."byline", OLD."container_title", OLD."editor_note", OLD."id", OLD."issued", OLD."issued_earliest", OLD."issued_latest", OLD."language", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."publisher_id", OLD."reported_via_id", OLD."slug", OLD."status", OLD."title", OLD."title_is_description", OLD."type", OLD."url", OLD."withdrawn_at"); RETURN NULL;', hash='ff4ffc97c682370f64ea9422d3c3033b6fb48455', operation='DELETE', pgid='pgtrigger_delete_delete_fde77', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentrole',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_agentroleevent" ("agent_id", "body_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "since_earliest", "since_latest", "source_id", "title", "until", "until_earliest", "until_latest") VALUES (NEW."agent_id", NEW."body_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."since_earliest", NEW."since_latest", NEW."source_id", NEW."title", NEW."until", NEW."until_earliest", NEW."until_latest"); RETURN NULL;', hash='a771e95f809a5a05bb664ad95eb6e927686a47dc', operation='INSERT', pgid='pgtrigger_insert_insert_aadb2', table='sources_agentrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentrole',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_agentroleevent" ("agent_id", "body_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "since_earliest", "since_latest", "source_id", "title", "until", "until_earliest", "until_latest") VALUES (NEW."agent_id", NEW."body_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."since_earliest", NEW."since_latest", NEW."source_id", NEW."title", NEW."until", NEW."until_earliest", NEW."until_latest"); RETURN NULL;', hash='17ce6991be7041513573f2d50d1b62705d064caa', operation='UPDATE', pgid='pgtrigger_update_update_d19f4', table='sources_agentrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentrole',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_agentroleevent" ("agent_id", "body_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "since_earliest", "since_latest", "source_id", "title", "until", "until_earliest", "until_latest") VALUES (OLD."agent_id", OLD."body_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."since_earliest", OLD."since_latest", OLD."source_id", OLD."title", OLD."until", OLD."until_earliest", OLD."until_latest"); RETURN NULL;', hash='a9d7fba2bfd911e914925a09303b1f39ccb96797', operation='DELETE', pgid='pgtrigger_delete_delete_a4c40', table='sources_agentrole', when='AFTER')),
        ),
    ]
