"""The shared words of hongtou: works, units, forms, periods, readings and doubts. Knows none of the other packages."""

from .deadline import DayOff, Deadline
from .dispatch import Dispatch, Message, Purpose, Stage
from .docnumber import DocumentNumber, Issued
from .doubts import CATALOGUE, Doubt, doubt
from .form import Field, FieldKind, Form, Role, RowGroup
from .identity import Identity
from .kind import Kind, Sealing, SignatureStamp
from .mailbox import Mailbox, Security, Server
from .mistakes import HongtouError, Mistake, MistakesError, reason_of
from .period import Cadence, Period, fits_into, periods_between
from .quota import Condition, Measure, Per, Quota, amount
from .reading import (
    Fingerprint,
    GroupRow,
    Leftover,
    Origin,
    Place,
    Reading,
    Record,
    Scalar,
    Status,
    Submission,
)
from .roster import load_roster
from .rostersource import RosterReader, RosterTable
from .sums import sum_doubts
from .views import Correction, Entry, Likeness, QuotaResult, Refusal, Spot, Standing, State, Uncounted
from .work import Attachment, Due, Duty, Issuer, Listing, Notice, Outline, Person, Unit, Work
from .workdays import is_workday, unarranged_years
from .workfile import NoWorkError, find_work, load_form, load_forms, load_work

__all__ = [
    "CATALOGUE",
    "Attachment",
    "Cadence",
    "Condition",
    "Correction",
    "DayOff",
    "Deadline",
    "Dispatch",
    "DocumentNumber",
    "Doubt",
    "Due",
    "Duty",
    "Entry",
    "Field",
    "FieldKind",
    "Fingerprint",
    "Form",
    "GroupRow",
    "HongtouError",
    "Identity",
    "Issued",
    "Issuer",
    "Kind",
    "Leftover",
    "Likeness",
    "Listing",
    "Mailbox",
    "Measure",
    "Message",
    "Mistake",
    "MistakesError",
    "NoWorkError",
    "Notice",
    "Origin",
    "Outline",
    "Per",
    "Period",
    "Person",
    "Place",
    "Purpose",
    "Quota",
    "QuotaResult",
    "Reading",
    "Record",
    "Refusal",
    "Role",
    "RosterReader",
    "RosterTable",
    "RowGroup",
    "Scalar",
    "Sealing",
    "Security",
    "Server",
    "SignatureStamp",
    "Spot",
    "Stage",
    "Standing",
    "State",
    "Status",
    "Submission",
    "Uncounted",
    "Unit",
    "Work",
    "amount",
    "doubt",
    "find_work",
    "fits_into",
    "is_workday",
    "load_form",
    "load_forms",
    "load_roster",
    "load_work",
    "periods_between",
    "reason_of",
    "sum_doubts",
    "unarranged_years",
]
