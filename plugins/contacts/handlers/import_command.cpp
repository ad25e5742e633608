// toimela contacts import FILE --network N [--dry-run]
#include <algorithm>
#include <iostream>

#include "handlers/import.h"
#include "handlers/import_source.h"
#include "operations/import.h"
#include "store/networks.h"

namespace toimela::contacts::handlers {

namespace {

constexpr std::size_t kProgressEvery = 500;

struct Wish {
  std::string file;
  NetworkId network;
  bool dryRun = false;
};

std::optional<Wish> wishOf(const std::vector<std::string>& arguments) {
  Wish wish;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--dry-run") {
      wish.dryRun = true;
    } else if (arguments[i] == "--network" && i + 1 < arguments.size()) {
      wish.network = {parseId(arguments[++i]).value_or(0)};
    } else if (wish.file.empty() && !arguments[i].starts_with("--")) {
      wish.file = arguments[i];
    } else {
      return std::nullopt;
    }
  }
  return wish.file.empty() || wish.network.value == 0 ? std::nullopt : std::optional(wish);
}

void printWrong(const operations::ImportPlan& plan, const Host& host) {
  for (const auto& planned : plan.rows)
    for (const ImportFault fault : planned.row.faults)
      std::cerr << "Row " << planned.number << ": "
                << host.texts().get(Locale::en, "contacts.import.fault." + std::string(code(fault))) << '\n';
}

void printCounts(const operations::ImportPlan& plan, bool isDone) {
  using operations::ImportOutcome;
  std::cout << (isDone ? "Added: " : "Would be added: ") << plan.additions() << " ("
            << plan.count(ImportOutcome::newPerson) << " new people). Members already: "
            << plan.count(ImportOutcome::alreadyMember) << ". Wrong: " << plan.count(ImportOutcome::wrong) << ".\n";
}

operations::Progress progressFor(std::string_view what, std::size_t total) {
  return [what, total](std::size_t done) {
    if (done % kProgressEvery == 0) std::cerr << what << ' ' << done << " of " << total << '\n';
  };
}

int import(Host& host, const Wish& wish) {
  const auto network = host.read([&](ReadTx& tx) { return store::findNetwork(tx, wish.network); });
  const auto read = readSource(wish.file, {});
  if (!network) std::cerr << "There is no network " << wish.network.text() << ".\n";
  if (const auto* key = std::get_if<std::string>(&read)) std::cerr << host.texts().get(Locale::en, *key) << '\n';
  if (!network || std::holds_alternative<std::string>(read)) return 1;

  const auto& source = std::get<ImportSource>(read);
  const auto words = vocabularyOf(host);
  const auto plan = host.read([&](ReadTx& tx) {
    return operations::planImport(tx, *network, source.rows, source.layout, words, progressFor("Checked", source.rows.size()));
  });
  printWrong(plan, host);
  const bool isSound = plan.count(operations::ImportOutcome::wrong) == 0;
  if (wish.dryRun || !isSound || plan.additions() == 0) {
    printCounts(plan, false);
    if (!isSound) std::cerr << "Nothing was imported: correct the rows above first.\n";
    return isSound ? 0 : 1;
  }
  const auto done = host.writeAs({}, [&](WriteTx& tx) {
    return operations::carryOut(tx, *network, source.rows, source.layout, words, Locale::fi, plan.mark(),
                                progressFor("Added", plan.additions()));
  });
  if (!done) {
    std::cerr << "The network changed meanwhile; nothing was imported. Try again.\n";
    return 1;
  }
  printCounts(*done, true);
  return 0;
}

}  // namespace

Command importCommand() {
  return {"import", "FILE --network NUMBER [--dry-run]",
          "add members to a network from an XLSX or CSV file, all or none", [](Host& host, const std::vector<std::string>& arguments) {
            const auto wish = wishOf(arguments);
            if (wish) return import(host, *wish);
            std::cerr << "Usage: toimela contacts import FILE --network NUMBER [--dry-run]\n";
            return 2;
          }};
}

}  // namespace toimela::contacts::handlers
