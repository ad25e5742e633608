"""Participants of card sessions who listen: joins them, keeps a stream open for each, and measures how
long a change takes to reach everybody, and how long the page of the result takes that everybody fetches
then. Reads commands from standard input, a line each; answers one line of JSON each."""

import heapq
import http.client
import json
import random
import selectors
import socket
import sys
import time

PATIENCE = 30  # seconds that a frame may take before the run counts for nothing
PHASES = ("discussing", "voting")
SPREAD = 0.0025  # seconds a participant, as session.js spreads them


class Seat:
    """A participant who listens."""

    def __init__(self, session, port, code="", guest=None, cards=()):
        self.session, self.port, self.code, self.guest, self.cards = session, port, code, guest, list(cards)


class Fetch:
    """A page on its way."""

    def __init__(self, seat, began):
        self.began, self.received = began, b""
        self.socket = socket.create_connection(("127.0.0.1", seat.port))
        self.socket.sendall((f"GET /fi/t/{seat.code} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
                             f"Toimela-Guest: {seat.guest}\r\nConnection: close\r\n\r\n").encode())
        self.socket.setblocking(False)


class Crowd:
    def __init__(self, ports, token, control=False):
        self.ports, self.token, self.control = ports, token, control
        self.selector = selectors.DefaultSelector()
        self.streams, self.senders, self.seats = [], [], []
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

    def listen(self, path, seat):
        stream = socket.create_connection(("127.0.0.1", seat.port))
        lines = [f"GET {path} HTTP/1.1", "Host: localhost"] + ([f"Toimela-Guest: {seat.guest}"] if seat.guest else [])
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
        self.selector.register(stream, selectors.EVENT_READ, seat)
        self.streams.append(stream)
        self.seats.append(seat)

    def gather(self, sessions, each):
        """`each` participants come into every session, one here, one there."""
        number = 0
        for session in sessions:
            for _ in range(each):
                port = self.ports[number % len(self.ports)]
                number += 1
                if self.control:
                    self.listen("/events", Seat(session["id"], port))
                    continue
                code = session["code"].replace("-", "")
                joined = self.ask(port, "POST", f"/api/v1/trendcards/join/{code}", {})
                self.listen(f"/fi/trendcards/join/{code}/events",
                            Seat(session["id"], port, code, joined["token"], joined["cards"]))
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
                    arrived.append((at - begun[key.data.session]) * 1000)
                    waiting -= 1
            if time.monotonic() > deadline:
                raise SystemExit(f"{waiting} streams did not hear of the change")
        for _ in range(len(sessions)):
            self.hear()
        arrived.sort()
        return {"p50": arrived[len(arrived) // 2], "p99": arrived[int(len(arrived) * 0.99) - 1],
                "most": arrived[-1], "streams": len(arrived)}

    def rank(self, seats):
        """Each of them puts the cards that they drew in an order."""
        for seat in seats:
            random.shuffle(seat.cards)
            self.ask(seat.port, "POST", f"/api/v1/trendcards/answers/{seat.code}", {"what": "rank", "ranking": seat.cards},
                     {"Toimela-Guest": seat.guest})
        return {"ranked": len(seats)}

    def result(self, session):
        """The session is shown its result; milliseconds that everybody's page takes, and what else was answered."""
        # Somebody changes their mind, and nothing that was reckoned before holds.
        self.send(self.ports[0], session, "voting")
        self.hear()
        self.rank(self.seats[:1])
        mark = b'"phase":"done"'
        self.send(self.ports[0], session, "done")
        due, fetched, refused, seen = [], [], {}, set()
        deadline = time.monotonic() + PATIENCE + SPREAD * len(self.seats)
        while len(fetched) + sum(refused.values()) < len(self.seats):
            at = time.monotonic()
            if at > deadline:
                raise SystemExit("not everybody has seen the result")
            while due and due[0][0] <= at:
                _, _, seat = heapq.heappop(due)
                fetch = Fetch(seat, time.monotonic())
                self.selector.register(fetch.socket, selectors.EVENT_READ, fetch)
            for key, _ in self.selector.select(max(0.0, due[0][0] - time.monotonic()) if due else 1):
                data = key.fileobj.recv(65536)
                if isinstance(key.data, Seat):
                    if not data:
                        raise SystemExit("a stream ended")
                    if mark in data and key.fileobj not in seen:
                        seen.add(key.fileobj)
                        spread = random.random() * SPREAD * len(self.seats)
                        heapq.heappush(due, (time.monotonic() + spread, len(seen), key.data))
                    continue
                key.data.received += data
                if data:
                    continue
                self.selector.unregister(key.fileobj)
                key.fileobj.close()
                status = key.data.received[9:12].decode()
                if status == "200" and b'data-phase="done"' in key.data.received:
                    fetched.append((time.monotonic() - key.data.began) * 1000)
                else:
                    refused[status] = refused.get(status, 0) + 1
        self.hear()
        if refused:
            return {"refused": refused}
        fetched.sort()
        return {"p50": fetched[len(fetched) // 2], "p99": fetched[int(len(fetched) * 0.99) - 1], "refused": refused}

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
        if line.strip() == "rank":
            print(json.dumps(crowd.rank(crowd.seats)), flush=True)
        if line.strip() == "result":
            print(json.dumps(crowd.result(sessions[0])), flush=True)
        if line.strip() == "change":
            turn += 1
            print(json.dumps(crowd.change(sessions, PHASES[turn % 2], settings["pause"])), flush=True)


if __name__ == "__main__":
    main()
