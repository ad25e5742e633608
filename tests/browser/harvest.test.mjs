// A harvester that is not ours (HTTP::OAI of Debian's libhttp-oai-perl) takes an archive of 10,000 records, and
// then what has changed and what was withdrawn; it agrees with the archive each time.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { follow, startSite } from "./harness.mjs";

const run = promisify(execFile);
const records = 10_000;
const site = await startSite();
after(() => site.stop());

const script = `
use strict; use warnings; use HTTP::OAI;
my ($url, $format, $from) = @ARGV;
my $harvester = HTTP::OAI::Harvester->new(baseURL => $url);
my $identify = $harvester->Identify;
die "Identify: " . $identify->message if $identify->is_error;
die "deletedRecord" unless $identify->deletedRecord eq "persistent";
my $answer = $harvester->ListRecords(metadataPrefix => $format, ($from ? (from => $from) : ()), onRecord => sub {
  my $record = shift;
  print join("\\t", $record->identifier, $record->datestamp, $record->is_deleted ? 1 : 0), "\\n";
});
die "ListRecords: " . $answer->message if $answer->is_error;
`;

async function harvest(format, from = "") {
  const { stdout } = await run("perl", ["-e", script, `${site.url}/oai`, format, from], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim().split("\n").filter(Boolean).map((line) => {
    const [identifier, datestamp, deleted] = line.split("\t");
    return { identifier, datestamp, deleted: deleted === "1" };
  });
}

/** Ids of everything that is public, as programs are told. */
async function publicIds(page) {
  const ids = [];
  for (let next = ""; next !== null; ) {
    const answer = await (await page.request.get(`/api/v1/publications?limit=200${next && `&after=${next}`}`)).json();
    ids.push(...answer.items.map(({ id }) => id));
    next = answer.next;
  }
  return ids;
}

/** What the archive's clock shows. */
async function responseDate(page) {
  const answer = await (await page.request.get("/oai?verb=Identify")).text();
  return answer.match(/<responseDate>([^<]+)</)[1];
}

test("an independent harvester takes the whole archive, then what changed and what was withdrawn", async () => {
  const rows = ["state;region;kind;title_fi;creators;issued"];
  for (let i = 0; i < records; ++i) rows.push(`published;06;report;Raportti ${i} & <muut>;Tekijä, Tiina ${i};${1990 + (i % 36)}`);
  const table = path.join(site.data, "table.csv");
  await writeFile(table, rows.join("\n"));
  await site.command(`publications import ${table}`);

  const page = await site.newPage();
  const all = await publicIds(page);
  assert.ok(all.length > records);
  const idOf = ({ identifier }) => identifier.split(":").pop();
  let newest = "";
  for (const format of ["oai_dc", "oai_qdc"]) {
    const harvested = await harvest(format);
    newest = harvested.map(({ datestamp }) => datestamp).sort().at(-1);
    assert.equal(new Set(harvested.map(idOf)).size, harvested.length, "each once");
    assert.deepEqual(harvested.filter(({ deleted }) => !deleted).map(idOf).sort(), [...all].sort());
  }

  // From the archive's own second after the last change, so that what was harvested and what changes now are told apart.
  let from;
  do from = await responseDate(page);
  while (from <= newest);
  await site.signIn(page, site.accounts.find(({ role }) => role === "national_admin"));
  for (const id of all.slice(0, 3)) {
    await page.goto(`/fi/publications/${id}/withdraw`);
    await page.fill("[name=why]", "Korvattu");
    await follow(page, "main form.form [type=submit]");
    assert.match(await page.locator("body").innerText(), /Julkaisu on poistettu käytöstä/);
  }
  const changed = await harvest("oai_dc", from);
  assert.deepEqual(changed.map(idOf).sort(), all.slice(0, 3).sort());
  assert.ok(changed.every(({ deleted }) => deleted));
});
