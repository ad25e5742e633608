#include "handlers/transfer.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <span>
#include <sstream>

#include "handlers/received.h"
#include "toimela/secrets.h"
#include "operations/intake.h"
#include "operations/publications.h"
#include "store/parts.h"
#include "store/publications.h"
#include "store/series.h"
#include "view/intake.h"

namespace toimela::publications::handlers {

namespace fs = std::filesystem;

namespace {

constexpr int kPage = 200;
constexpr spreadsheet::Limits kLarge{.bytes = 100ULL * 1024 * 1024, .rows = 20'000};
const std::vector<std::string> kFileColumns{"address", "part", "role", "label", "accessible", "note", "path"};
const std::vector<std::string> kSeriesColumns{"type", "region", "title_fi", "title_sv", "title_en",
                                              "about_fi", "about_sv", "about_en", "issn"};

void writeFile(const fs::path& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary);
  out << content;
  out.close();
  if (!out) throw std::runtime_error(path.string() + " can not be written");
}

std::vector<spreadsheet::Row> readTable(Host& host, const fs::path& path) {
  auto read = spreadsheet::read(path.string(), kLarge);
  if (const auto* trouble = std::get_if<spreadsheet::Trouble>(&read))
    throw std::runtime_error(path.string() + ": " + host.texts().get(Locale::en, spreadsheet::messageKey(*trouble)));
  return std::get<std::vector<spreadsheet::Row>>(std::move(read));
}

std::vector<Series> seriesOf(Host& host) {
  return host.read([](ReadTx& tx) { return store::allSeries(tx); });
}

/// The rows of a table by the names of its columns.
std::vector<std::map<std::string, std::string>> records(const std::vector<spreadsheet::Row>& rows) {
  std::vector<std::map<std::string, std::string>> all;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    all.emplace_back();
    for (std::size_t column = 0; column < rows.front().cells.size(); ++column)
      all.back()[rows.front().cells[column]] = rows[i].cell(column);
  }
  return all;
}

void importSeries(Host& host, const fs::path& path) {
  for (auto& record : records(readTable(host, path))) {
    Series series{.isCollection = record["type"] == "collection",
                  .region = RegionCode::parse(record["region"]),
                  .title = {record["title_fi"], record["title_sv"], record["title_en"]},
                  .about = {record["about_fi"], record["about_sv"], record["about_en"]},
                  .issn = Issn::parse(record["issn"])};
    if (!series.title.empty())
      host.writeAs(std::nullopt, [&](WriteTx& tx) {
        tx.unaudited("a series that is there already is left as it is");
        return operations::takeInSeries(tx, series);
      });
  }
}

/// The file as if somebody had sent it. A copy is received: what is received is taken away.
files::Incoming receiveCopy(Host& host, const fs::path& path) {
  const fs::path copy = fs::temp_directory_path() / ("toimela-import-" + secrets::random());
  fs::copy_file(path, copy);
  const UploadedFile upload{"file", path.filename().string(),
                            std::make_shared<const SpooledFile>(copy.string(), fs::file_size(copy))};
  auto received = files::receive(host, upload, acceptedFiles());
  if (std::holds_alternative<files::Refusal>(received))
    throw std::runtime_error(path.string() + " is empty, too large, or of a kind that is not accepted");
  return std::get<files::Incoming>(std::move(received));
}

/// Within the folder, wherever the table says it lies.
fs::path inside(const fs::path& folder, const std::string& name) {
  const fs::path path = fs::weakly_canonical(folder / name);
  const auto relative = path.lexically_relative(fs::canonical(folder));
  if (relative.empty() || *relative.begin() == ".." || !fs::is_regular_file(path))
    throw std::runtime_error("there is no file " + name + " in the folder");
  return path;
}

int importFiles(Host& host, const fs::path& folder, const std::map<std::string, PublicationId>& added) {
  constexpr Powers kEverything{.edits = true, .reviews = true, .needsReview = true};
  std::map<std::string, PartId> parts;
  int count = 0;
  for (auto& record : records(readTable(host, folder / "files.csv"))) {
    const auto publication = added.find(record["address"]);
    if (publication == added.end()) continue;
    const auto incoming = receiveCopy(host, inside(folder, record["path"]));
    const std::string key = record["address"] + "/" + record["part"];
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      if (const auto known = parts.find(key); known != parts.end()) {
        operations::addVersion(tx, publication->second, known->second, incoming, record["note"], kEverything);
        return;
      }
      const Part part{.role = parsePartRole(record["role"]).value_or(PartRole::main), .label = record["label"],
                      .isAccessible = record["accessible"] == "1"};
      operations::addPart(tx, publication->second, part, incoming, kEverything);
    });
    if (!parts.contains(key))
      parts[key] = host.read([&](ReadTx& tx) { return store::partsOf(tx, publication->second).back().id; });
    ++count;
  }
  return count;
}

std::vector<view::Sent> sentFrom(Host& host, const fs::path& from, std::string& report) {
  if (from.extension() == ".bib") {
    std::ifstream in(from, std::ios::binary);
    std::stringstream content;
    content << in.rdbuf();
    if (!in) throw std::runtime_error(from.string() + " can not be read");
    std::vector<view::Sent> sent;
    const BibtexFile file = parseBibtex(content.str());
    for (const BibtexEntry& entry : file.entries) sent.push_back(view::fromBibtex(entry));
    for (const int line : file.damaged) report += "line " + std::to_string(line) + ": the entry is damaged\n";
    return sent;
  }
  auto table = view::fromTable(readTable(host, from), seriesOf(host));
  for (const std::string& name : table.unknown) report += "there is no column " + name + "; it is left out\n";
  return std::move(table.sent);
}

int say(const std::function<Sums()>& work) {
  try {
    const Sums sums = work();
    std::cout << sums.added << " publications, " << sums.files << " files; " << sums.known << " were known, " << sums.wrong
              << " were left out\n";
    return sums.wrong ? 1 : 0;
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}

}  // namespace

Sums exportAll(Host& host, const std::string& to) {
  const fs::path folder = to;
  fs::create_directories(folder / "files");
  const auto series = seriesOf(host);
  Sums sums;
  spreadsheet::Writer seriesTable(spreadsheet::Format::csv, "series", kSeriesColumns);
  for (const Series& each : series)
    seriesTable.row({each.isCollection ? "collection" : "series", each.region ? each.region->text() : "", each.title.fi,
                     each.title.sv, each.title.en, each.about.fi, each.about.sv, each.about.en, each.issn ? each.issn->text() : ""});
  spreadsheet::Writer table(spreadsheet::Format::csv, "publications", view::columns());
  spreadsheet::Writer fileTable(spreadsheet::Format::csv, "files", kFileColumns);
  for (PublicationId after{0};;) {
    const auto page = host.read([&](ReadTx& tx) {
      std::vector<std::pair<Publication, std::vector<Part>>> found;
      for (const PublicationId id : store::allAfter(tx, after, kPage))
        found.emplace_back(*store::find(tx, id), store::partsOf(tx, id));
      return found;
    });
    for (const auto& [p, parts] : page) {
      table.row(view::toRow(p, series));
      ++sums.added;
      int number = 0;
      for (const Part& part : parts) {
        ++number;
        for (auto version = part.versions.rbegin(); version != part.versions.rend(); ++version) {
          const auto content = files::contentOf(host, version->file);
          if (!content) throw std::runtime_error("the content of a file of " + p.shortCode + " is not there");
          // A folder a version: names of the files stay as they are.
          const std::string place = "files/" + p.shortCode + "/" + std::to_string(number) + "-" + std::to_string(version->number);
          fs::create_directories(folder / place);
          const std::string path = place + "/" + version->name;
          fs::copy_file(*content, folder / path, fs::copy_options::overwrite_existing);
          fileTable.row({p.shortCode, std::to_string(number), std::string(code(part.role)), part.label,
                         part.isAccessible ? "1" : "0", version->note, path});
          ++sums.files;
        }
      }
    }
    if (page.size() < kPage) break;
    after = page.back().first.id;
  }
  writeFile(folder / "series.csv", seriesTable.finish());
  writeFile(folder / "publications.csv", table.finish());
  writeFile(folder / "files.csv", fileTable.finish());
  return sums;
}

Sums importAll(Host& host, const std::string& from, bool onlyCheck, std::string& report) {
  const fs::path path = from;
  const bool isFolder = fs::is_directory(path);
  if (isFolder && !onlyCheck && fs::exists(path / "series.csv")) importSeries(host, path / "series.csv");
  const auto sent = sentFrom(host, isFolder ? path / "publications.csv" : path, report);
  const auto series = seriesOf(host);
  const view::Words words(Locale::en, host);
  Sums sums;
  std::map<std::string, PublicationId> added;
  std::vector<view::Judged> good;
  for (const view::Sent& each : sent) {
    view::Judged judged = view::judge(each, series, words);
    for (const std::string& problem : judged.problems) report += judged.where + ": " + problem + "\n";
    if (judged.publication) good.push_back(std::move(judged));
    else ++sums.wrong;
  }
  if (onlyCheck) {
    sums.added = static_cast<int>(good.size());
    return sums;
  }
  // Many in one commit: each commit waits for the disk.
  for (std::size_t from = 0; from < good.size(); from += kPage) {
    const auto some = std::span(good).subspan(from, std::min<std::size_t>(kPage, good.size() - from));
    const auto arrivals = host.writeAs(std::nullopt, [&](WriteTx& tx) {
      std::vector<operations::Arrival> all;
      for (const view::Judged& each : some) all.push_back(operations::takeIn(tx, *each.publication, each.state));
      return all;
    });
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
      const bool isNew = arrivals[i].taken == operations::Taken::added;
      ++(isNew ? sums.added : sums.known);
      if (isNew && !some[i].publication->shortCode.empty()) added.emplace(some[i].publication->shortCode, arrivals[i].id);
    }
  }
  if (isFolder && fs::exists(path / "files.csv")) sums.files = importFiles(host, path, added);
  return sums;
}

Command exportCommand() {
  return {"export", "FOLDER", "writes all publications with their files into a folder that import reads back",
          [](Host& host, const std::vector<std::string>& words) {
            if (words.size() != 1) return 2;
            return say([&] { return exportAll(host, words[0]); });
          }};
}

Command importCommand() {
  return {"import", "FOLDER|FILE [--check]", "takes in a folder of export, a table (CSV, XLSX) or BibTeX (.bib)",
          [](Host& host, const std::vector<std::string>& words) {
            const bool onlyCheck = words.size() == 2 && words[1] == "--check";
            if (words.empty() || words.size() > 2 || (words.size() == 2 && !onlyCheck)) return 2;
            return say([&] {
              std::string report;
              const Sums sums = importAll(host, words[0], onlyCheck, report);
              std::cerr << report;
              return sums;
            });
          }};
}

}  // namespace toimela::publications::handlers
