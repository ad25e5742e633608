"""What the benchmarks share: servers on a core of their own, load on another, checked bodies."""

import difflib
import http.client
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
START_SECONDS = 30
STOP_SECONDS = 15
OPEN_FILES = 12_000  # 10,000 idle connections, the load, and room
TICKS = os.sysconf("SC_CLK_TCK")
# Headers that every server makes for itself or that belong to the connection.
OWN_HEADERS = {"date", "content-length", "content-type", "connection", "server", "set-cookie"}
# Two pages of the same data must have at least this share of their lines in common.
LEAST_LIKENESS = 0.97


class Refused(Exception):
    """Something that makes the numbers worthless."""


@dataclass
class Page:
    """What a server is asked for, and what it answered before the measurements."""
    path: str
    cookie: str = ""
    body: bytes = b""
    headers: tuple = ()
    size: int = 0  # of the whole response on the wire


@dataclass
class Load:
    """One measurement."""
    rate: float        # requests a second
    cpu: float         # processor seconds of the server a request
    saturation: float  # share of its core that the server used


def kept_alive(program, *arguments, core):
    """A command whose process ends with this one, however this one ends."""
    return ["setpriv", "--pdeathsig", "KILL", "--", "taskset", "-c", str(core), str(program),
            *map(str, arguments)]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that listens on a port of this machine."""

    def __init__(self, name, port, command, log, environment=None):
        self.name, self.port, self.log = name, port, log
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment,
                start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Refused(f"{name} does not start:\n{self.told()}")
            time.sleep(0.02)

    def told(self):
        return self.log.read_text(errors="replace")[-2000:]

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self, field="VmRSS"):
        """In bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{field}:\s+(\d+) kB", status, re.M)[1]) * 1024

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def get(self, page):
        """Status, headers and body of the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", page.path, headers=cookie_header(page.cookie))
            response = connection.getresponse()
            return response.status, tuple(response.getheaders()), response.read()
        except OSError as reason:
            raise Refused(f"{self.name} does not answer: {reason}\n{self.told()}") from reason
        finally:
            connection.close()

    def wire_size(self, page):
        """Bytes of a whole response, as the load generator counts them."""
        lines = [f"GET {page.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in cookie_header(page.cookie).items()]
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            received = b""
            while b"\r\n\r\n" not in received:
                received += self.some(connection)
            head, _, body = received.partition(b"\r\n\r\n")
            length = int(re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)[1])
            while len(body) < length:
                body += self.some(connection)
            return len(head) + 4 + len(body)

    def some(self, connection):
        data = connection.recv(65536)
        if not data:
            raise Refused(f"{self.name} closes the connection")
        return data


def cookie_header(cookie):
    return {"Cookie": cookie} if cookie else {}


def shape(body):
    """A page as lines that do not depend on who made it, or on the moment."""
    text = body.decode()
    text = re.sub(r'(name="csrf" value=")[^"]*', r"\1", text)
    text = re.sub(r"(/assets/[a-z0-9-]+\.)[0-9a-f]+", r"\1", text)
    text = re.sub(r"https?://[a-z0-9.:]+/", "/", text)
    text = text.replace("&apos;", "&#39;")
    return [line.strip() for line in text.splitlines() if line.strip()]


class Bench:
    """The scratch folder, the servers and the rounds of one benchmark."""

    def __init__(self, root, options):
        self.root, self.options = root, options
        self.servers, self.databases = [], []
        allowed = sorted(os.sched_getaffinity(0))
        if len(allowed) < 2:
            raise Refused("server and load need a core each")
        self.server_core, self.load_core = allowed[0], allowed[-1]
        for program in ("nginx", "wrk", "taskset", "setpriv"):
            if not shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin"):
                raise Refused(f"{program} is not installed (scripts/install-dependencies --bench)")
        self.raise_limit()
        if os.getloadavg()[0] > 1:
            print("  the machine has other work to do: expect the rounds to differ", flush=True)

    def raise_limit(self):
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < OPEN_FILES:
            raise Refused(f"a process may have {hard} files open, {OPEN_FILES} are needed")
        wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else hard
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

    def __enter__(self):
        self.scratch = Path(tempfile.mkdtemp(prefix="toimela-bench-"))
        # SIGTERM ends the run like Ctrl-C: through the finally blocks.
        self.before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.stop()
        for database in self.databases:
            database.communicate("\n")
        shutil.rmtree(self.scratch, ignore_errors=True)
        signal.signal(signal.SIGTERM, self.before)

    # ---- servers

    def start(self, name, port, command, environment=None):
        server = Server(name, port, command, self.scratch / f"{name}.log", environment)
        self.servers.append(server)
        return server

    def toimela(self, name="toimela", database=None, demo=("demo",), settings=None):
        """The program as it is installed, on a fresh SQLite database (or an empty one that is
        given) with the demo content."""
        data = self.scratch / (name + "-data")
        data.mkdir()
        port = free_port()
        base_url = f"http://localhost:{port}"
        # The program takes every TOIMELA_… for a setting.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TOIMELA_")}
        environment |= {"TOIMELA_DATA": str(data), "TOIMELA_LISTEN": f"127.0.0.1:{port}",
                        "TOIMELA_BASE_URL": base_url, "TOIMELA_RATE_READ": "0",
                        "TOIMELA_RATE_WRITE": "0", "TOIMELA_RATE_CREDENTIALS": "0"}
        if database:
            environment["TOIMELA_DATABASE"] = database
        environment |= settings or {}
        for command in (("migrate",), demo):
            done = subprocess.run([self.options.program, *command], env=environment,
                                  capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise Refused(f"toimela {command[0]} failed:\n{done.stdout}{done.stderr}")
        self.accounts = json.loads((data / "demo-accounts.json").read_text())
        self.database = data / "toimela.db"
        server = self.start(name, port,
                            kept_alive(self.options.program, "serve", core=self.server_core),
                            environment)
        server.base_url, server.environment = base_url, environment
        return server

    def twin(self, server, name):
        """One more process on the same data."""
        port = free_port()
        environment = server.environment | {"TOIMELA_LISTEN": f"127.0.0.1:{port}"}
        twin = self.start(name, port, kept_alive(self.options.program, "serve", core=self.server_core),
                          environment)
        twin.base_url, twin.environment = server.base_url, environment
        return twin

    def postgresql(self):
        """A PostgreSQL server of this run's own, on the core of the servers; the address of an
        empty database."""
        script = ("set -euo pipefail; source scripts/lib/common.sh; source scripts/lib/postgresql.sh;"
                  " startPostgresql; echo \"$TOIMELA_TEST_POSTGRESQL\"; read -r _ || true;"
                  " stopPostgresql")
        process = subprocess.Popen(
            ["taskset", "-c", str(self.server_core), "bash", "-c", script], cwd=self.root,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.databases.append(process)
        url = process.stdout.readline().strip()
        if not url.startswith("postgresql://"):
            raise Refused("PostgreSQL does not start")
        return url

    def another(self, url):
        """One more empty database on the same server."""
        made = subprocess.run(["psql", "--quiet", url, "-c", "CREATE DATABASE toimela_another"],
                              capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise Refused(f"no second database: {made.stderr}")
        return url.rpartition("/")[0] + "/toimela_another"

    def settle(self, url):
        """What PostgreSQL does by itself within minutes of a great load: without it, every row of an
        index is looked up in its table."""
        done = subprocess.run(["psql", "--quiet", url, "-c", "VACUUM (ANALYZE)"],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(f"no vacuum: {done.stderr}")

    def wait_for_index(self, server):
        """Until the search index has what was loaded before the start: making it is work beside the
        requests, once."""
        before, same = -1, 0
        while same < 3:
            done = subprocess.run([self.options.program, "search", "status"], env=server.environment,
                                  capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise Refused(f"no status of the search:\n{done.stdout}{done.stderr}")
            documents = int(done.stdout.split()[0])
            same = same + 1 if documents == before and documents > 0 else 0
            before = documents
            time.sleep(2)

    def account(self, role):
        """The first demo account with that role."""
        account = next((a for a in self.accounts if a["role"] == role), None)
        if not account:
            raise Refused(f"the demo content has no account with the role {role}")
        return account

    def sign_in(self, server, account):
        """A session cookie."""
        _, headers, body = server.get(Page("/fi/sign-in"))
        token = re.search(rb'name="csrf" value="([^"]+)"', body)
        cookies = [v.partition(";")[0] for k, v in headers if k.lower() == "set-cookie"]
        if not token:
            raise Refused("the page for signing in has no form token")
        form = urllib.parse.urlencode({"csrf": token[1].decode(), "email": account["email"],
                                       "password": account["password"]})
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("POST", "/fi/sign-in", form, {
            "Content-Type": "application/x-www-form-urlencoded", "Origin": server.base_url,
            "Cookie": "; ".join(cookies)})
        response = connection.getresponse()
        response.read()
        connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie" and value.startswith("toimela="):
                return value.partition(";")[0]
        raise Refused(f"signing in was answered with {response.status}")

    def nginx(self, pages):
        """Serves the very bytes of the pages, with their headers, as static files."""
        port = free_port()
        folder = self.scratch / "nginx"
        folder.mkdir()
        locations = ""
        for number, page in enumerate(pages):
            file = folder / f"{number}.html"
            file.write_bytes(page.body)
            headers = "".join(f'      add_header {name} "{nginx_quoted(value)}";\n'
                              for name, value in page.headers if name.lower() not in OWN_HEADERS)
            locations += f"    location = {page.path} {{\n      alias {file};\n{headers}    }}\n"
        settings = (HERE / "nginx.conf").read_text()
        for name, value in {"PORT": port, "FOLDER": folder, "CONNECTIONS": OPEN_FILES,
                            "LOCATIONS": locations}.items():
            settings = settings.replace(f"@{name}@", str(value))
        (folder / "nginx.conf").write_text(settings)
        program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
        return self.start("nginx", port, kept_alive(program, "-p", folder, "-c", "nginx.conf",
                                                    core=self.server_core))

    def control(self):
        """The page of a network as it would be written without care, on a copy of the data."""
        copy = self.scratch / "control.db"
        with sqlite3.connect(self.database) as source, sqlite3.connect(copy) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = WAL")
        port = free_port()
        return self.start("control", port, kept_alive(self.options.control, copy, self.root, port,
                                                      core=self.server_core))

    # ---- bodies

    def expect(self, server, page):
        """Remembers what the page looks like."""
        status, headers, body = server.get(page)
        if status != 200:
            raise Refused(f"{server.name} answers {page.path} with {status}")
        page.body, page.headers = body, headers
        return page

    def check(self, server, page, exactly=False):
        """The server must have the page still, or one that is as good as the same."""
        status, _, body = server.get(page)
        if status != 200:
            raise Refused(f"{server.name} answers {page.path} with {status}")
        wanted, got = shape(page.body), shape(body)
        likeness = difflib.SequenceMatcher(None, wanted, got, autojunk=False).ratio()
        if likeness < (1 if exactly else LEAST_LIKENESS):
            lines = [line for line in difflib.unified_diff(wanted, got, lineterm="", n=0)]
            raise Refused(f"{server.name} has another {page.path} (likeness {likeness:.3f}):\n" +
                          "\n".join(lines[:30]))

    # ---- load

    def load(self, server, page, connections, seconds=None):
        """Requests the page over that many connections; every answer must be a whole 200."""
        seconds = seconds or self.options.seconds
        size = server.wire_size(page)
        cookie = ["-H", f"Cookie: {page.cookie}"] if page.cookie else []
        began = server.cpu_seconds()
        done = subprocess.run(
            kept_alive("wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
                       "-s", HERE / "report.lua", *cookie,
                       f"http://127.0.0.1:{server.port}{page.path}", core=self.load_core),
            capture_output=True, text=True, check=False)
        used = server.cpu_seconds() - began
        found = re.search(r"^RESULT (.*)$", done.stdout, re.M)
        if not found:
            raise Refused(f"the load generator failed:\n{done.stdout}{done.stderr}")
        result = json.loads(found[1])
        errors = {name: count for name, count in result["errors"].items() if count}
        if errors or result["requests"] == 0:
            raise Refused(f"{server.name}, {page.path}, {connections} connections: {errors}")
        # Whole responses only, but for those under way at the end.
        low = result["requests"] * size * 0.998
        high = (result["requests"] + connections) * size * 1.002
        if not low <= result["bytes"] <= high:
            raise Refused(f"{server.name}, {page.path}: {result['bytes']} bytes in "
                          f"{result['requests']} responses of {size}")
        elapsed = result["microseconds"] / 1e6
        return Load(result["requests"] / elapsed, used / result["requests"], used / elapsed)

    def rounds(self, contenders):
        """contenders: name -> a function that measures. Interleaved; every other round backwards,
        so that none profits from its place."""
        results = {name: [] for name in contenders}
        for measure in contenders.values():
            measure(1)  # warms up
        for number in range(self.options.rounds):
            names = list(contenders) if number % 2 == 0 else list(reversed(contenders))
            for name in names:
                results[name].append(contenders[name](None))
            print(f"    round {number + 1}: " + ", ".join(
                f"{name} {results[name][-1].rate:,.0f}/s at {results[name][-1].saturation:.0%}"
                for name in contenders), flush=True)
        return results


def nginx_quoted(value):
    return value.replace("\\", "\\\\").replace('"', '\\"')


def median(values):
    return statistics.median(values)
