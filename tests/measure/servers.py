"""Engines for a test run: PostgreSQL and Spark Connect servers of its own on loopback, each stopped by its pid, and a Spark session in this process."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

PASSWORD = "not-a-secret-and-never-printed"  # noqa: S105 - of a server that lives as long as the test run
_PATIENCE = 30.0
_RUNUSER = "/usr/sbin/runuser"  # not in everybody's PATH


class Server(NamedTuple):
    """Where a PostgreSQL server listens: as its owner, and as a role that may only read."""

    port: int

    def url(self, role: str, database: str = "nasty") -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"


def programs() -> Path:
    """The folder with initdb and postgres. Skips the test where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    named = shutil.which("initdb")
    if not found and named is None:
        pytest.skip("postgresql is not installed: apt-get install postgresql")
    return (found[-1] if found else Path(str(named))).parent


def _as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: Debian's own user stands in."""
    return [_RUNUSER, "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def postgres() -> Iterator[Server]:
    """A server with a database whose texts sort as people sort them (ICU), and a role `reader`."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'microseg[postgres]'")
    bin_ = programs()
    place = Path(tempfile.mkdtemp(prefix="microseg-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(place, "postgres", "postgres")
        secret = place / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        _run([str(bin_ / "initdb"), "-D", str(place / "data"), "-U", "owner", "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        server = Server(_start(bin_, place))
        try:
            with psycopg.connect(server.url("owner", "postgres"), password=PASSWORD, autocommit=True) as held:
                held.execute("CREATE DATABASE nasty TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
                held.execute(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
            yield server
        finally:
            _stop(place / "data" / "postmaster.pid")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _run(command: list[str]) -> None:
    told = subprocess.run(_as_owner(command), capture_output=True, text=True, check=False, timeout=_PATIENCE, cwd="/")
    assert told.returncode == 0, told.stderr


def _start(bin_: Path, place: Path) -> int:
    port = _free_port()
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "full_page_writes": "off", "max_stack_depth": "7MB"}
    options = " ".join(f"-c {name}={value or repr('')}" for name, value in settings.items())
    _run([str(bin_ / "pg_ctl"), "-D", str(place / "data"), "-l", str(place / "data" / "log"), "-w", "-t", "30", "-o", f"-p {port} {options}", "start"])
    return port


def _stop(pid_file: Path) -> None:
    """By the pid that the server wrote down, and by no other."""
    pid = int(pid_file.read_text().split()[0])
    os.kill(pid, signal.SIGINT)
    until = time.monotonic() + _PATIENCE
    while pid_file.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not pid_file.exists(), "PostgreSQL has not stopped"


def spark_session() -> Any:
    """A local session that all tests of a run share: it takes seconds to start."""
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("java is not installed, and Spark needs it: apt-get install openjdk-17-jre-headless")
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: pip install 'microseg[spark]'")
    builder = sql.SparkSession.builder.master("local[2]").appName("microseg tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.showConsoleProgress": "false",
        # a machine that lives in Los Angeles: the engine has to say UTC itself
        "spark.sql.session.timeZone": "America/Los_Angeles",
        "spark.driver.extraJavaOptions": "-Duser.timezone=America/Los_Angeles",
        "spark.sql.warehouse.dir": tempfile.mkdtemp(prefix="microseg-spark-"),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


@contextmanager
def spark_connect() -> Iterator[str]:
    """The address of a Spark Connect server in a process of its own, which lives in Los Angeles, too."""
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("java is not installed, and Spark needs it: apt-get install openjdk-17-jre-headless")
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'microseg[connect]'")
    os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")  # read once at its import; else it writes into whatever later tests start
    pytest.importorskip("grpc", reason="pyspark[connect] is not installed: pip install 'microseg[connect]'")
    home, place, port = Path(pyspark.__file__).parent, Path(tempfile.mkdtemp(prefix="microseg-connect-")), _free_port()
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": port,
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": 2,
        "spark.sql.session.timeZone": "America/Los_Angeles",
        "spark.driver.extraJavaOptions": "-Duser.timezone=America/Los_Angeles",
        "spark.sql.warehouse.dir": place / "warehouse",
    }
    command = [str(home / "bin" / "spark-submit"), "--master", "local[2]", "--driver-memory", "2g", "--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    command += [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    with (place / "log").open("w") as log, subprocess.Popen([*command, "spark-internal"], stdout=log, stderr=log, cwd=place, env={**os.environ, "SPARK_HOME": str(home)}) as process:
        try:
            _wait_for(port, process)
            yield f"sc://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(_PATIENCE)
    shutil.rmtree(place, ignore_errors=True)


@contextmanager
def passed_on(port: int) -> Iterator[tuple[int, Callable[[], None]]]:
    """A port of loopback that leads to another one, and what breaks all connections through it: a network that fails."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    here, there = door.accept()[0], socket.create_connection(("127.0.0.1", port))
                    held.extend((here, there))
                    for source, target in ((here, there), (there, here)):
                        threading.Thread(target=_pump, args=(source, target), daemon=True).start()

        def cut() -> None:
            for one in (door, *held):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()

        threading.Thread(target=serve, daemon=True).start()
        yield int(door.getsockname()[1]), cut
        cut()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 8 * _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as held:
            if held.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the Spark Connect server has not begun to listen")


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
