from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        """Show what belongs to a course or a fair on its page, and name the money of new years."""
        from courses.money import names
        from courses.panels import Panel, contribute, contribute_to_fairs
        from offices.permissions import Can
        from offices.years import fill_new_years_with

        contribute(
            Panel(_("Instructors"), "courses:teachings", Can.VIEW_COURSES, order=15),
            Panel(_("Sessions"), "courses:sessions", Can.VIEW_COURSES, order=20),
            Panel(_("Money"), "money:course", Can.VIEW_MONEY, order=70),
            Panel(_("Partners"), "courses:course_partners", Can.VIEW_PARTNERS, order=75),
            Panel(_("Photographs"), "courses:photos", Can.VIEW_COURSES, order=80),
        )
        contribute_to_fairs(Panel(_("Spending on the fair"), "money:fair", Can.VIEW_MONEY, order=70))
        fill_new_years_with(names.fill)
