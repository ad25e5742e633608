"""A region's page for anonymous visitors, and networks' pages for somebody who is signed in."""

import sqlite3
from functools import partial

from harness import Page
from report import Outcome, Row, ratios

REGION = "/fi/regions/pirkanmaa/contacts"
NETWORK = "/fi/contacts/networks/{}"
ROLE = "contact_person"
SIGNED_IN_CONNECTIONS = 64


def sample_networks(database, email):
    """Of the networks that the person belongs to (and so sees in full) the one of median size and
    the largest, with their numbers of members."""
    with sqlite3.connect(database) as connection:
        sizes = connection.execute(
            "SELECT network_id, COUNT(*) FROM contacts_member "
            "WHERE valid_to IS NULL AND network_id IN (SELECT m.network_id FROM contacts_member m "
            "JOIN core_person p ON p.id = m.person_id WHERE p.email = ? AND m.valid_to IS NULL) "
            "GROUP BY network_id ORDER BY COUNT(*), network_id", (email,)).fetchall()
    return {"median": sizes[len(sizes) // 2], "largest": sizes[-1]}


def run(bench):
    toimela = bench.toimela()
    account = bench.account(ROLE)
    cookie = bench.sign_in(toimela, account)
    networks = sample_networks(bench.database, account["email"])
    region = bench.expect(toimela, Page(REGION))
    pages = {name: bench.expect(toimela, Page(NETWORK.format(number), cookie))
             for name, (number, _) in networks.items()}
    nginx = bench.nginx([region, *pages.values()])
    control = bench.control()

    def check():
        for server in (toimela, nginx):
            bench.check(server, region, exactly=True)
        for page in pages.values():
            bench.check(toimela, page, exactly=True)
            bench.check(nginx, page, exactly=True)
            bench.check(control, page)

    def compare(page, connections, *servers):
        return bench.rounds({server.name: partial(bench.load, server, page, connections)
                             for server in servers})

    check()
    rows, notes = [], []
    for connections in (64, 500):
        print(f"  region's page, {connections} connections", flush=True)
        found = compare(region, connections, toimela, nginx)
        rows.append(Row(f"Region's page, anonymous, {connections} connections: to nginx",
                        ratios(found["toimela"], found["nginx"]),
                        0.8 if connections == 500 else None, aim="1"))
        rows.append(Row("… Toimela's processor time a request: to nginx's",
                        ratios(found["toimela"], found["nginx"], "cpu")))
    for name, page in pages.items():
        members = networks[name][1]
        print(f"  network's page, {name}, signed in", flush=True)
        found = compare(page, SIGNED_IN_CONNECTIONS, toimela, control, nginx)
        what = f"Network's page, signed in, {name} size ({members} members)"
        rows.append(Row(f"{what}: to the naive control",
                        ratios(found["toimela"], found["control"]), 5))
        rows.append(Row("… the control's processor time a request: to Toimela's",
                        ratios(found["control"], found["toimela"], "cpu")))
        rows.append(Row(f"{what}: to nginx", ratios(found["toimela"], found["nginx"]), aim="0.1"))
    check()
    notes.append(f"Bytes of a response with its head: region's page {toimela.wire_size(region):,} "
                 f"(nginx {nginx.wire_size(region):,}); network's page " + ", ".join(
                     f"{name} {toimela.wire_size(page):,} (nginx {nginx.wire_size(page):,}, "
                     f"control {control.wire_size(page):,})" for name, page in pages.items()) + ".")
    return Outcome(rows, notes)
