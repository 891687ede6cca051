"""Each refusal is a page of ours, in the reader's language, with a way back."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.utils import translation
from django.views import defaults


@pytest.fixture
def request_(rf):
    request = rf.get("/somewhere/")
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (400, lambda request: defaults.bad_request(request, SuspiciousOperation())),
        (403, lambda request: defaults.permission_denied(request, PermissionDenied())),
        (404, lambda request: defaults.page_not_found(request, ValueError())),
        (500, defaults.server_error),
    ],
)
def test_an_error_page_speaks_the_readers_language(request_, status, answer, language):
    with translation.override(language):
        response = answer(request_)
        way_back = translation.gettext("To the first page")
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}">' in page
    assert str(status) in page and way_back in page
    assert 'href="/"' in page


@pytest.mark.django_db
def test_a_form_sent_from_a_stale_page_is_refused_kindly():
    response = Client(enforce_csrf_checks=True).post("/i18n/setlang/", {"language": "en"})
    assert response.status_code == 403
    assert 'class="oops"' in response.content.decode()
