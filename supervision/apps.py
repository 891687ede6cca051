from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    name = "supervision"

    def ready(self) -> None:
        """Contribute the visits to the course page, and keep the wording of the forms in the database."""
        from courses.panels import Panel, contribute
        from offices.permissions import Can
        from supervision.wording import ensure_wording

        contribute(Panel(_("Supervision"), "supervision:course", Can.VIEW_SUPERVISION, order=60))
        post_migrate.connect(ensure_wording, sender=self)
