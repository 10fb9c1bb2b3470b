import pytest

from tests.web.samples import sample_app


@pytest.fixture(scope="module")
def client():
    return sample_app().test_client()


@pytest.mark.parametrize("path", ["/", "/errors/404", "/nowhere", "/static/app.css"])
def test_every_response_is_hardened(client, path):
    headers = client.get(path, buffered=True).headers

    policy = headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert {"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} <= set(policy)
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_view_may_set_a_stricter_policy_and_its_own_caching():
    app = sample_app()
    own = {"Content-Security-Policy": "sandbox", "Cache-Control": "private, max-age=60"}
    app.add_url_rule("/file", "file", lambda: ("", own))

    headers = app.test_client().get("/file").headers

    assert headers["Content-Security-Policy"] == "sandbox"
    assert headers["Cache-Control"] == "private, max-age=60"


def test_an_installation_without_https_does_not_ask_for_it():
    headers = sample_app("http://localhost:8000").test_client().get("/").headers

    assert "Strict-Transport-Security" not in headers


def test_no_page_is_kept_but_static_files_with_a_version_are(client):
    def cached(path):
        return client.get(path, buffered=True).headers["Cache-Control"]

    assert cached("/") == "no-store"
    assert cached("/nowhere") == "no-store"
    assert cached("/static/app.css?v=1") == "public, max-age=31536000, immutable"
    font = "/static/fonts/atkinson-hyperlegible-next-latin-400-normal.woff2"
    assert cached(font) == "public, max-age=31536000, immutable"
    assert cached("/static/js/kept-words.js") == "no-cache"
    assert "immutable" not in cached("/static/none.css?v=1")
