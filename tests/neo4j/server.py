"""A real Neo4j community server on loopback, for tests.

    with running_neo4j() as server:
        connect(server.url) with server.user and server.password

Its jars are resolved by Maven (pom.xml) once and stay in Maven's local repository; what is made
of them (the compiled Neo4jServer.java, the list of jars) is kept in $XDG_CACHE_HOME/bomay-tests.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
USER = "neo4j"
OLDEST_JAVA = 17
MAVEN_SECONDS = 1800
START_SECONDS = 90
STOP_SECONDS = 30
# below the range from which systems take the ports of outgoing connections, so none can take ours
PORTS = range(20000, 32000)
TAIL_LINES = 30

# what Neo4j's own start script opens to its class path
OPENED = [
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "-Dfile.encoding=UTF-8",
]
# without the optimising compiler a start takes half the time of the processor
QUICK_JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
MEASURED_JVM = ("-XX:+UseG1GC",)

SETTINGS = {
    "dbms.security.auth_enabled": "true",
    "server.default_listen_address": "127.0.0.1",
    "server.bolt.enabled": "true",
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    # as in the neo4j.conf that Neo4j is distributed with; without it LOAD CSV reads every file
    "server.directories.import": "import",
    "server.memory.pagecache.size": "128m",
    "dbms.usage_report.enabled": "false",
    # by default each of the two databases takes 256 MB at once
    "db.tx_log.preallocate": "false",
    # by default a stop waits two times five seconds for connections that may still come
    "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
    "internal.server.bolt.connection_shutdown_wait_time": "0s",
}


class NotAvailable(Exception):
    """A server cannot be started here: no Java, no Maven, or no way to the jars."""


class NotStarted(Exception):
    """The server did not come up; the message ends with the tail of its log."""


class Neo4jServer:
    """A server over one home folder; stopped and started again it keeps its data and port."""

    def __init__(self, home: Path, *, settings: Mapping[str, str], options: Sequence[str]) -> None:
        self.user = USER
        self.password = secrets.token_hex(24)
        self.home = home
        self.port = _free_port()
        self.url = f"bolt://127.0.0.1:{self.port}"
        self._settings = dict(settings)
        self._options = list(options)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id of the running server. Raises RuntimeError where it is stopped."""
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    def start(self, settings: Mapping[str, str] | None = None) -> None:
        """Start it and wait until the driver is answered; `settings` replace those given before.

        Raises NotAvailable and NotStarted.
        """
        if self._process is not None:
            raise RuntimeError("the server is running already")
        if settings is not None:
            self._settings = dict(settings)
        class_path = self.home / "java.args"
        class_path.write_text(_class_path_option(_prepared()), encoding="utf-8")
        self._configure()
        with (self.home / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                [_java("java"), *OPENED, *self._options, f"@{class_path}", "Neo4jServer", str(self.home)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                # so that Ctrl-C ends the tests first, which then stop the server
                start_new_session=True,
            )
        try:
            self._send_password()
            self._wait_until_answered()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """End it in order: its data is flushed. Does nothing where it is stopped."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin
        process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self) -> None:
        """End it at once, as a power cut would (SIGKILL). Does nothing where it is stopped."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        assert process.stdin
        process.stdin.close()

    def restart(self, settings: Mapping[str, str] | None = None) -> None:
        """Stop it if it runs, and start it on the same data folder and port."""
        self.stop()
        self.start(settings)

    def freeze(self) -> None:
        """Let it answer nothing any more, its connections staying open (SIGSTOP)."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on after `freeze`."""
        os.kill(self.pid, signal.SIGCONT)

    def log_tail(self) -> str:
        """The last lines of what it printed, and of its log."""
        parts = []
        for path in (self.home / "console.log", self.home / "logs" / "debug.log"):
            lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else ["(no such file)"]
            parts.append("\n".join([f"--- {path.name}", *lines[-TAIL_LINES:]]))
        return "\n".join(parts)

    def _configure(self) -> None:
        folder = self.home / "conf"
        folder.mkdir(parents=True, exist_ok=True)
        settings = {
            **SETTINGS,
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.bolt.advertised_address": f"127.0.0.1:{self.port}",
            **self._settings,
        }
        lines = [f"{name}={value}\n" for name, value in settings.items()]
        (folder / "neo4j.conf").write_text("".join(lines), encoding="utf-8")

    def _send_password(self) -> None:
        assert self._process and self._process.stdin
        try:
            self._process.stdin.write(f"{self.password}\n".encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._not_started("it ended at once") from None

    def _wait_until_answered(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process
            if self._process.poll() is not None:
                raise self._not_started(f"it ended with code {self._process.returncode}")
            if time.monotonic() > deadline:
                raise self._not_started(f"no answer within {START_SECONDS} s")
            time.sleep(0.1)

    def _answers(self) -> bool:
        from neo4j import GraphDatabase
        from neo4j.exceptions import AuthError, DriverError, Neo4jError

        if not _is_open(self.port):
            return False
        with GraphDatabase.driver(self.url, auth=(self.user, self.password)) as driver:
            try:
                driver.execute_query("RETURN 1", database_="neo4j")
            except AuthError as error:
                raise self._not_started(f"it refuses its own password: {error}") from error
            except (DriverError, Neo4jError):
                return False
        return True

    def _not_started(self, reason: str) -> NotStarted:
        return NotStarted(f"Neo4j did not start: {reason}\n{self.log_tail()}")


@contextmanager
def running_neo4j(
    *, settings: Mapping[str, str] | None = None, heap: str = "768m", measured: bool = False
) -> Iterator[Neo4jServer]:
    """A new, empty server with a random password, stopped and its data removed at the end.

    `settings` are lines of neo4j.conf besides (or instead of) SETTINGS. `measured` gives it the
    JVM that a server runs on, for benchmarks; otherwise the JVM is set for a quick start. The
    server ends as well when this process ends in any other way. Raises NotAvailable and NotStarted.
    """
    options = [f"-Xmx{heap}", *(MEASURED_JVM if measured else QUICK_JVM)]
    home = Path(tempfile.mkdtemp(prefix="bomay-neo4j-"))
    try:
        server = Neo4jServer(home, settings=settings or {}, options=options)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@functools.lru_cache(maxsize=1)
def available() -> str | None:
    """None where a server can be started, or else the reason why not.

    The jars are fetched if they are not there yet, which takes minutes the first time.
    """
    try:
        _prepared()
    except NotAvailable as error:
        return str(error)
    return None


# ---------------------------------------------------------------- Java, the jars and the compiled class


def _prepared() -> Path:
    """The folder with the compiled class and the list of jars, made where it is not there yet."""
    from filelock import FileLock

    java = _java("java")
    _java("javac")
    _check_version(java)
    folder = _cache_folder()
    with FileLock(folder / "lock"):
        if not _is_complete(folder):
            _resolve(folder)
            _compile(folder)
    return folder


def _cache_folder() -> Path:
    """One folder for each version of our two source files."""
    sources = [HERE / "pom.xml", HERE / "Neo4jServer.java"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "bomay-tests" / f"neo4j-{version()}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def version() -> str:
    """The version of the server, from pom.xml."""
    found = re.search(
        r"<artifactId>neo4j</artifactId>\s*<version>(.+?)</version>", (HERE / "pom.xml").read_text("utf-8")
    )
    assert found
    return found[1]


def _java(program: str) -> str:
    home = os.environ.get("JAVA_HOME")
    found = shutil.which(program, path=str(Path(home) / "bin")) if home else shutil.which(program)
    if not found:
        where = f"in JAVA_HOME ({home})" if home else "on the PATH"
        raise NotAvailable(f"no {program} {where}; a JDK {OLDEST_JAVA} or 21 is needed")
    return found


def _check_version(java: str) -> None:
    answer = subprocess.run([java, "-version"], capture_output=True, text=True)
    found = re.search(r'version "(\d+)', answer.stderr + answer.stdout)
    if not found or int(found[1]) < OLDEST_JAVA:
        raise NotAvailable(f"{java} is version {found[1] if found else 'unknown'}; Neo4j needs {OLDEST_JAVA} or 21")


def _is_complete(folder: Path) -> bool:
    return (folder / "classes" / "Neo4jServer.class").is_file() and all(Path(jar).is_file() for jar in _jars(folder))


def _jars(folder: Path) -> list[str]:
    return (folder / "classpath.txt").read_text("utf-8").strip().split(os.pathsep)


def _resolve(folder: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise NotAvailable("the jars of Neo4j are not in the cache, and there is no mvn to fetch them")
    goal = ["dependency:build-classpath", f"-Dmdep.outputFile={folder / 'classpath.txt'}"]
    command = [maven, "--batch-mode", "--quiet", "--file", str(HERE / "pom.xml"), *goal]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=MAVEN_SECONDS)
    except subprocess.TimeoutExpired:
        raise NotAvailable(f"Maven did not fetch the jars of Neo4j within {MAVEN_SECONDS} s") from None
    if answer.returncode:
        errors = re.findall(r"\[ERROR\] (\S.*)", answer.stdout)
        raise NotAvailable(f"Maven could not fetch the jars of Neo4j: {errors[0] if errors else answer.stdout}")


def _compile(folder: Path) -> None:
    command = [_java("javac"), "-cp", os.pathsep.join(_jars(folder)), "-d", str(folder / "classes")]
    answer = subprocess.run([*command, str(HERE / "Neo4jServer.java")], capture_output=True, text=True)
    if answer.returncode:
        raise NotAvailable(f"Neo4jServer.java does not compile:\n{answer.stdout}{answer.stderr}")


def _class_path_option(folder: Path) -> str:
    """The class path as a line of a Java argument file: it is too long for some command lines."""
    path = os.pathsep.join([str(folder / "classes"), *_jars(folder)])
    return '-cp "' + path.replace("\\", "\\\\") + '"\n'


def _free_port() -> int:
    for _ in range(100):
        port = PORTS.start + secrets.randbelow(len(PORTS))
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise NotStarted("no free port on loopback")


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(available())
