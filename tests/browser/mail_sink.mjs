// A mail server on loopback that keeps what it is given.
//
//   const mails = await startMailSink();
//   const site = await startSite({ env: { TOIMELA_SMTP: mails.url } });
//   const mail = await mails.to("aino@example.org");   // waits for the next one (with /such a subject/)
//   mail.subject; mail.text;
import { once } from "node:events";
import { createServer } from "node:net";

const patience = 60_000; // milliseconds: the outbox is emptied every few seconds

/** The words of a header as RFC 2047 encodes them. */
function decodedHeader(value) {
  return value
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind, text) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("latin1")
        : quotedPrintable(text.replaceAll("_", " ")))
    .replace(/.*/s, (text) => Buffer.from(text, "latin1").toString("utf8"));
}

function quotedPrintable(text) {
  return text
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

function parse(source) {
  const [head, ...rest] = source.split("\r\n\r\n");
  const headers = new Map();
  for (const line of head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const colon = line.indexOf(":");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: rest.join("\r\n\r\n") };
}

/** The text/plain part, decoded. */
function plainText({ headers, body }) {
  const type = headers.get("content-type") ?? "text/plain";
  const boundary = type.match(/boundary="?([^";]+)/)?.[1];
  if (boundary) {
    const parts = body.split(`--${boundary}`).slice(1, -1);
    for (const part of parts) {
      const text = plainText(parse(part.replace(/^\r\n/, "")));
      if (text !== undefined) return text;
    }
    return undefined;
  }
  if (!type.startsWith("text/plain")) return undefined;
  const encoding = (headers.get("content-transfer-encoding") ?? "7bit").toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  const bytes = encoding === "quoted-printable" ? quotedPrintable(body) : body;
  return Buffer.from(bytes, "latin1").toString("utf8");
}

export async function startMailSink() {
  const mails = [];
  const waiting = new Set();
  const keep = (recipient, source) => {
    const message = parse(source);
    mails.push({
      recipient,
      subject: decodedHeader(message.headers.get("subject") ?? ""),
      headers: message.headers,
      text: (plainText(message) ?? "").replaceAll("\r\n", "\n"),
      source,
    });
    waiting.forEach((look) => look());
  };

  const server = createServer((socket) => {
    let buffer = "";
    let recipient = "";
    let isData = false;
    const answer = (line) => socket.write(`${line}\r\n`);
    answer("220 sink");
    socket.setEncoding("latin1").on("error", () => {}).on("data", (piece) => {
      buffer += piece;
      for (;;) {
        const end = isData ? buffer.indexOf("\r\n.\r\n") : buffer.indexOf("\r\n");
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          keep(recipient, line.replaceAll(/^\.\./gm, "."));
          answer("250 kept");
          continue;
        }
        const command = line.slice(0, 4).toUpperCase();
        if (command === "RCPT") recipient = line.match(/<([^>]*)>/)?.[1] ?? "";
        if (command === "DATA") {
          isData = true;
          answer("354 go on");
        } else if (command === "QUIT") {
          answer("221 bye");
          socket.end();
        } else {
          answer("250 sink");
        }
      }
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  /** Waits for the first mail that nobody has asked for yet and of which this is true. */
  const next = async (isWanted, what = "such mail") => {
    const deadline = Date.now() + patience;
    for (;;) {
      const found = mails.find((mail) => !mail.isRead && isWanted(mail));
      if (found) return Object.assign(found, { isRead: true });
      if (Date.now() > deadline) throw new Error(`no ${what} came`);
      await new Promise((resolve) => {
        const timer = setTimeout(done, 1000);
        function done() {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    }
  };

  return {
    url: `smtp://127.0.0.1:${server.address().port}`,
    all: () => mails,
    /** The first mail to the address that nobody has asked for yet, of those with such a subject. */
    to: (address, subject = /^/) =>
      next((mail) => mail.recipient === address && mail.subject.match(subject), `mail to ${address}`),
    next,
    stop() {
      server.close();
      server.unref();
    },
  };
}

/** What lies in the outbox goes to the mail server now, unless it goes already. */
export const deliver = (site) =>
  site.command("jobs run core.mail").catch((error) => {
    if (!/running already/.test(error.message)) throw error;
  });

/** The address in a mail that leads to the service; throws when there is none. */
export function linkIn(mail, url) {
  const link = mail.text.match(/https?:\/\/\S+/g)?.find((found) => found.startsWith(url));
  if (!link) throw new Error(`no link to ${url} in:\n${mail.text}`);
  return link;
}
