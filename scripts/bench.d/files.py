"""A large file out, against nginx; many uploads in, and what they cost in memory."""

import base64
import http.client
import os
import re
import socket
import subprocess
import threading
import time
from functools import partial

from harness import Load, Page, Refused
from report import Outcome, Row, ratios

UPLOADS = "/api/v1/archive/uploads"
FILES = "/api/v1/archive/files"
SIZE = 100_000_000
PEOPLE, EACH = 25, 8
PIECE, PIECES = 2_000_000, 5
VERSION = {"Tus-Resumable": "1.0.0"}
PIECE_TYPE = {"Content-Type": "application/offset+octet-stream"}


def sound(size, mark=0):
    """A WAV file with a header that says its length."""
    head = (b"RIFF" + (size - 8).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little") +
            b"\1\0\1\0" + (8000).to_bytes(4, "little") * 2 + b"\1\0\x08\0data" +
            (size - 44).to_bytes(4, "little") + mark.to_bytes(4, "little"))
    pattern = bytes(range(251))
    return (head + pattern * (size // len(pattern) + 1))[:size]


class Sender:
    """A person with a session, on a connection of their own."""

    def __init__(self, bench, server, account):
        self.server = server
        self.cookie = bench.sign_in(server, account)
        _, _, body = server.get(Page("/fi/account", self.cookie))
        self.headers = {"Cookie": self.cookie, "Origin": server.base_url,
                        "X-CSRF-Token": re.search(rb'name="csrf" value="([^"]+)"', body)[1].decode()}

    def ask(self, connection, method, path, headers, body=b"", wanted=204):
        connection.request(method, path, body, self.headers | headers)
        response = connection.getresponse()
        told = response.read()
        if response.status != wanted:
            raise Refused(f"{method} {path} is answered with {response.status}: {told[:200]!r}")
        return response, told

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)

    def upload(self, content, piece):
        connection = self.connect()
        name = base64.b64encode(b"a.wav").decode()
        response, _ = self.ask(connection, "POST", UPLOADS, VERSION | {
            "Upload-Length": str(len(content)), "Upload-Metadata": f"filename {name}"}, wanted=201)
        where = response.getheader("Location")
        for at in range(0, len(content), piece):
            self.ask(connection, "PATCH", where, VERSION | PIECE_TYPE | {"Upload-Offset": str(at)},
                     content[at:at + piece])
        connection.close()
        return where.rpartition("/")[2]

    def keep(self, upload):
        connection = self.connect()
        _, told = self.ask(connection, "POST", FILES, {"Content-Type": "application/x-www-form-urlencoded"},
                           f"file_upload={upload}".encode(), wanted=201)
        connection.close()
        return told.decode()


def exactly(server, path, content):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    if response.status != 200 or response.read() != content:
        raise Refused(f"{server.name} has another {path}")
    connection.close()


def download(bench, server, path, seconds=None):
    """The file again and again over one connection, by a reader on the load's core that looks at the
    length only; at least twice."""
    os.sched_setaffinity(0, {bench.load_core})
    buffer = bytearray(1 << 20)
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode()
    count, used, begun = 0, server.cpu_seconds(), time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        while count < 2 or time.monotonic() - begun < (seconds or bench.options.seconds):
            connection.sendall(asked)
            head = b""
            while b"\r\n\r\n" not in head:
                head += server.some(connection)
            head, _, body = head.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200 ") or f"\r\ncontent-length: {SIZE}" not in head.decode().lower():
                raise Refused(f"{server.name} has another answer: {head!r}")
            left = SIZE - len(body)
            while left > 0:
                got = connection.recv_into(buffer, min(left, len(buffer)))
                if got == 0:
                    raise Refused(f"{server.name} closes the connection")
                left -= got
            count += 1
    elapsed = time.monotonic() - begun
    os.sched_setaffinity(0, {bench.server_core, bench.load_core})
    used = server.cpu_seconds() - used
    return Load(count / elapsed, used / count, used / elapsed)


def add_people(bench, server):
    accounts = []
    for number in range(PEOPLE):
        email = f"lahettaja{number}@bench.example"
        done = subprocess.run([bench.options.program, "user", "create", email, f"Lähettäjä {number}",
                               "national_admin"], env=server.environment, capture_output=True,
                              text=True, check=False)
        found = re.search(r"\b([a-z0-9]{4}(?:-[a-z0-9]{4}){3})\b", done.stdout)
        if done.returncode != 0 or not found:
            raise Refused(f"no person: {done.stdout}{done.stderr}")
        accounts.append({"email": email, "password": found[1]})
    return accounts


def send_at_once(senders):
    """Every sender's uploads, all at the same time."""
    failures = []
    gate = threading.Barrier(len(senders) * EACH)

    def one(sender, mark):
        try:
            content = sound(PIECE * PIECES, mark)
            gate.wait(120)
            sender.upload(content, PIECE)
        except (Refused, OSError, threading.BrokenBarrierError) as reason:
            failures.append(str(reason))

    threads = [threading.Thread(target=one, args=(sender, i * EACH + j))
               for i, sender in enumerate(senders) for j in range(EACH)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise Refused(f"{len(failures)} uploads failed: {failures[0]}")


def run(bench):
    plugins = bench.options.program.parent.parent / "tests" / "program_plugins"
    toimela = bench.toimela(settings={"TOIMELA_PLUGINS": str(plugins)})
    senders = [Sender(bench, toimela, account) for account in add_people(bench, toimela)]
    content = sound(SIZE)
    page = Page(f"{FILES}/{senders[0].keep(senders[0].upload(content, 50_000_000))}")
    bench.expect(toimela, page)
    nginx = bench.nginx([page])
    for server in (toimela, nginx):
        exactly(server, page.path, content)
    found = bench.rounds({server.name: partial(download, bench, server, page.path) for server in (toimela, nginx)})
    for server in (toimela, nginx):
        exactly(server, page.path, content)
    served = toimela.memory("VmHWM")
    send_at_once(senders)
    grown = (toimela.memory("VmHWM") - served) / 1e6
    return Outcome([
        Row("100 MB download, rate to nginx's", ratios(found["toimela"], found["nginx"]), 0.8),
        Row("… processor time to nginx's", ratios(found["toimela"], found["nginx"], "cpu")),
        Row("Greatest resident memory while 100 MB files go out", [served / 1e6], unit="MB"),
        Row(f"Memory that {PEOPLE * EACH} uploads at once of {PIECE * PIECES // 1_000_000} MB add", [grown],
            40, at_most=True, unit="MB"),
    ])
