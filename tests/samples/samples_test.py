"""The samples of docs/samples at work: nginx and HAProxy in front of the built program, on loopback.

usage: samples_test.py [--program FILE] [--plugins FOLDER] [--huge] [unittest's options]

The files are taken as they are; only addresses, the certificate and paths are replaced, and each of
these must be there to be replaced. --huge sends two gigabytes instead of a hundred megabytes.
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "docs" / "samples"
NAME = "toimela.example"
MEGABYTE = 1024 * 1024
PATIENCE = 30  # seconds; only a failing test uses them up
OPTIONS = argparse.Namespace()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def eventually(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come")
        time.sleep(0.02)


def sample(name, replacements):
    text = (SAMPLES / name).read_text()
    for old, new in replacements.items():
        assert old in text, f"{name} has no {old!r} any more"
        text = text.replace(old, new)
    return text


class Child:
    """A program that ends with the test."""

    def __init__(self, command, log, env=None):
        self.log = log
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                [str(part) for part in command], stdout=out, stderr=out, env=env, stdin=subprocess.DEVNULL)

    def stop(self, sign=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(sign)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Service:
    """The program with the fixtures' plugins, with the settings of a sample."""

    def __init__(self, folder, settings, replacements):
        self.folder = folder
        folder.mkdir(parents=True)
        config = folder / "toimela.conf"
        config.write_text(sample(settings, replacements))
        env = {name: value for name, value in os.environ.items() if not name.startswith("TOIMELA_")}
        self.env = env | {"TOIMELA_DATA": str(folder), "TOIMELA_PLUGINS": str(OPTIONS.plugins),
                          "TOIMELA_CONFIG": str(config), "TOIMELA_RATE_READ": "0", "TOIMELA_RATE_WRITE": "0"}
        self.child = Child([OPTIONS.program, "serve"], folder / "log", self.env)

    def stop(self):
        self.child.stop()


def certificate(folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"], check=True, capture_output=True)
    (folder / "both.pem").write_text((folder / "fullchain.pem").read_text() + (folder / "privkey.pem").read_text())


class Client:
    """Speaks to the proxy as a browser of the service's name does."""

    def __init__(self, folder, plain, tls):
        self.plain, self.tls = plain, tls
        self.context = ssl.create_default_context(cafile=folder / "fullchain.pem")
        self.cookies = {}

    def connect(self, timeout=PATIENCE):
        raw = socket.create_connection(("127.0.0.1", self.tls), timeout)
        connection = http.client.HTTPSConnection(NAME, timeout=timeout)
        connection.sock = self.context.wrap_socket(raw, server_hostname=NAME)
        return connection

    def ask(self, path, method="GET", body=None, headers=None):
        connection = self.connect()
        sent = {"Cookie": self.cookie_line()} | (headers or {})
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        text = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer, text.decode(errors="replace")

    def cookie_line(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def token(self):
        """What a form of this visitor has in it."""
        return re.search(r'name="csrf" value="([^"]+)"', self.ask("/fi/sign-in")[1])[1]

    def ask_plainly(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=PATIENCE)
        connection.request("GET", path, headers={"Host": NAME})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def is_ready(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.ask("/readyz")[0].status == 200
        return False


class Behind:
    """What has to hold behind each proxy."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="toimela-samples-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        certificate(cls.folder)
        cls.ports = free_port(), free_port()
        cls.client = Client(cls.folder, *cls.ports)
        cls.start()
        try:
            eventually(cls.client.is_ready, f"{cls.__name__}: the service behind the proxy")
        except AssertionError:
            sys.stderr.write((cls.folder / "proxy.log").read_text()[-4000:])
            raise

    @classmethod
    def serve_on_socket(cls):
        # A path of a socket has room for 107 letters; a temporary folder may be longer than /run.
        cls.socket = cls.folder / "s"
        service = Service(cls.folder / "data", "toimela.conf", {
            "unix:/run/toimela/toimela.sock": f"unix:{cls.socket}",
            "postgresql://toimela@/toimela": f"sqlite:{cls.folder}/data/toimela.db"})
        cls.addClassCleanup(service.stop)

    def test_http_is_sent_on_to_https(self):
        answer = self.client.ask_plainly("/fi/fronted/who?a=b")
        self.assertEqual(answer.status, 301)
        self.assertEqual(answer.headers["Location"], f"https://{NAME}/fi/fronted/who?a=b")

    def test_the_address_is_the_clients_and_can_not_be_chosen_by_it(self):
        self.assertEqual(self.client.ask("/fi/fronted/who")[1], "127.0.0.1")
        for forged in ("192.0.2.7", "192.0.2.7, 127.0.0.1"):
            answer, text = self.client.ask("/fi/fronted/who", headers={"X-Forwarded-For": forged})
            self.assertEqual((answer.status, text), (200, "127.0.0.1"), forged)

    def test_cookies_and_headers_are_those_of_https_once_each(self):
        answer, _ = Client(self.folder, *self.ports).ask("/fi/sign-in")
        self.assertEqual(answer.status, 200)
        for header in ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options"):
            self.assertEqual(len(answer.headers.get_all(header) or []), 1, header)
        cookies = answer.headers.get_all("Set-Cookie") or []
        self.assertTrue(cookies)
        for cookie in cookies:
            self.assertTrue(cookie.startswith("__Host-") and "; Secure" in cookie, cookie)

    def test_an_event_arrives_while_the_stream_stays_open(self):
        client = self.client
        token = client.token()
        stream = client.connect()
        stream.request("GET", "/fi/eventful/stream")
        answer = stream.getresponse()
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "text/event-stream")
        self.assertEqual(answer.readline(), b": open\n")
        sent, _ = client.ask("/fi/eventful/announce", "POST", f"csrf={token}&text=behind+a+proxy",
                             {"Origin": f"https://{NAME}", "Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(sent.status, 200)
        line = b""
        while not line.startswith(b"data:"):
            line = answer.readline()
            self.assertNotEqual(line, b"", "the stream ended")
        self.assertEqual(line, b"data: behind a proxy\n")
        stream.close()

    def test_a_large_file_arrives_and_is_kept_nowhere_on_the_way(self):
        megabytes = 2048 if OPTIONS.huge else 100
        piece = os.urandom(MEGABYTE)
        seen = []
        ended = threading.Event()

        def watch():
            while not ended.wait(0.02):
                seen.append(self.kept_by_proxy())

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            connection = self.client.connect(10 * PATIENCE)
            self.begin_sending(connection, megabytes * MEGABYTE)
            for _ in range(megabytes):
                connection.send(piece)
            answer = connection.getresponse()
            self.assertEqual((answer.status, answer.read().decode()), (200, str(megabytes * MEGABYTE)))
            connection.close()
        finally:
            ended.set()
            watcher.join()
        self.assertLess(max(seen, default=0), MEGABYTE)

    def test_what_is_too_large_is_refused_before_it_is_sent(self):
        connection = self.client.connect()
        self.begin_sending(connection, 3 << 30)
        self.assertEqual(connection.getresponse().status, 413)
        connection.close()

    def test_counters_are_for_this_machine(self):
        answer, text = self.client.ask("/metrics")
        self.assertEqual(answer.status, 200)
        self.assertIn("toimela_requests_total", text)

    def kept_by_proxy(self):
        return 0  # HAProxy has no room but its buffers in memory

    def begin_sending(self, connection, length):
        connection.putrequest("POST", "/fi/fronted/receive")
        for name, value in {"Content-Type": "application/octet-stream", "Content-Length": str(length),
                            "Origin": f"https://{NAME}", "X-CSRF-Token": self.client.token(),
                            "Cookie": self.client.cookie_line()}.items():
            connection.putheader(name, value)
        connection.endheaders()


class BehindNginx(Behind, unittest.TestCase):
    @classmethod
    def start(cls):
        cls.serve_on_socket()
        plain, tls = cls.ports
        cls.temporary = cls.folder / "proxy"
        cls.temporary.mkdir()
        site = sample("nginx.conf", {
            "/run/toimela/toimela.sock": str(cls.socket), "/etc/toimela/tls": str(cls.folder),
            "  listen 80;": f"  listen 127.0.0.1:{plain};", "  listen [::]:80;\n": "",
            "  listen 443 ssl": f"  listen 127.0.0.1:{tls} ssl", "  listen [::]:443 ssl http2;\n": ""})
        (cls.folder / "site").write_text(site)
        paths = "".join(f"  {kind}_temp_path {cls.temporary};\n"
                        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        owner = "user root;\n" if os.geteuid() == 0 else ""
        (cls.folder / "nginx.conf").write_text(
            f"{owner}daemon off;\npid {cls.folder}/pid;\nerror_log stderr;\nevents {{}}\n"
            f"http {{\n  access_log off;\n{paths}  include {cls.folder}/site;\n}}\n")
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        proxy = Child([program, "-p", cls.folder, "-c", cls.folder / "nginx.conf"], cls.folder / "proxy.log")
        cls.addClassCleanup(proxy.stop)

    def kept_by_proxy(self):
        # nginx takes its temporary files' names away at once; what it holds shows in its descriptors.
        total = 0
        for status in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if b"nginx" in status.read_bytes():
                    for link in (status.parent / "fd").iterdir():
                        with contextlib.suppress(OSError):
                            if os.readlink(link).startswith(str(self.temporary)):
                                total += link.stat().st_size
        return total


class BehindHaproxy(Behind, unittest.TestCase):
    @classmethod
    def start(cls):
        cls.serve_on_socket()
        plain, tls = cls.ports
        cls.start_proxy("haproxy.cfg", {"unix@/run/toimela/toimela.sock": f"unix@{cls.socket}"}, plain, tls)

    @classmethod
    def start_proxy(cls, name, servers, plain, tls):
        config = cls.folder / "haproxy.cfg"
        config.write_text(sample(name, servers | {
            "bind :80\n": f"bind 127.0.0.1:{plain}\n", "bind :443": f"bind 127.0.0.1:{tls}",
            "/etc/toimela/tls": str(cls.folder), "log /dev/log local0": "log stdout format raw daemon",
            # So many descriptors, and these accounts, the tests may not have.
            "  user haproxy\n  group haproxy\n": "",
            "maxconn 20000": "maxconn 500"}))
        program = shutil.which("haproxy") or "/usr/sbin/haproxy"
        proxy = Child([program, "-db", "-f", config], cls.folder / "proxy.log")
        cls.addClassCleanup(proxy.stop)


class BehindHaproxyOnTwoHosts(BehindHaproxy):
    """Two processes stand for two hosts; what is different of hosts is tried by the addresses."""

    @classmethod
    def start(cls):
        plain, tls = cls.ports
        ports = free_port(), free_port()
        cls.hosts = []
        for number, port in enumerate(ports):
            host = Service(cls.folder / f"host{number}", "two-hosts.conf", {
                "10.0.0.11:8080": f"127.0.0.1:{port}", "trusted_proxies = 10.0.0.10": "trusted_proxies = 127.0.0.1",
                "postgresql://toimela@10.0.0.20/toimela": f"sqlite:{cls.folder}/toimela.db"})
            cls.hosts.append(host)
            cls.addClassCleanup(host.stop)
            # Tables are made once; on SQLite the second process would wait for the first.
            answers = lambda: cls.answers(port)  # noqa: B023, E731  # used at once
            eventually(answers, f"host {number}")
        cls.start_proxy("haproxy-two-hosts.cfg",
                        {"10.0.0.11:8080": f"127.0.0.1:{ports[0]}", "10.0.0.12:8080": f"127.0.0.1:{ports[1]}"}, plain, tls)

    @staticmethod
    def answers(port):
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/readyz")
            status = connection.getresponse().status
            connection.close()
            return status == 200
        return False

    # Through a trusted proxy on loopback the client is on loopback too, so its own address stands for
    # "none that could be believed". That only the proxy's word counts is told by the forged ones.

    def test_zz_one_host_goes_and_nobody_notices(self):
        for _ in range(4):
            self.assertEqual(self.client.ask("/fi/fronted/who")[0].status, 200)
        self.hosts[0].stop()
        for _ in range(20):
            self.assertEqual(self.client.ask("/fi/fronted/who")[0].status, 200)


class Watching(unittest.TestCase):
    """The dashboard and the alarms speak of counters that there are."""

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="toimela-samples-"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        port = free_port()
        service = Service(folder / "data", "two-hosts.conf", {
            "10.0.0.11:8080": f"127.0.0.1:{port}", "base_url = https://toimela.example\n": "",
            "postgresql://toimela@10.0.0.20/toimela": f"sqlite:{folder}/data/toimela.db"})
        cls.addClassCleanup(service.stop)
        eventually(lambda: BehindHaproxyOnTwoHosts.answers(port), "the service")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/metrics")
        cls.metrics = set(re.findall(r"^(toimela_\w+)", connection.getresponse().read().decode(), re.MULTILINE))
        connection.close()

    def check(self, text):
        named = set(re.findall(r"\btoimela_\w+", text))
        self.assertTrue(named)
        self.assertEqual(named - self.metrics, set())

    def test_the_dashboard(self):
        board = json.loads((SAMPLES / "dashboard.json").read_text())
        for panel in board["panels"]:
            with self.subTest(panel["title"]):
                for target in panel["targets"]:
                    if "up{" not in target["expr"]:
                        self.check(target["expr"])

    def test_the_alarms(self):
        self.check((SAMPLES / "alerts.yml").read_text())
        if shutil.which("promtool"):
            subprocess.run(["promtool", "check", "rules", SAMPLES / "alerts.yml"], check=True, capture_output=True)


class Backup(unittest.TestCase):
    """The commands of the unit are run as systemd would, in a folder of their own."""

    def test_the_units_are_sound(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("no systemd")
        for unit in ("toimela-backup.timer",):
            run = subprocess.run(["systemd-analyze", "verify", "--man=no", SAMPLES / unit], capture_output=True,
                                 text=True, check=False)
            self.assertEqual([line for line in run.stderr.splitlines() if unit in line], [])

    def test_the_nightly_commands_make_a_backup_and_let_old_ones_go(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="toimela-samples-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        data, kept = folder / "data", folder / "kept"
        data.mkdir()
        kept.mkdir()
        (data / "erasures.log").touch()
        env = {name: value for name, value in os.environ.items() if not name.startswith("TOIMELA_")}
        env |= {"TOIMELA_DATA": str(data), "TOIMELA_PLUGINS": str(OPTIONS.plugins)}
        subprocess.run([OPTIONS.program, "migrate"], env=env, check=True, capture_output=True)
        old = kept / "2020-01-01.zip"
        old.touch()
        os.utime(old, (time.time() - 20 * 86400,) * 2)
        commands = re.findall(r"^ExecStart=(.*)$", (SAMPLES / "toimela-backup.service").read_text(), re.MULTILINE)
        for command in commands:
            command = command.replace("/var/lib/toimela-backup", str(kept)).replace("/var/lib/toimela", str(data))
            command = command.replace("/usr/bin/toimela", str(OPTIONS.program)).replace("$$", "$").replace("%%", "%")
            subprocess.run(command, shell=True, env=env, check=True, capture_output=True)
        made = sorted(path.name for path in kept.iterdir())
        self.assertEqual(made, [time.strftime("%Y-%m-%d.zip"), "erasures.log"])
        checked = subprocess.run([OPTIONS.program, "restore", kept / made[0], "--check"], env=env, capture_output=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/bin/toimela")
    parser.add_argument("--plugins", type=pathlib.Path, default=ROOT / "build/release/tests/program_plugins")
    parser.add_argument("--huge", action="store_true")
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
