"""What happens to the cluster: each fault is done, lasts some seconds, and is undone as somebody on call would."""

import signal
from collections.abc import Callable
from typing import NamedTuple

from tests.browser.server import Server
from tests.cluster.machines import Cluster, Machine


class Fault(NamedTuple):
    """What is done, in words for the report; ``undo`` is None where the cluster helps itself."""

    name: str
    do: Callable[[], None]
    undo: Callable[[], None] | None
    seconds: float  # between the two


def faults(cluster: Cluster, servers: list[Server]) -> list[Fault]:
    """Return the round of faults. Who is the primary is asked when the turn has come."""
    return [
        _on(cluster.primary, "PostgreSQL of the primary is killed", _kill_postgres),
        _on(cluster.primary, "the primary's cable is pulled", Machine.cut_off, Machine.put_back, 40),
        _on(cluster.primary, "the primary loses its power", Machine.power_off, Machine.start, 30),
        _on(cluster.primary, "PostgreSQL of the primary is frozen", _freeze_postgres, _thaw_postgres, 40),
        _on(cluster.primary, "Patroni of the primary is killed", _kill_patroni, _start_patroni, 30),
        _on(cluster.second, "PostgreSQL of the second is killed", _kill_postgres),
        _on(cluster.second, "the second's cable is pulled", Machine.cut_off, Machine.put_back, 30),
        _on(cluster.second, "the second loses its power", Machine.power_off, Machine.start, 20),
        _on(cluster.primary, "etcd beside the primary is killed", _kill_etcd, _start_etcd, 10),
        _on(cluster.second, "etcd beside the second is frozen", _freeze_etcd, _thaw_etcd, 10),
        Fault("PgBouncer is killed", cluster.pgbouncer.kill, cluster.pgbouncer.start, 3),
        Fault("HAProxy is killed", cluster.haproxy.kill, cluster.haproxy.start, 3),
        Fault("an application process is killed", servers[0].kill, servers[0].start, 3),
        Fault("both application processes are killed", _each(servers, Server.kill), _each(servers, Server.start), 3),
        _on(cluster.primary, "the primary's cable is pulled for a moment", Machine.cut_off, Machine.put_back, 3),
    ]


def _on(
    whose: Callable[[], Machine],
    name: str,
    do: Callable[[Machine], None],
    undo: Callable[[Machine], None] | None = None,
    seconds: float = 0,
) -> Fault:
    """Return a fault of the machine that has a role when the fault is done."""
    hit: list[Machine] = []

    def done() -> None:
        hit.append(whose())
        do(hit[-1])

    return Fault(name, done, undo and (lambda: undo(hit[-1])), seconds)


def _kill_postgres(machine: Machine) -> None:
    machine.signal(machine.postgres()[:1], signal.SIGKILL)


def _freeze_postgres(machine: Machine) -> None:
    machine.signal(machine.postgres(), signal.SIGSTOP)


def _thaw_postgres(machine: Machine) -> None:
    machine.signal(machine.postgres(), signal.SIGCONT)


def _kill_patroni(machine: Machine) -> None:
    machine.patroni.kill()


def _start_patroni(machine: Machine) -> None:
    machine.patroni.start()


def _kill_etcd(machine: Machine) -> None:
    machine.etcd.kill()


def _start_etcd(machine: Machine) -> None:
    machine.etcd.start()


def _freeze_etcd(machine: Machine) -> None:
    machine.etcd.signal(signal.SIGSTOP)


def _thaw_etcd(machine: Machine) -> None:
    machine.etcd.signal(signal.SIGCONT)


def _each(servers: list[Server], do: Callable[[Server], None]) -> Callable[[], None]:
    def done() -> None:
        for server in servers:
            do(server)

    return done
