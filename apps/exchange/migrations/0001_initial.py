from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LoadedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(help_text="The record's model, as in timelines.event.", max_length=80)),
                ('key', models.CharField(help_text='What the files call it.', max_length=400)),
                ('digest', models.CharField(help_text='SHA-256 of the record as the files give it.', max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('table', 'key'), name='exchange_loadedrow_once')],
            },
        ),
    ]
