// Feeds and invitations as programs that somebody else wrote read them: calendars by ical.js, Atom by the
// browser's XML parser.
import ICAL from "ical.js";
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { follow, startSite } from "./harness.mjs";
import { deliver, startMailSink } from "./mail_sink.mjs";

const mails = await startMailSink();
const site = await startSite({ env: { TOIMELA_SMTP: mails.url } });
after(async () => {
  await site.stop();
  mails.stop();
});

const admin = site.accounts.find(({ role }) => role === "national_admin");
const token = (await site.command(
  `token create --email ${admin.email} --name calendars --scope events:read events:write`,
)).match(/^toimela_\S+/m)[0];

async function call(method, path, body) {
  const response = await fetch(`${site.url}/api/v1/events${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** A calendar read by ical.js, its own time zone and no other known. */
function read(text) {
  assert.doesNotMatch(text.replaceAll("\r\n", ""), /[\r\n]/, "lines end with CRLF alone");
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, `too long: ${line}`);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zone = calendar.getFirstSubcomponent("vtimezone");
  assert.equal(zone.getFirstPropertyValue("tzid"), "Europe/Helsinki");
  const helsinki = new ICAL.Timezone(zone);
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const at = (name) => {
      const property = component.getFirstProperty(name);
      assert.equal(property.getParameter("tzid"), "Europe/Helsinki");
      const time = property.getFirstValue();
      time.zone = helsinki;
      return time.toUnixTime() * 1000;
    };
    const value = (name) => component.getFirstPropertyValue(name);
    return {
      uid: value("uid"), sequence: value("sequence"), status: value("status"), summary: value("summary"),
      attendee: value("attendee"), organizer: value("organizer"), starts: at("dtstart"), ends: at("dtend"),
    };
  });
  return { method: calendar.getFirstPropertyValue("method"), events };
}

async function feed(path) {
  const response = await fetch(site.url + path);
  assert.equal(response.status, 200, path);
  return { type: response.headers.get("content-type"), text: await response.text() };
}

/** The text/calendar part of a mail, decoded. */
function invitationIn(mail) {
  const part = mail.source.split(/\r\n--/).find((each) => /content-type: text\/calendar/i.test(each));
  assert.ok(part, `${mail.subject} has no calendar`);
  const [head, ...rest] = part.replace(/^[^\r]*\r\n/, "").split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const method = head.replaceAll(/\r\n[ \t]+/g, " ").match(/method=\"?(\w+)/i)?.[1];
  const encoding = head.match(/content-transfer-encoding: (\S+)/i)?.[1].toLowerCase();
  const text =
    encoding === "base64" ? Buffer.from(body, "base64").toString("utf8")
    : encoding === "quoted-printable"
      ? Buffer.from(body.replaceAll(/=\r\n/g, "").replaceAll(/=([0-9A-F]{2})/g,
          (_, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString("utf8")
      : Buffer.from(body, "latin1").toString("utf8");
  return { partMethod: method, ...read(text) };
}

async function nextInvitation(address, subject) {
  await deliver(site);
  for (;;) {
    const mail = await mails.to(address);
    if (subject.test(mail.subject)) return invitationIn(mail);
  }
}

test("calendars of the nation and of a region have the events of the interface, to the minute", async () => {
  const { items } = await call("GET", "?limit=200");
  const known = new Map(items.map((event) => [event.title.fi, event]));
  const nation = await feed("/fi/events/calendar.ics");
  assert.match(nation.type, /^text\/calendar; charset=utf-8/);
  const { method, events } = read(nation.text);
  assert.equal(method, "PUBLISH");
  assert.ok(events.length >= 5);
  assert.equal(new Set(events.map(({ uid }) => uid)).size, events.length);
  for (const event of events) {
    const same = items.find(({ id }) => event.uid.startsWith(`event-${id}@`)) ?? known.get(event.summary);
    assert.ok(same, event.summary);
    assert.equal(event.summary, same.title.fi);
    assert.equal(event.starts, Date.parse(same.startsAt), event.summary);
    assert.equal(event.ends, Date.parse(same.endsAt), event.summary);
    assert.equal(event.status, same.status === "cancelled" ? "CANCELLED" : "CONFIRMED");
  }
  const region = read((await feed("/sv/regions/pirkanmaa/events/calendar.ics")).text).events;
  const here = items.filter((event) => event.region === "06" && Date.parse(event.endsAt) > Date.now());
  assert.deepEqual(region.map(({ summary }) => summary).sort(), here.map(({ title }) => title.sv).sort());
});

test("a place is one entry through change and cancellation, in mails and in the personal calendar", async () => {
  const draft = await call("POST", "", {
    region: "pirkanmaa", title: { fi: "Kalenteripäivä, ”äö”; ja pitkä nimi joka taittuu kalenterissa usealle riville" },
    kind: "workshop", visibility: "everyone", attendance: "on_site", place: { fi: "Kirjasto" },
    // The day after summer time ends: a rule of the zone that is wrong shows itself.
    startsAt: "2031-10-27T07:00:00Z", endsAt: "2031-10-27T13:00:00Z", waitingList: true, capacity: 5,
  });
  const event = await call("POST", `/${draft.id}/publish`);
  const registration = await call("POST", `/${event.id}/registrations`, {
    participants: [{ name: "Aino Kivilehto", email: admin.email }],
  });
  const uid = new RegExp(`^participant-${registration.participants[0].id}@`);

  const first = await nextInvitation(admin.email, /Kalenteripäivä/);
  assert.equal(first.method, "REQUEST");
  assert.equal(first.partMethod, "REQUEST");
  assert.equal(first.events.length, 1);
  assert.match(first.events[0].uid, uid);
  assert.equal(first.events[0].sequence, 0);
  assert.equal(first.events[0].attendee, `mailto:${admin.email}`);
  assert.match(first.events[0].organizer, /^mailto:/);
  assert.equal(first.events[0].summary, event.title.fi);
  assert.equal(first.events[0].starts, Date.parse("2031-10-27T07:00:00Z"));

  const page = await site.newPage();
  await site.signIn(page, admin);
  await page.goto("/fi/events/feed");
  await follow(page, "form[action$='/events/feed/renew'] button");
  const address = (await page.locator("main").innerHTML()).match(/\/fi\/events\/feed\/\d+\/[\w-]+/)[0];
  const own = async () => read((await feed(address)).text).events.find((each) => uid.test(each.uid));
  assert.equal((await own()).status, "CONFIRMED");

  const read1 = await call("GET", `/${event.id}`);
  await call("PUT", `/${event.id}`, { ...read1, startsAt: "2031-10-25T06:00:00Z", endsAt: "2031-10-25T12:00:00Z" });
  const second = await nextInvitation(admin.email, /Kalenteripäivä/);
  assert.equal(second.method, "REQUEST");
  assert.equal(second.events[0].uid, first.events[0].uid);
  assert.ok(second.events[0].sequence > first.events[0].sequence);
  assert.equal(second.events[0].starts, Date.parse("2031-10-25T06:00:00Z"));
  assert.equal((await own()).starts, Date.parse("2031-10-25T06:00:00Z"));

  await call("POST", `/${event.id}/cancel`, { reason: "Sairaus" });
  const third = await nextInvitation(admin.email, /Kalenteripäivä/);
  assert.equal(third.method, "CANCEL");
  assert.equal(third.partMethod, "CANCEL");
  assert.equal(third.events[0].uid, first.events[0].uid);
  assert.equal(third.events[0].status, "CANCELLED");
  assert.ok(third.events[0].sequence > second.events[0].sequence);
  assert.equal((await own()).status, "CANCELLED");
});

test("a registration's own calendar opens by its private link alone", async () => {
  const { items } = await call("GET", "/registrations");
  assert.ok(items.length > 0);
  const wrong = await fetch(`${site.url}/fi/events/registrations/${items[0].id}/wrong/calendar.ics`);
  assert.equal(wrong.status, 404);
  const mail = mails.all().find(({ text }) => /\/events\/registrations\/\d+\//.test(text));
  const link = mail.text.match(/\/fi\/events\/registrations\/\d+\/[\w-]+/)[0];
  const { method, events } = read((await feed(`${link}/calendar.ics`)).text);
  assert.equal(method, "PUBLISH");
  assert.equal(events.length, 1);
});

test("the Atom feed is well-formed, with an id, a date and a link for each entry", async () => {
  const page = await site.newPage();
  await page.goto("/fi/events");
  for (const path of ["/fi/events/atom.xml", "/sv/regions/pirkanmaa/events/atom.xml"]) {
    const { type, text } = await feed(path);
    assert.match(type, /^application\/atom\+xml/);
    const entries = await page.evaluate((xml) => {
      const atom = "http://www.w3.org/2005/Atom";
      const document = new DOMParser().parseFromString(xml, "application/xml");
      if (document.querySelector("parsererror")) throw new Error(document.querySelector("parsererror").textContent);
      if (document.documentElement.namespaceURI !== atom) throw new Error("not Atom");
      return [...document.getElementsByTagNameNS(atom, "entry")].map((entry) => {
        const inner = (name) => entry.getElementsByTagNameNS(atom, name)[0].textContent;
        return { id: inner("id"), title: inner("title"), updated: inner("updated"),
          link: entry.getElementsByTagNameNS(atom, "link")[0].getAttribute("href") };
      });
    }, text);
    assert.ok(entries.length > 0);
    assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
    for (const { id, title, updated, link } of entries) {
      assert.ok(title);
      assert.ok(!Number.isNaN(Date.parse(updated)));
      assert.equal(id, link);
      assert.equal((await fetch(link)).status, 200);
    }
  }
});
