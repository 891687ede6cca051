from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TraineesConfig(AppConfig):
    name = "trainees"

    def ready(self) -> None:
        """Contribute the people to the course page, and judge its opening by them."""
        from courses.panels import Move, Panel, contribute, count_people_with, judge
        from courses.sessions import follow
        from offices.permissions import Can
        from trainees.grids import follow_session
        from trainees.operations import people_on

        contribute(Panel(_("Trainees on the course"), "trainees:roster", Can.VIEW_TRAINEES, order=10))
        contribute(
            Panel(_("Attendance"), "trainees:attendance", Can.VIEW_TRAINEES, order=30),
            Panel(_("Results"), "trainees:results", Can.VIEW_TRAINEES, order=40),
            Panel(_("Satisfaction"), "trainees:satisfaction", Can.VIEW_OUTCOMES, order=50),
            Panel(_("Follow-up"), "trainees:course_follow_up", Can.VIEW_OUTCOMES, order=60),
            Panel(_("Papers"), "trainees:papers", Can.VIEW_TRAINEES, order=80),
        )
        follow(follow_session)
        judge(Move("running", "trainees:course_open"))
        count_people_with(people_on)
