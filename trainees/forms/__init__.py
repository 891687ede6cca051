from trainees.forms.derived import DerivedForm
from trainees.forms.enrolments import CameForm, EnrolForm, EnrolmentForm, OpenForm, WithdrawForm
from trainees.forms.follow_ups import FollowUpForm, StaffFollowUpForm
from trainees.forms.people import FindForm, MendDocumentForm, RevealForm, TraineeForm
from trainees.forms.privacy import ConfirmEraseForm, EraseForm
from trainees.forms.satisfaction import SatisfactionForm, StaffSatisfactionForm
from trainees.forms.waivers import WaiverDecisionForm, WaiverRequestForm

__all__ = [
    "CameForm",
    "ConfirmEraseForm",
    "DerivedForm",
    "EnrolForm",
    "EnrolmentForm",
    "EraseForm",
    "FindForm",
    "FollowUpForm",
    "MendDocumentForm",
    "OpenForm",
    "RevealForm",
    "SatisfactionForm",
    "StaffFollowUpForm",
    "StaffSatisfactionForm",
    "TraineeForm",
    "WaiverDecisionForm",
    "WaiverRequestForm",
    "WithdrawForm",
]
