"""Imported once, by the process that children are forked from: what each would do again."""

from django.conf import settings
from django.utils.log import configure_logging

from stsdialoog import pdf

configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
pdf.warm_up()
