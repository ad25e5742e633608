#include "exchange/commands.h"

#include <fstream>
#include <iostream>
#include <set>

#include "directory/organisations.h"
#include "directory/reference.h"
#include "exchange/exchange_store.h"
#include "exchange/organisation_table.h"
#include "toimela/spreadsheet.h"

namespace toimela::exchange {

namespace {

using Arguments = std::vector<std::string>;
using spreadsheet::Cell;

constexpr int kAtOnce = 1'000;
constexpr std::size_t kProgressEvery = 1'000;

int wrongUse(const char* usage) {
  std::cerr << "Usage: toimela " << usage << '\n';
  return 2;
}

// ---- import ----

struct Incoming {
  int row = 0;
  Organisation organisation;
};

Vocabulary vocabularyOf(Host& host) {
  Vocabulary words;
  for (const Sector sector : kSectors) {
    words.sectors[std::string(code(sector))] = sector;
    for (const Locale locale : kLocales)
      words.sectors[folded(host.texts().get(locale, "directory.sector." + std::string(code(sector))))] = sector;
  }
  for (const Region& region : host.regions()) {
    for (const std::string& name : {region.slug, region.code.text(), region.name.fi, region.name.sv, region.name.en})
      if (!name.empty()) words.regions.insert_or_assign(folded(name), region.code);
    const auto municipalities =
        host.read([&](ReadTx& tx) { return directory::municipalitiesOf(tx, region.code, Date::today()); });
    for (const auto& municipality : municipalities)
      for (const std::string& name : {municipality.code.text(), municipality.name.fi, municipality.name.sv})
        if (!name.empty()) words.municipalities.insert_or_assign(folded(name), Place{municipality.code, region.code});
  }
  return words;
}

/// The rows, or nothing after having said what is wrong with every one that is.
std::optional<std::vector<Incoming>> readFile(Host& host, const std::string& path) {
  const auto read = spreadsheet::read(path);
  if (const auto* trouble = std::get_if<spreadsheet::Trouble>(&read)) {
    std::cerr << host.texts().get(Locale::en, spreadsheet::messageKey(*trouble)) << '\n';
    return std::nullopt;
  }
  const auto& rows = std::get<std::vector<spreadsheet::Row>>(read);
  const auto layout = rows.empty() ? std::nullopt : layoutOf(rows.front().cells);
  if (!layout) {
    std::cerr << "The first row must have the names of the columns, at least \"" << kHeadings.front() << "\" or \"Name\".\n";
    return std::nullopt;
  }
  const Vocabulary words = vocabularyOf(host);
  std::vector<Incoming> organisations;
  std::set<std::string> businessIds;
  bool isSound = true;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto [organisation, faults] = readOrganisation(rows[i].cells, *layout, words);
    if (organisation.businessId && !businessIds.insert(organisation.businessId->text()).second)
      faults.emplace_back("An earlier row has the same business id.");
    for (const std::string& fault : faults) std::cerr << "Row " << rows[i].number << ": " << fault << '\n';
    isSound = isSound && faults.empty();
    organisations.push_back({rows[i].number, std::move(organisation)});
  }
  if (isSound) return organisations;
  std::cerr << "Nothing was imported: correct the rows above first.\n";
  return std::nullopt;
}

int importOrganisations(Host& host, const Arguments& given) {
  Arguments arguments = given;
  const bool dryRun = std::erase(arguments, "--dry-run") > 0;
  if (arguments.size() != 1 || arguments.front().starts_with("--"))
    return wrongUse("import organisations FILE [--dry-run]");
  const auto incoming = readFile(host, arguments.front());
  if (!incoming) return 1;
  const auto isNew = [&](ReadTx& tx, const Incoming& one) { return !isKnown(tx, one.organisation); };
  const auto additions = [&](ReadTx& tx) {
    return std::count_if(incoming->begin(), incoming->end(), [&](const Incoming& one) { return isNew(tx, one); });
  };
  std::int64_t added = 0;
  if (dryRun) {
    added = host.read(additions);
  } else {
    added = host.writeAs({}, [&](WriteTx& tx) {
      std::int64_t count = 0;
      for (std::size_t i = 0; i < incoming->size(); ++i) {
        if ((i + 1) % kProgressEvery == 0) std::cerr << "Row " << i + 1 << " of " << incoming->size() << '\n';
        if (isNew(tx, (*incoming)[i]) && directory::addOrganisation(tx, (*incoming)[i].organisation)) ++count;
      }
      if (count == 0) tx.unaudited("an import without anything new changes nothing");
      return count;
    });
  }
  std::cout << (dryRun ? "Would be added: " : "Added: ") << added
            << ". Known already: " << static_cast<std::int64_t>(incoming->size()) - added << ".\n";
  return 0;
}

// ---- export ----

/// Writes the file whole or leaves nothing behind.
int save(const std::string& path, const std::string& content, std::size_t count) {
  const std::string unfinished = path + ".part";
  {
    std::ofstream out(unfinished, std::ios::binary);
    out << content;
    if (!out.flush()) {
      std::cerr << path << " can not be written.\n";
      std::remove(unfinished.c_str());
      return 1;
    }
  }
  if (std::rename(unfinished.c_str(), path.c_str()) != 0) {
    std::cerr << path << " can not be written.\n";
    std::remove(unfinished.c_str());
    return 1;
  }
  std::cout << count << " rows are in " << path << ".\n";
  return 0;
}

std::optional<spreadsheet::Format> formatOf(const Arguments& arguments) {
  if (arguments.size() != 1) return std::nullopt;
  const auto dot = arguments.front().rfind('.');
  return dot == std::string::npos ? std::nullopt : spreadsheet::parseFormat(arguments.front().substr(dot + 1));
}

std::string textOf(const auto& value) { return value ? value->text() : std::string(); }

std::vector<Cell> cellsOf(ReadTx& tx, Host& host, const Organisation& o) {
  const std::string municipality = o.municipality ? directory::municipalityName(tx, *o.municipality).fi : "";
  return {o.name.fi, o.name.sv, o.name.en, textOf(o.businessId), o.registerNumber,
          host.texts().get(Locale::fi, "directory.sector." + std::string(code(o.sector))),
          host.region(o.region)->name.fi, municipality, o.website};
}

int exportOrganisations(Host& host, const Arguments& arguments) {
  const auto format = formatOf(arguments);
  if (!format) return wrongUse("export organisations FILE (its name ends with .xlsx or .csv)");
  spreadsheet::Writer writer(*format, "Organisaatiot", {kHeadings.begin(), kHeadings.end()});
  std::size_t count = 0;
  host.read([&](ReadTx& tx) {
    OrganisationId after{0};
    for (;;) {
      const auto part = directory::organisationsAfter(tx, after, {}, kAtOnce);
      for (const Organisation& organisation : part) writer.row(cellsOf(tx, host, organisation));
      count += part.size();
      if (part.size() < kAtOnce) return true;
      after = part.back().id;
    }
  });
  return save(arguments.front(), writer.finish(), count);
}

int exportPeople(Host& host, const Arguments& arguments) {
  const auto format = formatOf(arguments);
  if (!format) return wrongUse("export people FILE (its name ends with .xlsx or .csv)");
  spreadsheet::Writer writer(*format, "Henkilöt", {"Sukunimi", "Etunimi", "Sähköposti", "Puhelin", "Kieli"});
  const auto people = host.read([](ReadTx& tx) { return allPeople(tx); });
  for (const Person& person : people)
    writer.row({person.familyName, person.givenName, person.email.text(), person.phone, std::string(code(person.language))});
  return save(arguments.front(), writer.finish(), people.size());
}

}  // namespace

void contribute(Registry& registry) {
  registry.command({"import organisations", "FILE [--dry-run]",
                    "add organisations from an XLSX or CSV file, all or none", importOrganisations});
  registry.command({"export organisations", "FILE", "write all organisations to an XLSX or CSV file", exportOrganisations});
  registry.command({"export people", "FILE", "write all people with their contact details to an XLSX or CSV file", exportPeople});
}

}  // namespace toimela::exchange
