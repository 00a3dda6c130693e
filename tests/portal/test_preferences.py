"""The switches of the header remember a choice, for this site's own posts only, and lead nowhere else."""

import pytest

OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LANGUAGE, DISPLAY = "/preferences/language/", "/preferences/display/"


@pytest.mark.parametrize(
    ("path", "data", "cookie", "value"),
    [
        (LANGUAGE, {"language": "en"}, "language", "en"),
        (LANGUAGE, {"language": "zh-hans"}, "language", "zh-hans"),
        (DISPLAY, {"large": "1"}, "large_print", "1"),
        (DISPLAY, {"large": "0"}, "large_print", "0"),
        (DISPLAY, {"large": "<script>"}, "large_print", "0"),
        (DISPLAY, {"plain": "1"}, "plain_words", "1"),
        (DISPLAY, {"plain": "0"}, "plain_words", "0"),
    ],
)
def test_a_choice_is_remembered_and_she_is_back_where_she_was(client, path, data, cookie, value):
    response = client.post(path, data | {"next": "/articles/?p=2"}, **OWN)
    assert (response.status_code, response["Location"]) == (302, "/articles/?p=2")
    assert response.cookies[cookie].value == value
    assert response.cookies[cookie]["samesite"] == "Lax"


def test_an_unknown_language_is_not_remembered(client):
    response = client.post(LANGUAGE, {"language": "xx"}, **OWN)
    assert response.status_code == 302
    assert "language" not in response.cookies


@pytest.mark.parametrize("path", [LANGUAGE, DISPLAY])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "https://elsewhere.example/testserver"},
    ],
)
@pytest.mark.django_db
def test_a_post_from_elsewhere_is_refused(client, path, headers):
    response = client.post(path, {"language": "en", "large": "1"}, **headers)
    assert response.status_code == 403
    assert not {"language", "large_print"} & set(response.cookies)


@pytest.mark.parametrize("headers", [OWN, {"HTTP_ORIGIN": "http://testserver"}, {"HTTP_REFERER": "http://testserver/"}])
def test_older_browsers_prove_themselves_by_origin_or_referrer(client, headers):
    assert client.post(DISPLAY, {"large": "1"}, **headers).status_code == 302


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "//elsewhere.example", "\\\\elsewhere.example", "javascript:alert(1)", "", "/\\x.y"],
)
@pytest.mark.parametrize("path", [LANGUAGE, DISPLAY])
def test_nobody_is_led_to_another_site(client, path, target):
    response = client.post(path, {"language": "en", "large": "1", "next": target}, **OWN)
    assert response["Location"] == "/"


@pytest.mark.parametrize("path", [LANGUAGE, DISPLAY])
def test_a_link_changes_nothing(client, path):
    assert client.get(path, **OWN).status_code == 405
