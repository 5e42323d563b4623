from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.editorial.refusals import Refused
from apps.sources.reading import past_of


class RefusalPage:
    """Turns what a view or the reading of a moment refused into a page with its sentence, with status 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "400.html", {"sentence": str(exception), "reading": past_of(request)}, status=400)
