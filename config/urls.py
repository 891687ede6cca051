"""The table of contents: every address of the program."""

from django.conf import settings
from django.urls import include, path

from config import gallery, health
from config.help import help_page
from config.home import home
from offices.admin import site as admin_site

urlpatterns = [
    path("", home, name="home"),
    path("help/", help_page, name="help"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("accounts/", include("offices.sign_in_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("offices/", include("offices.urls")),
    path("files/", include("documents.urls")),
    path("jobs/", include("jobs.urls")),
    path("courses/", include("courses.urls")),
    path("money/", include("courses.money.urls")),
    path("trainees/", include("trainees.urls")),
    path("supervision/", include("supervision.urls")),
    path("reports/", include("reports.urls")),
    path("admin/", admin_site.urls),
]
if settings.DEBUG:
    urlpatterns.append(path("gallery/", gallery.gallery, name="gallery"))
