"""The control: hands one frame to every open stream and knows nothing else. What a change costs more
than here is what the service does for it: rights, a durable commit, two processes."""

import asyncio
import sys

FRAME = b'data: {"what":"state","revision":1,"phase":"%s","participants":0,"now":0,"until":null,"over":false}\n\n'
streams = []


async def serve(reader, writer):
    head = await reader.readuntil(b"\r\n\r\n")
    if head.startswith(b"GET"):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + FRAME % b"lobby")
        streams.append(writer)
        return
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    body = await reader.readexactly(length)
    phase = b"voting" if b"voting" in body else b"discussing"
    for stream in streams:
        stream.write(FRAME % phase)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), backlog=4096)
    await server.serve_forever()


asyncio.run(main())
