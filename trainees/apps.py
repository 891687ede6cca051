from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TraineesConfig(AppConfig):
    name = "trainees"

    def ready(self) -> None:
        """Contribute the people to the course page and what is shown to the fair's; judge openings by people."""
        from courses.panels import (
            Move,
            Panel,
            contribute,
            contribute_to_fairs,
            count_people_with,
            judge,
            tie_to_fairs,
        )
        from courses.sessions import follow
        from offices.permissions import Can
        from trainees.grids import follow_session
        from trainees.operations import people_on
        from trainees.shows.operations import why_part_stays

        contribute(Panel(_("Trainees on the course"), "trainees:roster", Can.VIEW_TRAINEES, order=10))
        contribute(
            Panel(_("Attendance"), "trainees:attendance", Can.VIEW_TRAINEES, order=30),
            Panel(_("Results"), "trainees:results", Can.VIEW_TRAINEES, order=40),
            Panel(_("Products"), "trainees:course_products", Can.VIEW_PRODUCTS, order=50),
            Panel(_("Sales channels"), "trainees:course_channels", Can.VIEW_PRODUCTS, order=60),
            Panel(_("Groups and enterprises"), "trainees:course_groups", Can.VIEW_PRODUCTS, order=65),
            Panel(_("Satisfaction"), "trainees:satisfaction", Can.VIEW_OUTCOMES, order=50),
            Panel(_("Follow-up"), "trainees:course_follow_up", Can.VIEW_OUTCOMES, order=60),
            Panel(_("Papers"), "trainees:papers", Can.VIEW_TRAINEES, order=80),
        )
        contribute_to_fairs(Panel(_("Exhibits and contests"), "trainees:fair_shows", Can.VIEW_FAIRS, order=10))
        tie_to_fairs(why_part_stays)
        follow(follow_session)
        judge(Move("running", "trainees:course_open"))
        count_people_with(people_on)
