"""Three database machines on one: each a network namespace with an address of its own, so that a cable can be cut."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests.postgres import find_programs

EXAMPLE = Path(__file__).parents[2] / "docs" / "cluster"
PASSWORD = "market-day-24"
BRIDGE, PREFIX = "ganchang0", "gan"
NUMBERS = (1, 2, 3)


class Process:
    """A program that is started, killed, frozen and started again; its output goes to a file."""

    def __init__(self, command: list[str], log: Path, user: str = "postgres", namespace: str = "") -> None:
        within = ["ip", "netns", "exec", namespace] if namespace else []
        as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--pdeathsig", "KILL"]
        self._command, self._log = [*within, *as_user, *command], log
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        if self._process is None or self._process.poll() is not None:
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(self._command, stdout=log, stderr=log, cwd="/", start_new_session=True)

    def signal(self, number: int) -> None:
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, number)

    def kill(self) -> None:
        if self._process:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGKILL)
            self._process.wait()


class Machine:
    """One database machine: etcd and Patroni, which starts PostgreSQL, behind one cable."""

    def __init__(self, number: int, folder: Path) -> None:
        self.name, self.address, self.namespace = f"node{number}", f"10.124.0.{number}", f"{PREFIX}{number}"
        self.folder = folder / self.name
        self.folder.mkdir()
        shutil.chown(self.folder, "postgres")
        self._plug_in()
        self._write("etcd.yml", {"/var/lib/etcd/ganchang": f"{self.folder}/etcd"})
        self._write("patroni.yml", {
            "/var/lib/postgresql/archive": f"{folder}/archive", "/var/lib/postgresql": str(self.folder),
            "/usr/lib/postgresql/15/bin": str(find_programs()), "local all all peer": "local all all trust",
        })  # fmt: skip
        logs = {name: self.folder / f"{name}.log" for name in ("etcd", "patroni")}
        etcd, patroni = ["etcd", "--config-file", f"{self.folder}/etcd.yml"], ["patroni", f"{self.folder}/patroni.yml"]
        self.etcd = Process(etcd, logs["etcd"], namespace=self.namespace)
        self.patroni = Process(patroni, logs["patroni"], namespace=self.namespace)

    @property
    def wire(self) -> str:
        """The end of its cable that is plugged into the bridge."""
        return f"{PREFIX}w{self.name[-1]}"

    def start(self) -> None:
        """Start what a machine starts when it is switched on."""
        self.etcd.start()
        self.patroni.start()

    def cut_off(self) -> None:
        """Pull its cable."""
        _ip("link", "set", self.wire, "down")

    def put_back(self) -> None:
        """Plug its cable in again."""
        _ip("link", "set", self.wire, "up")

    def postgres(self) -> list[int]:
        """Return the numbers of PostgreSQL's processes, the one that started the others first."""
        return [pid for pid in self.processes() if "postgres" in _name_of(pid)]

    def processes(self) -> list[int]:
        """Return the numbers of all that runs on the machine."""
        found = subprocess.run(["ip", "netns", "pids", self.namespace], capture_output=True, text=True, check=False)
        return sorted(int(pid) for pid in found.stdout.split())

    def signal(self, pids: list[int], number: int) -> None:
        """Send a signal to processes; those that are gone meanwhile do not matter."""
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def power_off(self) -> None:
        """Cut its power."""
        self.signal(self.processes(), signal.SIGKILL)
        self.etcd.kill()
        self.patroni.kill()

    def unplug(self) -> None:
        """Take the machine away."""
        self.power_off()
        _ip("netns", "delete", self.namespace, check=False)
        _ip("link", "delete", self.wire, check=False)

    def _plug_in(self) -> None:
        inside = f"{PREFIX}i{self.name[-1]}"
        within = ("netns", "exec", self.namespace, "ip")
        _ip("netns", "add", self.namespace)
        _ip("link", "add", self.wire, "type", "veth", "peer", "name", inside)
        _ip("link", "set", inside, "netns", self.namespace)
        _ip("link", "set", self.wire, "master", BRIDGE, "up")
        _ip(*within, "addr", "add", f"{self.address}/24", "dev", inside)
        _ip(*within, "link", "set", inside, "up")
        _ip(*within, "link", "set", "lo", "up")

    def _write(self, name: str, paths: dict[str, str]) -> None:
        text = (EXAMPLE / name).read_text(encoding="utf-8")
        here = {"name: NAME": f"name: {self.name}", "ADDRESS": self.address, "PASSWORD": PASSWORD}
        for old, new in (here | paths).items():
            text = text.replace(old, new)
        (self.folder / name).write_text(text, encoding="utf-8")
        shutil.chown(self.folder / name, "postgres")


class Cluster:
    """The three machines, the bridge between them, and PgBouncer and HAProxy on this one."""

    def __init__(self, folder: Path, applications: list[int]) -> None:
        """``applications`` are the ports of the two application processes."""
        self.folder = folder
        folder.mkdir(mode=0o755)
        clean_up()
        _ip("link", "add", BRIDGE, "type", "bridge")
        _ip("addr", "add", "10.124.0.254/24", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        (folder / "archive").mkdir()
        shutil.chown(folder / "archive", "postgres")
        self.machines = [Machine(number, folder) for number in NUMBERS]
        (folder / "userlist.txt").write_text(f'"ganchang" "{PASSWORD}"\n')
        text = (EXAMPLE / "pgbouncer.ini").read_text(encoding="utf-8")
        text = text.replace("/etc/pgbouncer", str(folder)).replace("/var/log/postgresql", str(folder))
        (folder / "pgbouncer.ini").write_text(text, encoding="utf-8")
        shutil.chown(folder, "postgres")
        self.pgbouncer = Process(["pgbouncer", str(folder / "pgbouncer.ini")], folder / "pgbouncer.out")
        text = (EXAMPLE / "haproxy.cfg").read_text(encoding="utf-8")
        for example, port in zip((8101, 8102), applications, strict=True):
            text = text.replace(f"127.0.0.1:{example}", f"127.0.0.1:{port}")
        (folder / "haproxy.cfg").write_text(text, encoding="utf-8")
        self.haproxy = Process(["haproxy", "-db", "-f", str(folder / "haproxy.cfg")], folder / "haproxy.log")

    def start(self) -> None:
        """Switch everything on, wait for a primary with a second machine beside it, and make the database."""
        for machine in self.machines:
            machine.start()
        self.haproxy.start()
        self._until_written("SELECT 1", 180)
        self.execute(f"CREATE ROLE ganchang LOGIN PASSWORD '{PASSWORD}'")
        self.execute("CREATE DATABASE ganchang OWNER ganchang")
        self.pgbouncer.start()

    @property
    def url(self) -> str:
        """Where the application finds the database."""
        return f"postgresql://ganchang:{PASSWORD}@127.0.0.1:6432/ganchang?pooler=transaction"

    def execute(self, statement: str, database: str = "postgres", port: int = 5000) -> list[tuple]:
        """Run a statement on the primary as a superuser."""
        import psycopg

        url = f"postgresql://postgres:{PASSWORD}@127.0.0.1:{port}/{database}?connect_timeout=3"
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def primary(self, patience: float = 90) -> Machine:
        """Return the machine that HAProxy reaches as the primary, waiting for one."""
        ((address,),) = self._until_written("SELECT host(inet_server_addr())", patience)
        return next(machine for machine in self.machines if machine.address == address)

    def second(self, patience: float = 90) -> Machine:
        """Return the machine on which each commit of the primary stands as well."""
        sql = "SELECT application_name FROM pg_stat_replication WHERE sync_state = 'sync'"
        ((name,),) = self._until_written(sql, patience)
        return next(machine for machine in self.machines if machine.name == name)

    def wait_until_whole(self, patience: float = 180) -> None:
        """Wait until both other machines follow the primary."""
        sql = "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming' HAVING COUNT(*) = 2"
        self._until_written(sql, patience)

    def stop(self) -> None:
        """Switch everything off and take it away."""
        for process in (self.pgbouncer, self.haproxy):
            process.kill()
        for machine in self.machines:
            machine.unplug()
        clean_up()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _until_written(self, sql: str, patience: float) -> list[tuple]:
        """Return the rows of a statement once the primary has any."""
        import psycopg

        until = time.monotonic() + patience
        while True:
            with contextlib.suppress(psycopg.Error):
                if rows := self.execute(sql):
                    return rows
            if time.monotonic() > until:
                raise TimeoutError(f"no answer to: {sql}")
            time.sleep(0.3)


def clean_up() -> None:
    """Take away what an earlier run that was killed left."""
    for number in NUMBERS:
        _ip("netns", "delete", f"{PREFIX}{number}", check=False)
        _ip("link", "delete", f"{PREFIX}w{number}", check=False)
    _ip("link", "delete", BRIDGE, check=False)


def _ip(*words: str, check: bool = True) -> None:
    subprocess.run(["ip", *words], check=check, capture_output=not check)


def _name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""
