"""Servers for one run: quick, forgetful, and gone with the process that started them."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest
import redis

from launcher import postgres as module
from launcher.embedded import Embedded, Ownership, read_record
from launcher.folders import Var
from launcher.keys import make_keys
from launcher.processes import LauncherError, is_alive, wait_for
from launcher.servers import FOLDER, find_site, start_throwaway, sweep

ROOT = Path(__file__).parents[2]
START = """
import os, sys
sys.path.insert(0, sys.argv[1])
from launcher.servers import start_throwaway
servers = start_throwaway()
print(servers.postgres.child.pid, servers.valkey.child.pid, servers.folder, flush=True)
sys.stdin.read()
"""


@pytest.mark.fault
def test_servers_answer_and_leave_nothing() -> None:
    servers = start_throwaway()
    try:
        with psycopg2.connect(servers.database_url) as link, link.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
            cursor.execute("SELECT upper('é'), current_setting('fsync'), show_trgm('会议') <> '{}'")
            assert cursor.fetchone() == ("É", "off", True)
        link.close()
        with redis.from_url(servers.redis_url) as client:
            assert client.ping()
    finally:
        servers.stop()
    assert not servers.folder.exists()


@pytest.mark.fault
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells the kernel")
def test_killed_owner_leaves_no_server_and_the_next_start_clears_its_folder() -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", START, str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert owner.stdout is not None and owner.stdin is not None
    postgres, valkey, folder = owner.stdout.readline().split()
    assert is_alive(int(postgres)) and is_alive(int(valkey))
    owner.kill()
    owner.wait()
    owner.stdout.close()
    owner.stdin.close()
    assert wait_for(lambda: not is_alive(int(postgres)) and not is_alive(int(valkey)), 30)
    assert Path(folder).exists()
    sweep()
    assert not Path(folder).exists()


def test_sweep_spares_the_folder_of_a_living_process() -> None:
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
    sweep()
    assert folder.exists()
    folder.rmdir()


@pytest.fixture
def var(tmp_path: Path) -> Var:
    made = Var(tmp_path / "my var")
    make_keys(made)
    return made


@pytest.mark.fault
def test_data_stay_from_one_start_to_the_next(var: Var) -> None:
    for expected in (0, 1):
        servers = Embedded(var)
        servers.start()
        found = read_record(var)
        assert found == servers.addresses()
        with psycopg2.connect(found["DATABASE_URL"]) as link, link.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS kept (row int)")
            cursor.execute("SELECT count(*) FROM kept")
            assert cursor.fetchone() == (expected,)
            cursor.execute("INSERT INTO kept VALUES (1)")
        link.close()
        servers.stop()
        assert read_record(var) is None


@pytest.mark.fault
def test_wrong_password_is_refused(var: Var) -> None:
    servers = Embedded(var)
    servers.start()
    try:
        right = servers.addresses()["DATABASE_URL"]
        wrong = right.replace(":" + servers.postgres.password, ":guessed")  # type: ignore[union-attr]
        assert wrong != right
        psycopg2.connect(right).close()
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            psycopg2.connect(wrong)
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=servers.valkey.port).ping()  # type: ignore[union-attr]
    finally:
        servers.stop()


@pytest.mark.fault
def test_orphaned_postgres_is_stopped_and_its_data_read(var: Var) -> None:
    orphan = Embedded(var)
    orphan.start()
    old = orphan.postgres.child.pid  # type: ignore[union-attr]
    for file in var.run.glob("*.pid"):
        file.unlink()  # only postmaster.pid tells of it
    servers = Embedded(var)
    servers.start()
    try:
        assert not is_alive(old)
        psycopg2.connect(servers.addresses()["DATABASE_URL"]).close()
    finally:
        servers.stop()
        orphan.stop()


def test_pid_file_that_names_another_process_is_removed(var: Var) -> None:
    server = module.Postgres(find_site(), var.path / "postgres", var.log("postgres"), "secret")
    pid_file = server.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{server.data}\n")
    assert not server.end_leftover()
    assert not pid_file.exists()


def test_second_owner_is_refused_and_reads_who_the_first_one_is(var: Var) -> None:
    first, second = Ownership(var), Ownership(var)
    assert first.take("make run")
    assert not second.take("make run")
    assert second.owner() == f"make run (process {os.getpid()})"
    first.release()
    assert second.take("make run")
    second.release()


@pytest.mark.fault
def test_half_made_cluster_is_made_anew(var: Var) -> None:
    server = module.Postgres(find_site(), var.path / "postgres", var.log("postgres"), "secret")
    half = var.path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")  # what initdb writes early
    assert server.make()
    assert (server.data / "global" / "pg_control").exists()
    assert not half.exists()
    assert not server.make()


def test_folder_with_other_things_is_not_taken_for_a_new_one(var: Var) -> None:
    server = module.Postgres(find_site(), var.path / "postgres", var.log("postgres"), "secret")
    (server.data / "letter.txt").write_text("mine")
    with pytest.raises(LauncherError, match="is not empty"):
        server.make()
    assert (server.data / "letter.txt").read_text() == "mine"
