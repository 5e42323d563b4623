"""The two groups of people who write the record, with exactly the permissions that each needs.

Here and not in `editorial`, because a migration may only speak of tables that stand, and this app is above them all.
"""

from django.db import migrations

RECORDS = {
    "sources": ["agent", "source"],
    "treaties": [
        "topic",
        "treaty",
        "article",
        "rendering",
        "treatyaction",
        "correspondence",
        "obligation",
        "topicfinding",
    ],
    "quotes": ["theme", "utterance", "quote"],
    "opinions": ["question", "opinion", "assessment", "contestedfact", "value"],
    "timelines": ["event", "articletie", "timeline", "timelinefinding"],
    "comparison": ["comparisonfinding"],
    "dashboard": ["homefinding"],
}
# Rows that live and go with the form of a record.
PARTS = {
    "sources": ["agentname", "agentrole"],
    "treaties": [
        "treatytitle",
        "treatycitation",
        "articlecitation",
        "renderingcitation",
        "treatyactioncitation",
        "correspondenceside",
        "correspondencecitation",
        "obligationcitation",
        "topicfindingcitation",
    ],
    "quotes": ["quotecitation"],
    "opinions": ["position", "opinioncitation", "assessmentcitation", "valuecitation"],
    "timelines": [
        "eventcitation",
        "articletiecitation",
        "timelineitem",
        "timelinefindingcitation",
    ],
    "comparison": ["comparisonfindingcitation"],
    "dashboard": ["homefindingcitation"],
}
CORRECTIONS = {"editorial": ["correction"]}

GRANTS = {
    "Contributor": [
        (RECORDS, ["view", "add", "change"]),
        (PARTS, ["view", "add", "change", "delete"]),
        (CORRECTIONS, ["view"]),
    ],
    "Editor": [
        (RECORDS, ["view", "add", "change", "delete"]),
        (PARTS, ["view", "add", "change", "delete"]),
        (CORRECTIONS, ["view", "add", "change", "publish_record"]),
    ],
}


def make_groups(apps, schema_editor):
    """Make both groups; running it again changes nothing that was granted by hand since."""
    Group = apps.get_model("auth", "Group")
    for name, grants in GRANTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *(
                _permission(apps, app_label, model_name, verb)
                for table, verbs in grants
                for app_label, model_names in table.items()
                for model_name in model_names
                for verb in verbs
            )
        )


def _permission(apps, app_label, model_name, verb):
    # Django makes permissions only after all migrations, and then keeps those it finds.
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model_name
    )
    if verb == "publish_record":
        codename, name = verb, "Can publish and withdraw records of every kind"
    else:
        codename = f"{verb}_{model_name}"
        name = f"Can {verb} {apps.get_model(app_label, model_name)._meta.verbose_name_raw}"
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GRANTS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("editorial", "0001_initial"),
        ("sources", "0001_initial"),
        ("treaties", "0001_initial"),
        ("quotes", "0001_initial"),
        ("opinions", "0001_initial"),
        ("timelines", "0001_initial"),
        ("comparison", "0001_initial"),
        ("dashboard", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
