from django.apps import AppConfig


class TimelinesConfig(AppConfig):
    name = "apps.timelines"
    default_auto_field = "django.db.models.BigAutoField"
