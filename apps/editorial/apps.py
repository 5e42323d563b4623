from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class EditorialConfig(AppConfig):
    name = "apps.editorial"
    default_auto_field = "django.db.models.BigAutoField"
    default = True


class EditorsConfig(admin_apps.AdminConfig):
    """Django's admin with our own front door; stands in INSTALLED_APPS in place of `django.contrib.admin`."""

    default = False
    default_site = "apps.editorial.admin_site.EditorsSite"
