from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        """Show the instructors, the sessions and the photographs on the course page."""
        from courses.panels import Panel, contribute
        from offices.permissions import Can

        contribute(
            Panel(_("Instructors"), "courses:teachings", Can.VIEW_COURSES, order=15),
            Panel(_("Sessions"), "courses:sessions", Can.VIEW_COURSES, order=20),
            Panel(_("Photographs"), "courses:photos", Can.VIEW_COURSES, order=80),
        )
