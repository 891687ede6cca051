from trainees.models.attendance import Attendance
from trainees.models.channels import Channel, ChannelKind, Offer, Publicity, Sale
from trainees.models.enrolments import Enrolment
from trainees.models.follow_ups import FollowUp, Use
from trainees.models.groups import Group, Member
from trainees.models.people import Trainee
from trainees.models.product_files import ProductPhoto, StandardPaper
from trainees.models.products import Assessment, Maker, Product, Verdict
from trainees.models.results import Result
from trainees.models.satisfaction import Satisfaction
from trainees.models.shows import ContestEntry, Exhibit
from trainees.models.waivers import Waiver

__all__ = [
    "Assessment",
    "Attendance",
    "Channel",
    "ChannelKind",
    "ContestEntry",
    "Enrolment",
    "Exhibit",
    "FollowUp",
    "Group",
    "Maker",
    "Member",
    "Offer",
    "Product",
    "ProductPhoto",
    "Publicity",
    "Result",
    "Sale",
    "Satisfaction",
    "StandardPaper",
    "Trainee",
    "Use",
    "Verdict",
    "Waiver",
]
