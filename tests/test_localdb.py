"""The embedded PostgreSQL: one server for many processes, no port, stopped after the last, in any folder."""

import os
import stat

import pytest
from copies import Copy, is_alive, within

USE = """
from lares import localdb
import sys, time
folder = localdb.use()
print(folder, flush=True)
time.sleep({seconds})
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """One cluster for the module."""
    copy = Copy(tmp_path_factory.mktemp("localdb") / "ruta a Ñaupa")
    yield copy
    copy.remove()


def test_processes_that_start_at_once_share_one_server(project):
    users = [project.start("-c", USE.format(seconds=1)) for _ in range(6)]
    said = [user.communicate(timeout=60)[0] for user in users]

    assert len(set(said)) == 1, said
    assert all(user.returncode == 0 for user in users)
    assert within(20, lambda: project.server() is None)


def test_server_listens_in_a_short_private_folder_and_on_no_port(project):
    user = project.start("-c", USE.format(seconds=2))
    folder = user.stdout.readline().strip()
    ports = project.run("-c", ASK.format(folder=folder, question="SHOW listen_addresses"))[1]
    mode = stat.S_IMODE(os.stat(folder).st_mode)
    user.communicate(timeout=20)

    assert mode == 0o700
    assert len(os.fsencode(folder)) < 90
    assert ports.strip() == "['']"
    assert within(20, lambda: not os.path.exists(folder))


ASK = """
import psycopg2
connection = psycopg2.connect(host={folder!r}, dbname="lares", user="lares")
with connection.cursor() as cursor:
    cursor.execute({question!r})
    print(list(cursor.fetchone()))
connection.close()
"""


def test_server_never_runs_as_root(project):
    user = project.start("-c", USE.format(seconds=2))
    user.stdout.readline()
    owner = os.stat(project.home() / "data" / "postmaster.pid").st_uid
    user.communicate(timeout=20)

    assert owner != 0


def test_server_whose_guard_was_killed_still_stops(project):
    user = project.start("-c", LOSE_GUARD)
    said, _ = user.communicate(timeout=60)

    folder, stopped = said.splitlines()
    assert stopped == "True"
    assert project.server() is None
    assert within(20, lambda: not os.path.exists(folder))


LOSE_GUARD = """
from lares import localdb
print(localdb.use())
localdb._guards[0].kill()
localdb._guards[0].wait()
print(localdb.leave())
"""


def test_stale_process_number_does_not_keep_the_server_down(project):
    project.run("-c", USE.format(seconds=0))
    assert within(20, lambda: project.server() is None)
    written = project.home() / "data" / "postmaster.pid"
    written.write_text(f"{os.getpid()}\n/elsewhere\n0\n5432\n/nowhere\n\n  1 1\nready\n")

    code, said = project.run("-c", USE.format(seconds=0))

    assert code == 0, said
    assert within(20, lambda: not is_alive(project.server() or 2**22))


def test_half_made_cluster_is_made_again(tmp_path):
    copy = Copy(tmp_path / "half")
    copy.run("-c", "from lares.localdb import places; places.home()")
    (copy.home() / "data.new").mkdir()
    (copy.home() / "data.new" / "PG_VERSION").write_text("18\n")

    code, said = copy.run("-c", USE.format(seconds=0))
    within(20, lambda: copy.server() is None)
    copy.remove()

    assert code == 0, said


def test_cluster_of_another_major_version_is_one_sentence(project):
    project.run("-c", USE.format(seconds=0))
    assert within(20, lambda: project.server() is None)
    version = project.home() / "data" / "PG_VERSION"
    kept = version.read_text()
    version.write_text("9\n")

    code, said = project.manage("migrate")
    version.write_text(kept)

    assert code == 1
    assert "was made by PostgreSQL 9" in said.splitlines()[-1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user without a name")
def test_user_without_a_name_is_told_so(project):
    said = project.run(
        "-c", "import os; from lares import localdb; os.setuid(54321)\n" + USE.format(seconds=0)
    )[1]

    assert "user id 54321 has no entry" in said.splitlines()[-1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps its cluster outside")
def test_root_trusts_no_folder_that_others_can_write(project):
    project.run("-c", USE.format(seconds=0))
    assert within(20, lambda: project.server() is None)
    before = project.home()
    before.chmod(0o777)

    after = project.run("-c", "from lares.localdb import places; print(places.home())")[1].strip()
    (project.folder / ".lares" / "root-database").write_text(f"{before}\n")
    before.chmod(0o711)
    os.rmdir(after)

    assert after != str(before)


def test_words_fold_beyond_ascii(db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ÑÁ'), 'ñá' ILIKE 'ÑÁ'")
        assert cursor.fetchone() == ("ñá", True)


def test_isolation_level_is_read_committed(db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)
