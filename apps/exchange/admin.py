from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from apps.editorial.rules import Status
from apps.exchange.forms import TextForm
from apps.exchange.texts import asked, importing, opening
from apps.sources.models import Source
from apps.treaties.admin import RenderingAdmin
from apps.treaties.models import Rendering, Treaty

_A_DAY = 24 * 60 * 60
_STALE = "The preview is older than a day or was changed on its way. Give the text again."


class TextsAdmin(RenderingAdmin):
    """Renderings, and whole texts brought in as drafts: a form, a preview, and only then the record."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="treaties_rendering_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        if request.method == "POST" and "shown" in request.POST:
            return self._after_preview(request)
        if request.method == "POST":
            form = TextForm(request.POST, request.FILES)
            if form.is_valid():
                return self._preview(request, _told(form.cleaned_data))
        else:
            form = TextForm(initial={"treaty": request.GET.get("treaty", "")})
        return self._form(request, form)

    def _form(self, request: HttpRequest, form: TextForm, status: int = 200) -> HttpResponse:
        context = {"title": "Bring in a treaty text", "form": form, "media": self.media + form.media}
        return self._page(request, "admin/exchange/import_text.html", context, status)

    def _preview(self, request: HttpRequest, told: dict[str, Any], refused: list[str] | None = None) -> HttpResponse:
        whose = _whose(told)
        plan = importing.plan(opening.read(told["words"]), whose)
        context = {
            "title": f"What would be saved: {whose.treaty.short_name}",
            "plan": plan,
            "refusals": refused if refused is not None else plan.refusals,
            "may_leave": not plan.faults and plan.standing and plan.changes,
            # What is saved is what was shown, to the same person.
            "shown": signing.dumps(told, salt=_salt(request), compress=True),
            "media": self.media,
        }
        return self._page(request, "admin/exchange/import_preview.html", context)

    def _after_preview(self, request: HttpRequest) -> HttpResponse:
        try:
            told = signing.loads(request.POST["shown"], salt=_salt(request), max_age=_A_DAY)
        except signing.BadSignature:
            messages.error(request, _STALE)
            return self._form(request, TextForm(), 400)
        if "_back" in request.POST:
            return self._form(request, TextForm(initial={**told, "text": told["words"]}))
        try:
            done = importing.save(
                opening.read(told["words"]), _whose(told), by=request.user, leave_standing="_leave" in request.POST
            )
        except importing.Refused as refused:
            return self._refused(request, told, refused)
        messages.success(request, done.summary())
        drafts = {
            "article__treaty__id__exact": done.whose.treaty.pk,
            "language__exact": done.whose.language,
            "status__exact": Status.DRAFT.value,
        }
        return HttpResponseRedirect(f"{reverse('admin:treaties_rendering_changelist')}?{urlencode(drafts)}")

    def _refused(self, request: HttpRequest, told: dict[str, Any], refused: importing.Refused) -> HttpResponse:
        try:
            return self._preview(request, told, refused.reasons)
        except importing.Refused as gone:
            for reason in gone.reasons:
                messages.error(request, reason)
            return self._form(request, TextForm(initial={"text": told["words"]}))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context}, status=status)


def _salt(request: HttpRequest) -> str:
    return f"exchange.import_text.{request.user.pk}"


def _told(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What the form says, as values that can be signed."""
    return {
        "treaty": cleaned["treaty"].pk,
        "source": cleaned["source"].pk,
        **{name: cleaned[name] for name in ("language", "kind", "translator", "translated_from", "words")},
    }


def _whose(told: dict[str, Any]) -> importing.Whose:
    """Which text it is. Raises Refused when the treaty or the source is no longer there."""
    treaty = Treaty.objects.filter(pk=told["treaty"]).first()
    source = Source.objects.select_related("publisher").filter(pk=told["source"]).first()
    if treaty is None or source is None:
        raise importing.Refused(["The treaty or the source has been deleted since; nothing was saved."])
    return importing.whose(
        treaty,
        told["language"],
        asked.usable(source),
        kind=told["kind"],
        translator=told["translator"].strip(),
        translated_from=told["translated_from"],
    )


# The treaties know nothing of files, so their admin gets this page from here.
admin.site.unregister(Rendering)
admin.site.register(Rendering, TextsAdmin)
