"""What Django keeps for us: sessions, the counters of logging in, and the lines of the admin."""

from datetime import date, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import QuerySet
from django.utils import timezone

from dossiers.logboek.models import DAGEN_BEWAARD
from stsdialoog.counters.models import Counter
from stsdialoog.small_steps import midnight


def expired_sessions(op: date) -> QuerySet[AbstractBaseSession]:
    """The sessions that log nobody in any more, in whichever table the engine keeps them."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return store.get_model_class()._default_manager.filter(expire_date__lt=moment_on(op))


def expired_counters(op: date) -> QuerySet[Counter]:
    return Counter.objects.filter(expires__lt=moment_on(op))


def old_admin_lines(op: date) -> QuerySet[LogEntry]:
    """What somebody changed in the admin, as long ago as a line stays in the log."""
    return LogEntry.objects.filter(action_time__lt=midnight(op) - timedelta(days=DAGEN_BEWAARD))


def moment_on(op: date) -> datetime:
    """The moment up to which what ends at an hour has ended, for the tasks of a day."""
    return timezone.now() if op == timezone.localdate() else midnight(op)
