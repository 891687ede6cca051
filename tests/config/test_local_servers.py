"""The laptop's servers: started once, kept while anybody uses them, gone with the last user."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.local import celery_broker_url, redis_cache_url
from tests.config.servers import PROJECT, USE, Servers, go, hear_ctrl_c
from tests.workers import until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="what only root can get wrong")


def test_a_command_finds_both_servers_and_leaves_no_process(servers):
    ping = "import redis; print(redis.Redis.from_url(local.redis_cache_url(os.environ['REDIS_URL'])).ping())"
    assert servers.use(ping) == "True\n"
    assert servers.processes() == {}


def test_the_database_is_real_keeps_its_rows_and_speaks_thai(servers):
    servers.sql("CREATE TABLE kept AS SELECT 'เก็บไว้' AS word")
    assert servers.sql("SELECT word, upper('é') FROM kept") == "('เก็บไว้', 'É')"


def test_nothing_listens_on_the_network(servers):
    servers.stay()
    for program in ("postgres", "redis-server"):
        links = [
            os.readlink(fd) for fd in Path(f"/proc/{servers.pid_of(program)}/fd").iterdir() if fd.is_symlink()
        ]
        sockets = {link[8:-1] for link in links if link.startswith("socket:[")}
        listening = {line.split()[9] for kind in ("tcp", "tcp6") for line in lines(f"/proc/net/{kind}")[1:]}
        assert sockets and not sockets & listening


def test_only_the_last_to_leave_stops_the_servers(servers):
    first = servers.stay()
    assert servers.stay().url == first.url
    second = servers.users[-1]
    before = servers.processes()
    go(first)
    assert servers.processes() == before
    go(second)
    assert servers.processes() == {}


def test_commands_that_start_together_share_one_cluster(servers):
    users = [servers.begin(f"{USE}import sys; sys.stdin.readline(); print('went')") for _ in range(4)]
    addresses = {user.stdout.readline() for user in users}
    assert len(addresses) == 1 and "" not in addresses
    assert sum("-D" in line for line in servers.processes().values()) == 1
    for user in users:
        assert go(user) == "went\n"
    assert servers.processes() == {}


def test_a_program_that_was_given_the_addresses_holds_and_starts_nothing(servers):
    given = {"DATABASE_URL": "postgresql://somewhere/else", "REDIS_URL": "redis://somewhere:1/0"}
    assert servers.use("print(os.environ['REDIS_URL'])", **given) == "redis://somewhere:1/0\n"
    assert not servers.var.exists()


def test_only_the_missing_server_is_started(servers):
    servers.stay(DATABASE_URL="postgresql://somewhere/else")
    assert [line.split(" ")[0].rsplit("/", 1)[-1] for line in servers.processes().values()] == ["redis-server"]


def test_the_servers_survive_kill_9_of_their_user_until_the_next_one_leaves(servers):
    user = servers.stay()
    running = servers.processes()
    user.kill()
    user.wait()
    assert servers.processes() == running
    servers.use()
    assert servers.processes() == {}


def test_a_killed_database_starts_again_though_its_number_is_taken_by_another_program(servers):
    servers.sql("CREATE TABLE kept (id int)")
    user = servers.stay()
    os.kill(servers.pid_of("postgres"), signal.SIGKILL)
    user.kill()
    user.wait()
    pid_file = servers.places.cluster / "postmaster.pid"
    _, *rest = pid_file.read_text().split("\n")
    pid_file.write_text("\n".join([str(os.getpid()), *rest]))
    assert servers.sql("SELECT count(*) FROM kept") == "(0,)"
    assert servers.processes() == {}


def test_a_killed_redis_leaves_a_socket_that_blocks_nobody(servers):
    user = servers.stay()
    os.kill(servers.pid_of("redis-server"), signal.SIGKILL)
    assert servers.places.redis_socket.exists()
    servers.use("import redis; redis.Redis.from_url(os.environ['REDIS_URL']).ping()")
    go(user)
    assert servers.processes() == {}


def test_a_folder_cleared_away_under_its_servers_is_made_anew(servers):
    import shutil

    user = servers.stay()
    shutil.rmtree(servers.var)
    assert servers.sql("SELECT 1") == "(1,)"
    user.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_leaves_no_process(servers, number):
    user = servers.stay()
    user.send_signal(number)
    user.wait(30)
    assert servers.processes() == {}


@pytest.mark.parametrize("seconds", [0.2, 0.4, 0.7])
def test_ctrl_c_in_the_middle_of_the_first_start_leaves_nothing_half_made(servers, seconds):
    user = servers.begin()
    time.sleep(seconds)
    user.send_signal(signal.SIGINT)
    user.wait(30)
    assert servers.processes() == {}
    assert servers.sql("SELECT 1") == "(1,)"


def test_ctrl_c_while_a_program_works_through_others_ends_these_too(servers):
    sleep = f"exec -a {servers.places.name} sleep 300"
    script = f"({sleep}) & echo begun; {sleep}"
    code = (
        "import sys; from config.local import interrupts, processes; interrupts.listen(); "
        f"processes.run_whole(['bash', '-c', {script!r}], environment={{'PATH': '/usr/bin:/bin'}})"
    )
    user = servers.begin(code)
    assert until(lambda: len(servers.processes()) >= 2, 10)
    user.send_signal(signal.SIGINT)
    user.wait(10)
    assert until(lambda: servers.processes() == {}, 10)  # who was killed takes a moment to be gone


def test_an_interrupt_that_only_make_was_told_of_reaches_us(tmp_path):
    code = (
        "import time; from config.local import interrupts; interrupts.listen(); print('begun', flush=True); "
        "[(time.sleep(0.05), interrupts.check()) for _ in range(600)]"
    )
    (tmp_path / "go.py").write_text(code)
    (tmp_path / "Makefile").write_text(f"go:\n\t@{sys.executable} {tmp_path / 'go.py'}\n")
    make = subprocess.Popen(
        ["make", "--no-print-directory", "-f", tmp_path / "Makefile", "go"],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=hear_ctrl_c,
    )
    with make:
        assert make.stdout.readline() == "begun\n"
        make.send_signal(signal.SIGINT)
        make.wait(10)
    assert make.returncode != 0


def test_ctrl_c_in_the_terminal_reaches_the_program_and_not_the_servers(servers):
    user = servers.stay()
    sessions = {os.getsid(pid) for pid in servers.processes()}
    assert os.getsid(user.pid) not in sessions


def test_a_half_made_cluster_is_thrown_away(servers):
    (servers.var / "pg.making" / "base").mkdir(parents=True)
    assert servers.sql("SELECT 1") == "(1,)"
    assert not (servers.var / "pg.making").exists()


def test_a_deep_project_has_its_sockets_in_a_short_private_folder(tmp_path):
    deep = Servers(tmp_path / "a-rather-long-name-of-a-folder" / ("x" * 100) / "var")
    try:
        user = deep.stay()
        sockets = deep.places.sockets
        assert not sockets.is_relative_to(deep.var)
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        go(user)
        assert deep.processes() == {} and not sockets.exists()
    finally:
        deep.clear()


def test_a_short_folder_that_somebody_else_laid_there_is_refused(tmp_path):
    deep = Servers(tmp_path / ("x" * 100) / "var")
    deep.places.sockets.symlink_to(tmp_path)
    try:
        user = deep.begin()
        assert "belongs to somebody else" in user.communicate(timeout=30)[1]
        assert deep.processes() == {}
    finally:
        deep.places.sockets.unlink()


@as_root
def test_root_changes_no_mode_above_the_project_and_adds_no_account():
    import shutil
    import tempfile

    home = Path(tempfile.mkdtemp(dir="/root"))
    before = modes(home), Path("/etc/passwd").read_bytes()
    servers = Servers(home / "var")
    try:
        assert servers.sql("SELECT current_setting('is_superuser')") == "('on',)"
        assert (modes(home), Path("/etc/passwd").read_bytes()) == before
        assert servers.processes() == {}
    finally:
        servers.clear()
        shutil.rmtree(home)


@as_root
def test_where_namespaces_are_closed_an_existing_account_runs_the_database(servers, tmp_path):
    closed = tmp_path / "bin"
    closed.mkdir()
    (closed / "unshare").write_text("#!/bin/sh\nexit 1\n")
    (closed / "unshare").chmod(0o755)
    path = f"{closed}:{os.environ['PATH']}"
    user = servers.stay(PATH=path)
    assert Path(f"/proc/{servers.pid_of('postgres')}").stat().st_uid != 0
    go(user)
    assert servers.processes() == {}
    assert servers.sql("SELECT 1") == "(1,)"  # what was begun under the account goes on under it


def test_one_address_is_spelt_for_each_client():
    assert celery_broker_url("unix:///x/redis.sock") == "redis+socket:///x/redis.sock?virtual_host=0"
    assert redis_cache_url("unix:///x/redis.sock") == "unix:///x/redis.sock?db=1"
    assert celery_broker_url("redis://:pw@host:6379/3") == "redis://:pw@host:6379/3"
    assert redis_cache_url("redis://:pw@host:6379/3") == "redis://:pw@host:6379/4"
    assert redis_cache_url("rediss://host:6379") == "rediss://host:6379/1"


def lines(path):
    return Path(path).read_text().splitlines()


def modes(folder):
    return {str(place): stat.S_IMODE(place.stat().st_mode) for place in [folder, *folder.parents]}
