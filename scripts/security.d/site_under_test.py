"""The service with demonstration content on loopback, plain and with TLS, and people signed in to it."""

import http.cookiejar
import json
import os
import re
import socket
import ssl
import subprocess
import time
import urllib.parse
import urllib.request


SIGNED_IN, RUNS_SIGNED_IN = "national_admin", 6  # who sees most


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class SiteUnderTest:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.reports = folder / "reports"
        self.reports.mkdir()
        self.data = folder / "data"
        self.data.mkdir()
        self.log_path = folder / "reports" / "service.log"
        self.read_until = 0
        self.servers = []
        self.port, self.tls_port = free_port(), free_port()
        self.base, self.tls_base = f"http://127.0.0.1:{self.port}", f"https://localhost:{self.tls_port}"
        self._certificate()
        self._run("migrate")
        self._run("demo")
        accounts = json.loads((self.data / "demo-accounts.json").read_text())
        self.accounts = {account["role"]: account for account in reversed(accounts)}
        try:
            self._serve(self.port, self.base, {})
            # Now: when a tool has tried the form to sign in, nobody is let in from here for a while.
            self.sessions = [self._sign_in(SIGNED_IN) for _ in range(RUNS_SIGNED_IN)]
            self._serve(self.tls_port, self.tls_base, {"TOIMELA_TLS_CERTIFICATE": str(folder / "certificate.pem"),
                                                       "TOIMELA_TLS_KEY": str(folder / "key.pem")})
        except BaseException:
            self.stop()
            raise

    def _environment(self, extra):
        own = {"TOIMELA_DATA": str(self.data), "TOIMELA_DATABASE": f"sqlite:{self.data}/toimela.db",
               "TOIMELA_LOG": "json",
               # The tools are to look at the pages, not at 429.
               "TOIMELA_RATE_READ": "0", "TOIMELA_RATE_WRITE": "0", "TOIMELA_RATE_CREDENTIALS": "0"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TOIMELA_")}
        return {**kept, **own, **extra}

    def _run(self, command):
        subprocess.run([self.program, command], check=True, env=self._environment({}), stdout=subprocess.DEVNULL)

    def _certificate(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "365", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                        "-keyout", self.folder / "key.pem", "-out", self.folder / "certificate.pem"],
                       check=True, stderr=subprocess.DEVNULL)

    def _serve(self, port, base, extra):
        environment = self._environment({"TOIMELA_LISTEN": f"127.0.0.1:{port}", "TOIMELA_BASE_URL": base, **extra})
        log = open(self.log_path, "ab")
        self.servers.append(subprocess.Popen([self.program, "serve"], env=environment, stdout=log, stderr=log))
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the service does not start: " + self.log_path.read_text()[-1000:])

    def stop(self):
        for server in self.servers:
            server.terminate()
        for server in self.servers:
            server.wait()

    def new_failures(self):
        """Since it was asked last: processes that ended, and what the log says of errors of the service."""
        found = {f"a process has ended by itself ({server.poll()})" for server in self.servers if server.poll() is not None}
        with open(self.log_path, "rb") as log:
            log.seek(self.read_until)
            lines = log.read().decode(errors="replace").splitlines()
            self.read_until = log.tell()
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                found.add("the log has a line that is none: " + line[:200])
                continue
            if int(entry.get("status", 0)) >= 500 or entry.get("level") in ("error", "fatal", "critical"):
                found.add("in the log: " + " ".join(f"{key}={value}" for key, value in entry.items()
                                                    if key not in ("time", "reference", "milliseconds")))
        return sorted(found)

    def session(self):
        """One that nobody had before, for a tool may end its session; the Cookie field."""
        return self.sessions.pop()

    def _sign_in(self, role):
        account = self.accounts[role]
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        page = browser.open(self.base + "/fi/sign-in").read().decode()
        token = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
        fields = {"csrf": token, "email": account["email"], "password": account["password"], "next": ""}
        browser.open(urllib.request.Request(self.base + "/fi/sign-in", urllib.parse.urlencode(fields).encode(),
                                            {"Origin": self.base})).read()
        cookies = {cookie.name: cookie.value for cookie in jar}
        if "toimela" not in cookies:
            raise SystemExit(f"{role} could not sign in")
        return "; ".join(f"{name}={value}" for name, value in cookies.items())

    def routes(self):
        listed = subprocess.run([self.program, "routes", "--json"], check=True, env=self._environment({}),
                                stdout=subprocess.PIPE).stdout
        return json.loads(listed)

    def requests(self):
        """How many have come since the start, to both."""
        total = 0
        context = ssl.create_default_context(cafile=self.folder / "certificate.pem")
        for base in (self.base, self.tls_base):
            counters = urllib.request.urlopen(base + "/metrics", timeout=30, context=context).read().decode()
            total += int(re.search(r"^toimela_requests_total (\d+)", counters, re.M).group(1))
        return total

    def still_serves(self):
        """Seconds until a page has come that no cache keeps; nothing when none comes within ten."""
        begin = time.monotonic()
        try:
            urllib.request.urlopen(self.base + "/fi/sign-in", timeout=10).read()
        except OSError:
            return None
        return time.monotonic() - begin
