"""Each tool as one or more runs: what was called, what it looked at, and what it found."""

import csv
import html
import json
import os
import random
import re
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMANDS = ("ffuf", "sqlmap", "wapiti", "slowhttptest", "testssl", "openssl")
# All that need nothing from elsewhere.
WAPITI_MODULES = ("backup,blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,"
                  "redirect,shellshock,sql,xss,xxe")
SEVERE = ("LOW", "MEDIUM", "HIGH", "CRITICAL")


@dataclass
class Run:
    name: str
    command: list
    summary: str
    findings: list = field(default_factory=list)


def shown(command, site):
    """The command for a reader: without what is different each time or nobody's business."""
    text = []
    for part in map(str, command):
        part = part.replace(site.tls_base, "https://SERVICE").replace(site.base, "http://SERVICE")
        part = part.replace(str(site.folder), "FOLDER").replace(str(HERE), "scripts/security.d")
        part = re.sub(r"(Cookie: |^(?=toimela)).*=.*", r"\1…", part)
        text.append(part if re.fullmatch(r"[\w./:=,+-]+", part) else f"'{part}'")
    return text


# A tool that asks for news of itself while it runs gets none.
LOOPBACK_ONLY = {**os.environ, "HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9",
                 "NO_PROXY": "127.0.0.1,localhost"}


def call(command, seconds, log, check=None, environment=None):
    """Ends what takes longer, as a round has an end; True if it came to its own."""
    with open(log, "wb") as output:
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                  timeout=seconds, env=environment)
        except subprocess.TimeoutExpired:
            return False
    if check is not None and done.returncode not in check:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {log.read_text(errors='replace')[-800:]}")
    return True


def visitors(site):
    yield "stranger", []
    yield "signed in", ["-H", "Cookie: " + site.session()]


def read(site, path, cookie):
    request = urllib.request.Request(site.base + path, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            if "text/html" not in answer.headers.get("Content-Type", ""):
                return ""
            return answer.read().decode(errors="replace")
    except urllib.error.HTTPError:
        return ""


def addresses(site, cookie, most=250):
    """Addresses with a query that pages lead to, one of each kind: the fields of links and of forms that read."""
    waiting, seen, found = ["/fi"], set(), {}
    end = time.monotonic() + 60
    while waiting and len(seen) < most and time.monotonic() < end:
        path = waiting.pop(0)
        kind = re.sub(r"\d+|/regions/[^/?]+", "#", path.split("?")[0])
        if kind in seen:
            continue
        seen.add(kind)
        page = read(site, path, cookie)
        for form in re.findall(r"<form\b[^>]*>.*?</form>", page, re.S):
            head = re.match(r"<form\b[^>]*>", form).group(0)
            if 'method="post"' in head.lower():
                continue
            action = re.search(r'action="([^"]*)"', head)
            names = sorted(set(re.findall(r'\bname="([^"]+)"', form[len(head):])))
            target = html.unescape(action.group(1)).split("?")[0] if action and action.group(1) else path.split("?")[0]
            if names and target.startswith("/"):
                query = urllib.parse.urlencode([(name, "1") for name in names])
                found[(re.sub(r"\d+", "#", target), tuple(names))] = f"{target}?{query}"
        for link in re.findall(r'href="(/fi[^"#]*)', page):
            link = html.unescape(link)
            if "?" in link:
                names = tuple(sorted(set(re.findall(r"[?&]([^=&]+)=", link))))
                found.setdefault((re.sub(r"\d+", "#", link.split("?")[0]), names), link)
            waiting.append(link)
    return sorted(found.values())


def ffuf_run(site, name, seconds, words, url, header, codes):
    report = site.reports / f"ffuf-{re.sub(r'[^a-z]+', '-', name)}.json"
    command = ["ffuf", *words, "-u", url, "-mc", codes, "-t", "8", "-timeout", "20", "-maxtime", str(int(seconds)),
               "-of", "json", "-o", report, "-s", *header]
    begun = time.monotonic()
    call(command, seconds + 60, report.with_suffix(".log"), check=(0,))
    results = json.loads(report.read_text())["results"] if report.exists() else []
    ended = " (ended by its time)" if time.monotonic() - begun >= seconds else ""
    tried = len(Path(words[1].rsplit(":", 1)[0]).read_text().splitlines())
    findings = sorted({f"{one['status']} for {urllib.parse.unquote(one['url'].removeprefix(site.base))}" for one in results})
    return Run(name, shown(command, site), f"{tried} addresses{ended}", findings)


def ffuf(site, seconds):
    """Files that leak from servers, and hostile values in every place of an address."""
    for who, header in visitors(site):
        yield ffuf_run(site, f"ffuf, what must not be there, {who}", seconds, ["-w", f"{HERE}/paths:PATH"],
                       f"{site.base}/PATH", header, "200-299,500-599")
        cookie = header[1].removeprefix("Cookie: ") if header else ""
        places = site.folder / "places"
        lines = []
        for route in site.routes():
            if route["method"] != "GET" or "sign-out" in route["pattern"]:
                continue
            names = re.findall(r"\{[^}]+\}", route["pattern"])
            front = "/fi" if route["localised"] else ""
            for name in names:
                path = route["pattern"].replace(name, "VALUE")
                path = re.sub(r"\{region\*?\}", "pirkanmaa", path)
                lines.append(front + re.sub(r"\{[^}]+\}", "1", path))
        for address in addresses(site, cookie):
            path, query = address.split("?", 1)
            pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
            for at in range(len(pairs)):
                lines.append(path + "?" + "&".join(
                    f"{urllib.parse.quote(key)}={'VALUE' if at == i else urllib.parse.quote(text)}"
                    for i, (key, text) in enumerate(pairs)))
        values = (HERE / "values").read_text().split()
        tries = [place.replace("VALUE", value) for place in sorted(set(lines)) for value in values]
        # In an order of its own, so that a run that ends by its time has seen something of everything.
        random.Random(1).shuffle(tries)
        wordlist = site.folder / "places"
        wordlist.write_text("\n".join(tries) + "\n")
        yield ffuf_run(site, f"ffuf, hostile values, {who}", seconds, ["-w", f"{wordlist}:PLACE"],
                       f"{site.base}PLACE", header, "500-599")


def sqlmap(site, seconds):
    """Injection into the fields of addresses and of the form to sign in."""
    common = ["--batch", "--disable-coloring", "--dbms", "SQLite", "--level", "2", "--risk", "2", "--technique", "BEUT",
              "--time-sec", "3", "--flush-session", "--output-dir", site.folder / "sqlmap"]

    def of_addresses(name, chosen, cookie, more):
        targets = site.folder / "targets"
        targets.write_text("".join(site.base + one + "\n" for one in chosen))
        return sqlmap_run(site, name, seconds, ["sqlmap", "-m", targets, *common, *more,
                                                *(["--cookie", cookie] if cookie else [])], f"{len(chosen)} addresses")

    for who, header in visitors(site):
        cookie = header[1].removeprefix("Cookie: ") if header else ""
        found = addresses(site, cookie)
        random.Random(1).shuffle(found)
        # The heuristics of --smart leave time for every field; the busiest lists get all there is.
        yield of_addresses(f"sqlmap, all fields of addresses, {who}", found, cookie, ["--smart", "--threads", "4"])
        busiest = sorted(found, key=lambda one: one.count("&"), reverse=True)[:3]
        yield of_addresses(f"sqlmap, the longest queries, {who}", busiest, cookie, ["--threads", "4"])
    yield sqlmap_run(site, "sqlmap, the form to sign in", seconds,
                     ["sqlmap", "-u", site.base + "/fi/sign-in", "--data", "csrf=1&email=a@example.org&password=b&next=",
                      "-p", "email,password,next", "--csrf-token", "csrf", "--csrf-url", site.base + "/fi/sign-in",
                      "--headers", "Origin: " + site.base, *common], "1 form")


def sqlmap_run(site, name, seconds, command, looked_at):
    results = site.reports / f"sqlmap-{re.sub(r'[^a-z]+', '-', name)}.csv"
    log = results.with_suffix(".log")
    done = call([*command, "--results-file", results], seconds, log)
    text = log.read_text(errors="replace")
    findings = []
    if results.exists():
        rows = list(csv.reader(results.open()))[1:]
        findings = [" ".join(cell for cell in row if cell) for row in rows if any(row[2:])]
    findings += sorted({line.strip() for line in text.splitlines()
                        if "is vulnerable" in line or "sqlmap identified" in line})
    tested = len(re.findall(r"testing if .* is dynamic|ignoring .* parameter", text))
    summary = looked_at + ("" if done else " (ended by its time)") + (f", {tested} fields" if tested else "")
    return Run(name, shown(command, site), summary, findings)


def wapiti(site, seconds):
    """What pages give back of what is sent to them: scripts, files, commands, redirects, headers."""
    for who, header in visitors(site):
        report = site.reports / f"wapiti-{who.replace(' ', '-')}.json"
        leave = [one for path in ("sign-out", "account/sessions", "account/password")
                 for one in ("-x", f"{site.base}/fi/{path}*")]
        command = ["/usr/bin/python3", HERE / "wapiti_launcher.py", "-u", site.base + "/", "-s", site.base + "/fi",
                   "--scope", "folder", "-d", "4", "--max-links-per-page", "60",
                   "--max-files-per-dir", "15", "--max-parameters", "20", "--max-scan-time", str(int(seconds / 3)),
                   "--max-attack-time", str(max(int(seconds / 12), 5)), "-S", "normal", "-m", WAPITI_MODULES, "--flush-session",
                   "--no-bugreport", "--endpoint", "http://127.0.0.1:9", "--store-session", site.folder / "wapiti",
                   # It says that it takes Brotli and can not read it.
                   "-H", "Accept-Encoding: gzip", "-H", "Origin: " + site.base, *header, *leave, "-f", "json", "-o", report]
        (site.folder / "wapiti").mkdir(exist_ok=True)
        call(command, seconds * 2, report.with_suffix(".log"), environment=LOOPBACK_ONLY)
        findings, looked_at = [], "no report"
        if report.exists():
            told = json.loads(report.read_text())
            for group in ("vulnerabilities", "anomalies"):
                for kind, cases in told.get(group, {}).items():
                    findings += [f"{kind}: {case.get('method')} {case.get('path')}: {case.get('info')}" for case in cases]
        else:
            findings = ["wapiti has made no report: " + report.with_suffix(".log").read_text(errors="replace")[-300:]]
        text = report.with_suffix(".log").read_text(errors="replace")
        found = re.search(r"found (\d+) URLs and forms", text)
        if found:
            looked_at = f"{found.group(1)} pages and forms"
        yield Run(f"wapiti, {who}", shown(command, site), looked_at, sorted(set(findings)))


def slow(site, seconds):
    """Clients that are slow on purpose, a thousand at a time; meanwhile somebody wants a page."""
    length = max(int(min(seconds, 180) / 4), 10)
    for what, mode in (("headers", ["-H"]), ("bodies", ["-B", "-t", "POST"]), ("ranges", ["-R"]),
                       ("readers", ["-X", "-w", "16", "-y", "64", "-z", "8", "-k", "3"])):
        command = ["slowhttptest", *mode, "-c", "1000", "-r", "200", "-i", "5", "-l", str(length), "-p", "10",
                   "-u", site.base + "/fi/sign-in"]
        waits, over = [], threading.Event()

        def probe():
            while not over.wait(1):
                waits.append(site.still_serves())

        watching = threading.Thread(target=probe)
        watching.start()
        log = site.reports / f"slowhttptest-{what}.log"
        call(command, length + 60, log)
        over.set()
        watching.join()
        text = log.read_text(errors="replace")
        findings = ["no page came within 10 seconds"] if None in waits else []
        if re.search(r"service available:\s*(?:\x1b\[\d+m)*NO", text):
            findings.append("slowhttptest says that the service was not available")
        longest = max((wait for wait in waits if wait is not None), default=0)
        yield Run(f"slowhttptest, slow {what}", shown(command, site),
                  f"1000 connections, {len(waits)} pages meanwhile, the slowest after {longest:.2f} s", findings)


def tls(site, seconds):
    """The service's own TLS with a certificate made for this."""
    report = site.reports / "testssl.json"
    command = ["testssl", "--quiet", "--color", "0", "--warnings", "off", "--ip", "127.0.0.1", "--nodns", "none",
               "--jsonfile", report, site.tls_base]
    done = call(command, max(seconds * 2, 300), report.with_suffix(".log"))
    told = json.loads(report.read_text()) if done and report.exists() else []
    findings = [f"{one['id']}: {one['severity']}: {one['finding']}" for one in told if one["severity"] in SEVERE]
    if not told:
        findings = ["testssl has made no report: " + report.with_suffix(".log").read_text(errors="replace")[-300:]]
    offered = ", ".join(one["id"].replace("_", ".") for one in told
                        if re.fullmatch(r"TLS1(_\d)?", one["id"]) and one["finding"].startswith("offered"))
    yield Run("testssl", shown(command, site), f"{len(told)} checks, offers {offered}", findings)


ALL = {"ffuf": ffuf, "sqlmap": sqlmap, "wapiti": wapiti, "slowhttptest": slow, "testssl": tls}
