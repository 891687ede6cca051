"""A backup is proved by restoring it into an empty place and comparing."""

import json
import tarfile

import pytest


@pytest.fixture(scope="module")
def backup(tmp_path_factory):
    """A small database with private files, and the backup that was made of it."""
    from tests.config.servers import Servers

    servers = Servers(tmp_path_factory.mktemp("backup") / "var")
    servers.stay()
    try:
        servers.sql("CREATE TABLE kept AS SELECT n, 'แถวที่ ' || n AS word FROM generate_series(1, 1000) n")
        servers.sql("CREATE TABLE empty (id int)")
        (servers.var / "files" / "2569").mkdir(parents=True)
        (servers.var / "files" / "2569" / "รูป.bin").write_bytes(bytes(range(256)) * 999)
        made = servers.manage("backup")
        assert made.returncode == 0, made.stderr
        (servers.backup,) = (servers.var / "backups").iterdir()
        servers.said = made.stdout
        yield servers
    finally:
        servers.clear()


@pytest.fixture
def empty_place(backup, other_servers):
    """Another folder with the same keys, which are kept apart from the backup, and nothing else."""
    other_servers.var.mkdir()
    keys = (backup.var / "development-keys.json").read_bytes()
    (other_servers.var / "development-keys.json").write_bytes(keys)
    other_servers.stay()
    return other_servers


def test_rows_and_files_come_back_as_they_were(backup, empty_place):
    restored = empty_place.manage("restore", str(backup.backup))
    assert restored.returncode == 0, restored.stderr
    whole = "SELECT md5(string_agg(kept::text, ',' ORDER BY n)) FROM kept"
    assert empty_place.sql(whole) == backup.sql(whole)
    file = "files/2569/รูป.bin"
    assert (empty_place.var / file).read_bytes() == (backup.var / file).read_bytes()
    assert [path.name for path in empty_place.var.glob("restore-*")] == []

    again = empty_place.manage("restore", str(backup.backup))
    assert again.returncode == 1 and "not empty" in again.stderr


def test_the_keys_are_not_in_the_backup_and_the_command_says_so(backup):
    assert "NOT in it" in backup.said
    whole = backup.backup.read_bytes()
    for key in json.loads((backup.var / "development-keys.json").read_text()).values():
        assert key.encode() not in whole
    assert backup.backup.stat().st_mode & 0o077 == 0


def test_a_damaged_backup_is_refused_before_anything_changes(backup, empty_place, tmp_path):
    damaged = tmp_path / "damaged.tar"
    whole = backup.backup.read_bytes()
    with tarfile.open(backup.backup) as tar:
        place = tar.getmember("files/2569/รูป.bin").offset_data + 100
    damaged.write_bytes(whole[:place] + b"!" + whole[place + 1 :])
    refused = empty_place.manage("restore", str(damaged))
    assert refused.returncode == 1 and "damaged" in refused.stderr
    cut = tmp_path / "cut.tar"
    cut.write_bytes(whole[: len(whole) // 2])
    refused = empty_place.manage("restore", str(cut))
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    assert empty_place.sql("SELECT to_regclass('kept')") == "(None,)"
    assert not (empty_place.var / "files").exists()


def test_a_backup_of_other_keys_is_refused(backup, empty_place):
    refused = empty_place.manage("restore", str(backup.backup), HASH_KEY="another key than the backup's own")
    assert refused.returncode == 1 and "HASH_KEY" in refused.stderr
    assert empty_place.sql("SELECT to_regclass('kept')") == "(None,)"
