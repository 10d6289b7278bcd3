"""Which providers a server switches on, and the sentence for one that is half configured."""

import pytest

from stsdialoog.environment import Environment
from stsdialoog.openid import TENANT, providers
from tests.production import PRODUCTION, manage

WHOLE = {"OIDC_ENTRA_CLIENT_ID": "sts", "OIDC_ENTRA_CLIENT_SECRET": "s3cr3t"}


def read(**variables: str):
    env = Environment(variables)
    return providers(env), env.wrong


def test_without_settings_there_is_none():
    assert read() == ({}, [])


def test_a_client_and_its_secret_switch_one_on():
    found, wrong = read(**WHOLE)

    assert wrong == []
    assert list(found) == ["entra"]
    assert found["entra"].signs_as == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert not found["entra"].tweede_stap
    assert "s3cr3t" not in repr(found)


def test_one_tenant_and_a_second_step_are_said():
    one = "https://login.microsoftonline.com/3f0c1d2e-0000-4000-8000-00000000000a/v2.0"
    found, wrong = read(**WHOLE, OIDC_ENTRA_ISSUER=f"{one}/", OIDC_ENTRA_TWEEDE_STAP="true")

    assert wrong == []
    assert (found["entra"].signs_as, found["entra"].tweede_stap) == (one, True)


def test_the_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "geheim").write_text("s3cr3t\n")
    found, wrong = read(
        OIDC_GOOGLE_CLIENT_ID="sts", OIDC_GOOGLE_CLIENT_SECRET_FILE=f"{tmp_path}/geheim"
    )

    assert (found["google"].client_secret, wrong) == ("s3cr3t", [])


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"OIDC_ACMIDM_CLIENT_ID": "sts"}, "OIDC_ACMIDM_CLIENT_SECRET"),
        ({"OIDC_ACMIDM_CLIENT_SECRET": "s3cr3t"}, "OIDC_ACMIDM_CLIENT_ID"),
        ({"OIDC_GOOGLE_TWEEDE_STAP": "false"}, "OIDC_GOOGLE_CLIENT_ID"),
        ({"OIDC_GOOGLE_ISSUER": "https://accounts.google.com"}, "OIDC_GOOGLE_CLIENT_ID"),
        (WHOLE | {"OIDC_GOOGLE_CLIENT_ID": "sts"}, "OIDC_GOOGLE_CLIENT_SECRET"),
    ],
)
def test_half_a_provider_is_told_in_one_sentence(given, missing):
    _, wrong = read(**given)

    (sentence,) = wrong
    assert sentence.startswith(f"{missing} ontbreekt: ")
    assert "s3cr3t" not in sentence


def test_a_secret_that_cannot_be_read_is_no_second_sentence(tmp_path):
    _, (sentence,) = read(
        OIDC_GOOGLE_CLIENT_ID="sts", OIDC_GOOGLE_CLIENT_SECRET_FILE=f"{tmp_path}/is-er-niet"
    )

    assert "niet te lezen" in sentence


def test_a_server_with_half_a_provider_does_not_start():
    result = manage("check", **PRODUCTION, OIDC_ACMIDM_CLIENT_ID="sts")

    assert result.returncode == 4
    assert "- OIDC_ACMIDM_CLIENT_SECRET ontbreekt" in result.stderr
