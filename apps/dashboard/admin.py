from django.contrib import admin

from apps.dashboard.models import HomeFinding
from apps.sources.admin import FindingAdmin


@admin.register(HomeFinding)
class HomeFindingAdmin(FindingAdmin):
    also = ("utterances", "facts")
    autocomplete_fields = also
