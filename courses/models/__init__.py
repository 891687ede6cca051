from courses.models.courses import Course
from courses.models.curricula import Curriculum, Topic
from courses.models.fairs import Fair, FairPart
from courses.models.instructors import Instructor, Teaching
from courses.models.needs import Answer, FoundBy, Reason, Survey
from courses.models.photos import CoursePhoto
from courses.models.projects import Activity, Project
from courses.models.sessions import Session

__all__ = [
    "Activity",
    "Answer",
    "Course",
    "CoursePhoto",
    "Curriculum",
    "Fair",
    "FairPart",
    "FoundBy",
    "Instructor",
    "Project",
    "Reason",
    "Session",
    "Survey",
    "Teaching",
    "Topic",
]
