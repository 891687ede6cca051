from courses.models.courses import Course
from courses.models.curricula import Curriculum, Topic
from courses.models.fairs import Fair, FairPart
from courses.models.photos import CoursePhoto
from courses.models.sessions import Session

__all__ = ["Course", "CoursePhoto", "Curriculum", "Fair", "FairPart", "Session", "Topic"]
