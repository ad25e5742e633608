"""Participants of card sessions who listen: joins them, keeps a stream open for each, and measures how
long a change takes to reach everybody. Reads commands from standard input, a line each; answers one
line of JSON each."""

import http.client
import json
import selectors
import socket
import sys
import time

PATIENCE = 30  # seconds that a frame may take before the run counts for nothing
PHASES = ("discussing", "voting")


class Crowd:
    def __init__(self, ports, token, control=False):
        self.ports, self.token, self.control = ports, token, control
        self.selector = selectors.DefaultSelector()
        self.streams, self.senders = [], []
        self.asking = {port: http.client.HTTPConnection("127.0.0.1", port, timeout=30) for port in ports}

    def ask(self, port, method, path, body=None, headers=None):
        connection = self.asking[port]
        connection.request(method, path, json.dumps(body) if body is not None else None,
                           {"Content-Type": "application/json", **(headers or {})})
        response = connection.getresponse()
        content = response.read()
        if response.status not in (200, 201):
            raise SystemExit(f"{method} {path}: {response.status} {content[:300]!r}")
        return json.loads(content)

    def listen(self, port, path, session, guest=None):
        stream = socket.create_connection(("127.0.0.1", port))
        lines = [f"GET {path} HTTP/1.1", "Host: localhost"] + ([f"Toimela-Guest: {guest}"] if guest else [])
        stream.sendall("\r\n".join([*lines, "", ""]).encode())
        received = b""
        while b'"phase"' not in received:
            piece = stream.recv(65536)
            if not piece:
                raise SystemExit(f"the stream ended: {received[:300]!r}")
            received += piece
        if not received.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"no stream: {received[:300]!r}")
        stream.setblocking(False)
        self.selector.register(stream, selectors.EVENT_READ, session)
        self.streams.append(stream)

    def gather(self, sessions, each):
        """`each` participants come into every session, one here, one there."""
        number = 0
        for session in sessions:
            for _ in range(each):
                port = self.ports[number % len(self.ports)]
                number += 1
                if self.control:
                    self.listen(port, "/events", session["id"])
                    continue
                code = session["code"].replace("-", "")
                guest = self.ask(port, "POST", f"/api/v1/trendcards/join/{code}", {})["token"]
                self.listen(port, f"/fi/trendcards/join/{code}/events", session["id"], guest)
        return {"open": len(self.streams)}

    def change(self, sessions, phase, pause):
        """Every session goes to the phase; milliseconds until each stream said so."""
        mark = f'"phase":"{phase}"'.encode()
        begun, arrived, waiting = {}, [], len(self.streams)
        seen = set()
        todo = list(sessions)
        next_at = time.monotonic()
        deadline = next_at + PATIENCE + pause * len(sessions)
        while waiting:
            if todo and time.monotonic() >= next_at:
                session = todo.pop(0)
                next_at += pause
                begun[session["id"]] = time.monotonic()
                self.send(self.ports[len(todo) % len(self.ports)], session, phase)
            for key, _ in self.selector.select(max(0.0, next_at - time.monotonic()) if todo else 1):
                data = key.fileobj.recv(65536)
                at = time.monotonic()
                if not data:
                    raise SystemExit("a stream ended")
                if mark in data and key.fileobj not in seen:
                    seen.add(key.fileobj)
                    arrived.append((at - begun[key.data]) * 1000)
                    waiting -= 1
            if time.monotonic() > deadline:
                raise SystemExit(f"{waiting} streams did not hear of the change")
        for _ in range(len(sessions)):
            self.hear()
        arrived.sort()
        return {"p50": arrived[len(arrived) // 2], "p99": arrived[int(len(arrived) * 0.99) - 1],
                "most": arrived[-1], "streams": len(arrived)}

    # A change is sent without waiting for its answer, so that streams are read meanwhile.
    def send(self, port, session, phase):
        sender = socket.create_connection(("127.0.0.1", port))
        body = json.dumps({"phase": phase})
        path = "/change" if self.control else f"/api/v1/trendcards/sessions/{session['id']}/phase"
        sender.sendall((f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\n"
                        f"Content-Length: {len(body)}\r\n\r\n{body}").encode())
        self.senders.append(sender)

    def hear(self):
        sender = self.senders.pop(0)
        answer = sender.recv(65536)
        sender.close()
        if not answer.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"the change was refused: {answer[:300]!r}")


def main():
    settings = json.loads(sys.stdin.readline())
    crowd = Crowd(settings["ports"], settings["token"], settings.get("control", False))
    sessions = settings["sessions"]
    print(json.dumps(crowd.gather(sessions, settings["each"])), flush=True)
    turn = 0
    for line in sys.stdin:
        if line.strip() == "change":
            turn += 1
            print(json.dumps(crowd.change(sessions, PHASES[turn % 2], settings["pause"])), flush=True)


if __name__ == "__main__":
    main()
