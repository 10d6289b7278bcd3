"""What changes about an account outside its own pages."""

from allauth.account.models import EmailAddress
from django.db import transaction

from dossiers.models import User


@transaction.atomic
def change_email(*, user: User, email: str) -> None:
    """Give an account another address; the old one opens it no longer.

    allauth keeps addresses in a table of its own and finds accounts by them for a login code and
    a new password: an address left behind there would open the account to who has it next.
    """
    user.email = email.strip().lower()
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
