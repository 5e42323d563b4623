"""Which rules a response goes out with: framing, content policy, cookies, caching, `Vary`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

NOTHING_FROM_ELSEWHERE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'"
)
ADMIN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
NO_POWERS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    "payment=(), usb=()"
)


class CookieOnPublicPage(Exception):
    """A page for readers sets a cookie or depends on one: it would follow them, and no cache could share it."""


@dataclass(frozen=True)
class Rules:
    """How every response of one kind goes out. `read_by_anyone` lets the scripts of other sites read it."""

    policy: str
    cache: str
    vary: tuple[str, ...]
    cookies: bool = False
    framed_by_anyone: bool = False
    read_by_anyone: bool = False


PAGE = Rules(
    policy=f"{NOTHING_FROM_ELSEWHERE}; form-action 'self'; frame-ancestors 'none'",
    cache="public, max-age=0, s-maxage=60, must-revalidate",
    vary=("HX-Request", "Accept-Encoding"),
)
# The builder is a page, with a form, that shows what it builds in a frame.
BUILDER = replace(PAGE, policy=f"{PAGE.policy}; frame-src 'self'")
EMBED = Rules(
    policy=f"{NOTHING_FROM_ELSEWHERE}; form-action 'none'",
    cache="public, max-age=300, stale-while-revalidate=86400",
    vary=("Accept-Encoding",),
    framed_by_anyone=True,
)
ADMIN = Rules(policy=ADMIN_POLICY, cache="private, no-store", vary=("Cookie",), cookies=True)
DATA = Rules(policy=DATA_POLICY, cache="public, max-age=300", vary=("Accept", "Accept-Encoding"), read_by_anyone=True)
# Whether the server lives is never answered from a cache.
HEALTH = Rules(policy=DATA_POLICY, cache="no-store", vary=())

KIND_BY_PREFIX = (
    ("/admin/", ADMIN),
    ("/embed/", EMBED),
    ("/api/", DATA),
    ("/oembed/", DATA),
    ("/feeds/", DATA),
    ("/sitemap.xml", DATA),
    ("/sitemap-", DATA),
    ("/robots.txt", DATA),
    ("/healthz", HEALTH),
    ("/readyz", HEALTH),
)


def rules_for(path: str) -> Rules:
    """The rules that a response at `path` goes out with; a page's, unless its beginning says otherwise."""
    if path == "/embed/":
        return BUILDER
    for prefix, rules in KIND_BY_PREFIX:
        if path.startswith(prefix):
            return rules
    return PAGE


def _naming_us(policy: str, request: HttpRequest) -> str:
    """The policy with this site's origin beside 'self'.

    In a sandbox a page has no origin; WebKit of 2026 then takes 'self' for nobody and loads neither style nor script.
    """
    try:
        us = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return policy
    return policy.replace("'self'", f"'self' {us}")


class ResponseRules:
    """Lays the rules of its kind on every response.

    A view may set its own `Cache-Control` and `Content-Security-Policy` where it is stricter or knows better. Raises
    CookieOnPublicPage in development and tests; in production the cookie is taken off.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        rules = rules_for(request.path_info)
        if not rules.cookies:
            # Whatever a browser brings, nothing behind a page for readers sees it or answers it with another.
            request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        self._keep_free_of_cookies(request, response, rules)

        policy = rules.policy
        if rules.framed_by_anyone:
            policy = _naming_us(policy, request)
            # “*” is said by saying nothing: Chromium would not count a page in a sandbox, or a file, among all.
            if settings.EMBED_FRAME_ANCESTORS != "*":
                policy = f"{policy}; frame-ancestors {settings.EMBED_FRAME_ANCESTORS}"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            # In a frame it means nothing; a widget by itself would wait for a process of its own.
            response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
        else:
            response.headers["X-Frame-Options"] = "DENY"
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", NO_POWERS)
        if rules.read_by_anyone:
            response.headers["Access-Control-Allow-Origin"] = "*"
        if rules.cookies:
            response.headers["Cache-Control"] = rules.cache
        elif response.status_code >= 500:
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", rules.cache)
        if rules.vary:
            patch_vary_headers(response, rules.vary)
        return response

    def _keep_free_of_cookies(self, request: HttpRequest, response: HttpResponse, rules: Rules) -> None:
        if rules.cookies:
            return
        varies = [name.strip() for name in response.headers.get("Vary", "").split(",") if name.strip()]
        depends = any(name.lower() == "cookie" for name in varies)
        if not response.cookies and not depends:
            return
        if settings.REFUSE_COOKIES_ON_PAGES:
            what = f"sets {', '.join(response.cookies)}" if response.cookies else "varies with the visitor's cookies"
            raise CookieOnPublicPage(f"{request.path_info} {what}; pages for readers carry no person.")
        response.cookies.clear()
        response.headers["Vary"] = ", ".join(name for name in varies if name.lower() != "cookie")
        response.headers["Cache-Control"] = "no-store"
