"""Every route goes out with the rules of its kind, and no page for readers knows who reads."""

import pytest
from django.test import Client

from tests.site.addresses import one_of_each, public_routes

pytestmark = pytest.mark.usefixtures("whole_record")


def test_every_route_for_readers_is_within_reach_of_the_home_page() -> None:
    assert set(one_of_each(Client())) == public_routes()


def test_every_page_goes_out_without_a_person_and_with_its_policy() -> None:
    client = Client()
    addresses = [*one_of_each(client).values(), "/no/such/page/", "/?as_of=yesterday", "/compare/?as_of=2024-06-19"]
    for address in addresses:
        response = client.get(address)
        said = f"{address}: {dict(response.headers)}"
        assert response.status_code in {200, 400, 404}, said
        assert not response.cookies, said
        assert "cookie" not in response.get("Vary", "").lower(), said
        assert response["X-Frame-Options"] == "DENY", said
        assert response["X-Content-Type-Options"] == "nosniff", said
        assert "default-src 'none'" in response["Content-Security-Policy"], said
        assert "unsafe" not in response["Content-Security-Policy"], said
        if not address.endswith("z"):
            assert response["Cache-Control"].startswith("public"), said
            assert "HX-Request" in response["Vary"], said


def test_a_page_that_did_not_change_is_not_sent_again() -> None:
    client = Client()
    for address in one_of_each(client).values():
        first = client.get(address)
        if "ETag" in first:
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
            assert again.status_code == 304, f"{address} differs each time"


def test_pages_are_sent_compressed() -> None:
    assert Client().get("/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/"])
def test_the_admin_is_private(address: str) -> None:
    response = Client().get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "ETag" not in response
