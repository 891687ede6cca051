"""A new field key: rows and history are encrypted anew, and nothing else changes."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from offices.scoping import DEPARTMENT_EYES
from trainees.models import Trainee


def ciphertexts():
    with connection.cursor() as cursor:
        cursor.execute("SELECT document_number FROM trainees_trainee UNION ALL "
                       "SELECT document_number FROM trainees_traineeevent")  # fmt: skip
        return [text for (text,) in cursor.fetchall()]


def facts():
    return {t.pk: (t.document_number, t.version) for t in Trainee.objects.visible_to(DEPARTMENT_EYES)}


def test_after_rotation_the_old_key_is_needed_no_more(world, settings, capsys):
    new = Fernet.generate_key().decode()
    before, events = facts(), len(ciphertexts())
    settings.FIELD_KEYS = [new, *settings.FIELD_KEYS]
    call_command("rotate_field_keys", batch=2)
    assert "trainees.Trainee.document_number: 3 encrypted anew, 0 were already" in capsys.readouterr().out
    settings.FIELD_KEYS = [new]
    assert all(Fernet(new).decrypt(text.encode()) for text in ciphertexts())
    assert facts() == before  # the same numbers, the same versions
    assert len(ciphertexts()) == events  # a new key is no change of the row
    call_command("rotate_field_keys")
    assert "trainees.Trainee.document_number: 0 encrypted anew, 3 were already" in capsys.readouterr().out


def test_what_no_key_can_read_is_counted_and_left_alone(world, settings):
    before = sorted(ciphertexts())
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rotate_field_keys")
    assert sorted(ciphertexts()) == before
