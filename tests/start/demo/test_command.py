"""When the command that builds the demo refuses to do anything."""

import pytest
from django.core.management import CommandError, call_command

from dossiers.mensen.models import School, User
from tests.start.demo.demo import MATERIALEN, build

pytestmark = pytest.mark.django_db


def test_it_refuses_on_a_real_server_unless_told_so(laad):
    for slug in MATERIALEN:
        laad(slug)
    with pytest.raises(CommandError, match="een wachtwoord dat iedereen kent"):
        call_command("demo")
    assert not User.objects.exists()

    call_command("demo", ook_buiten_debug=True)
    assert User.objects.exists()


def test_without_the_materials_it_says_what_to_do(lege_plank):
    with pytest.raises(CommandError, match="laad_materialen"):
        build()
    assert not School.objects.exists()
