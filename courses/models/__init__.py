from courses.models.courses import Course
from courses.models.curricula import Curriculum, Topic
from courses.models.fairs import Fair, FairPart
from courses.models.partners import CoDesigner, CoursePartner, Partner
from courses.models.photos import CoursePhoto
from courses.models.sessions import Session

__all__ = [
    "CoDesigner",
    "Course",
    "CoursePartner",
    "CoursePhoto",
    "Curriculum",
    "Fair",
    "FairPart",
    "Partner",
    "Session",
    "Topic",
]
