"""Records every app stands on."""

from guong.base.models.files import StoredFile
from guong.base.models.jobs import Job, worker_is_alive
from guong.base.models.log import AuditEntry, AuditSeal, LogEntry, OnceToken
from guong.base.models.numbers import NumberSeries
from guong.base.models.organisation import Body, BodyChange, BodyKind, BodyName, Denominator, Department
from guong.base.models.people import Employment, Grant, Person, User

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "Body",
    "BodyChange",
    "BodyKind",
    "BodyName",
    "Denominator",
    "Department",
    "Employment",
    "Grant",
    "Job",
    "LogEntry",
    "NumberSeries",
    "OnceToken",
    "Person",
    "StoredFile",
    "User",
    "worker_is_alive",
]
