from trainees.models.attendance import Attendance
from trainees.models.enrolments import Enrolment
from trainees.models.people import Trainee
from trainees.models.results import Result
from trainees.models.waivers import Waiver

__all__ = ["Attendance", "Enrolment", "Result", "Trainee", "Waiver"]
