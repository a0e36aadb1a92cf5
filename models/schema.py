"""The schema: every model that has a table, in the order in which tables refer to one another."""

from models.derived.assistance import Assistance
from models.derived.check_in import CheckIn, Progress, Scan
from models.derived.consent import Consent
from models.derived.contact_attempt import ContactAttempt
from models.derived.copied_pass import Showing
from models.derived.count import CheckInCount
from models.derived.group_evidence import GroupEvidence
from models.derived.nouns import NOUNS
from models.derived.pass_binding import PassBinding
from models.derived.person import Alias
from models.derived.person_key import PersonKey
from models.derived.reach import Awaited
from models.derived.same_person import SamePerson
from models.derived.tally import Tally
from models.derived.visit import Visit
from models.desk.complaint import Complaint, ComplaintStep
from models.desk.handed_list import HandedList, HandedPerson
from models.desk.incident import Incident, IncidentStep
from models.desk.notice_version import NoticeVersion
from models.exchange.partner import Partner
from models.exchange.received_package import ReceivedPackage, ReceivedVacancy
from models.exchange.sent_package import SentPackage
from models.figures.rollup import Rollup, RollupFigure
from models.finding.bulk_change import BulkChange
from models.finding.saved_filter import SavedFilter
from models.forgetting.certificate import Certificate
from models.forgetting.request import DeletionRequest
from models.forgetting.retention_run import RetentionRun
from models.imports.sheet_import import SheetImport, SheetMatch
from models.imports.sheet_row import SheetRow
from models.inbox.sent_notice import SentNotice
from models.intake.hand_over import HandOver
from models.keys.pass_key import PassKey
from models.keys.region_key import RegionKey
from models.keys.seal import SealKey
from models.log.change import Change
from models.log.exclusion import Exclusion
from models.log.forgotten import Forgotten, ForgottenKey
from models.log.operation import Operation
from models.log.remark import Remark
from models.log.settlement import Settlement
from models.log.standing import Overruled
from models.market.access_token import AccessToken
from models.market.amendment import Amendment
from models.market.audit import AuditEntry
from models.market.booth import Booth
from models.market.campaign import Campaign
from models.market.campaign_target import CampaignTarget
from models.market.checklist import ChecklistItem
from models.market.clerk_town import ClerkTown
from models.market.closing import Closing
from models.market.county import County
from models.market.device import Device
from models.market.division import Division
from models.market.duty import Duty
from models.market.employer import Employer
from models.market.employer_link import EmployerLink
from models.market.employer_visit import EmployerVisit
from models.market.enrolment import Enrolment
from models.market.exemption import Exemption
from models.market.first_run import FirstRun
from models.market.invitation import Invitation
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.market_exception import MarketException
from models.market.market_rule import MarketRule
from models.market.minimum_wage import MinimumWage
from models.market.offer import Offer
from models.market.operator import Operator
from models.market.organiser import Organiser
from models.market.programme import Programme
from models.market.retention import Retention
from models.market.second_factor import RecoveryCode, SecondFactor
from models.market.series import Series
from models.market.service_point import ServicePoint
from models.market.signing import Signing
from models.market.stop import Stop
from models.market.superior_form import SuperiorCell, SuperiorForm
from models.market.tablet import Tablet
from models.market.used_number import UsedNumber
from models.market.vacancy import Vacancy
from models.market.vacancy_proposal import VacancyProposal
from models.market.wall_link import WallLink
from models.messages.mailing import Mailing, Message
from models.messages.opt_out import OptOut
from models.people.candidate import Candidate
from models.people.candidate_pass import PassRange, PhonePass
from models.people.frozen import Frozen
from models.printing.paper_batch import PaperBatch
from models.surveys.door_call import DoorCall
from models.surveys.survey import Survey, SurveyPerson
from models.surveys.survey_answer import SurveyAnswer
from models.surveys.survey_attempt import SurveyAttempt
from models.surveys.survey_round import SurveyRound, SurveyRoundVillage

_NAMED = (
    Division, County, ServicePoint, Campaign, Series, MarketRule, MarketException, MarketDay, Employer, Booth,
    Operator, Duty, Vacancy, Offer, Log, Device, Tablet,
    Enrolment, Organiser, AccessToken, AuditEntry, Candidate, Consent, PassRange, PassKey, PhonePass,
    Alias, PassBinding, Operation, Scan, Progress, CheckIn, Visit, Tally, Change, SealKey, HandOver, Showing,
    Settlement, Remark, CheckInCount, Awaited, Closing, Amendment, Exclusion, Overruled, EmployerVisit,
    ClerkTown, Invitation, SecondFactor, RecoveryCode,
    Signing, Stop, CampaignTarget, ChecklistItem, FirstRun, UsedNumber, PersonKey, SamePerson,
    ContactAttempt, Assistance,
    EmployerLink, VacancyProposal, HandedList, HandedPerson, SentNotice, GroupEvidence,
    Forgotten, ForgottenKey, Frozen, Retention, Certificate, RetentionRun, DeletionRequest,
    OptOut, Mailing, Message, Survey, SurveyPerson, SurveyAnswer, SurveyAttempt,
    SurveyRound, SurveyRoundVillage, DoorCall, SheetImport, SheetRow, SheetMatch, NoticeVersion, Incident,
    IncidentStep, Complaint, ComplaintStep, Exemption, MinimumWage, RegionKey, Partner, SentPackage,
    ReceivedPackage, ReceivedVacancy, WallLink, PaperBatch, SuperiorForm, SuperiorCell, RollupFigure, Rollup,
    Programme, SavedFilter, BulkChange,
)  # fmt: skip
# Derived nouns say themselves which tables they have; those named above are imported from here by tests.
MODELS = tuple(dict.fromkeys((*_NAMED, *(table for noun in NOUNS for table in noun.tables))))

__all__ = [model.__name__ for model in _NAMED] + ["MODELS"]
