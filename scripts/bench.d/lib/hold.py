"""Opens connections, gets a page over each and then keeps them open.

Arguments: port, path, number. Says "open N" when all have had their page; for every line on its
standard input asks all of them again and says "answered N"; ends when its input ends.
"""

import re
import resource
import select
import socket
import struct
import sys

AT_ONCE = 200


class Connection:
    def __init__(self, address):
        self.socket = socket.create_connection(address, timeout=10)
        self.socket.setblocking(False)
        # Ends with a reset: ten thousand closed sockets need not linger.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def ask(self, request):
        self.head, self.left = b"", None
        self.socket.sendall(request)

    def take(self):
        """Reads what is there; true when the whole page is."""
        while True:
            try:
                data = self.socket.recv(65536)
            except BlockingIOError:
                return False
            if not data:
                raise ConnectionError("closed by the server")
            if self.left is None:
                self.head += data
                end = self.head.find(b"\r\n\r\n")
                if end < 0:
                    continue
                if not self.head.startswith(b"HTTP/1.1 200 "):
                    raise ConnectionError(self.head[:30].decode(errors="replace"))
                length = int(re.search(rb"(?i)\r\ncontent-length: *(\d+)", self.head[:end + 2])[1])
                self.left = length - (len(self.head) - end - 4)
            else:
                self.left -= len(data)
            if self.left == 0:
                return True


def ask_all(connections, request):
    """How many got the whole page."""
    answered = 0
    for start in range(0, len(connections), AT_ONCE):
        poller = select.epoll()
        waiting = {}
        for connection in connections[start:start + AT_ONCE]:
            try:
                connection.ask(request)
            except OSError:
                continue
            waiting[connection.socket.fileno()] = connection
            poller.register(connection.socket, select.EPOLLIN)
        while waiting:
            ready = poller.poll(10)
            if not ready:
                break
            for number, _ in ready:
                try:
                    done = waiting[number].take()
                except OSError:
                    poller.unregister(number)
                    del waiting[number]
                    continue
                if done:
                    answered += 1
                    poller.unregister(number)
                    del waiting[number]
        poller.close()
    return answered


def main():
    port, path, number = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    connections = [Connection(("127.0.0.1", port)) for _ in range(number)]
    print("open", ask_all(connections, request), flush=True)
    for _ in sys.stdin:
        print("answered", ask_all(connections, request), flush=True)


if __name__ == "__main__":
    main()
