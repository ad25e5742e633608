#include "handlers/transfer.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <span>
#include <sstream>

#include "handlers/packed.h"
#include "handlers/received.h"
#include "toimela/secrets.h"
#include "operations/articles.h"
#include "operations/intake.h"
#include "operations/publications.h"
#include "store/articles.h"
#include "store/parts.h"
#include "store/publications.h"
#include "store/series.h"
#include "view/forms.h"
#include "view/intake.h"

namespace toimela::publications::handlers {

namespace fs = std::filesystem;

namespace {

constexpr int kPage = 200;
constexpr spreadsheet::Limits kLarge{.bytes = 100ULL * 1024 * 1024, .rows = 20'000};
const std::vector<std::string> kFileColumns{"address", "part", "role", "label", "accessible", "note", "path"};
const std::vector<std::string> kArticleColumns{"region", "day", "author", "published", "title_fi", "title_sv", "title_en",
                                               "body_fi", "body_sv", "body_en", "image", "image_alt"};
const std::vector<std::string> kSeriesColumns{"type", "region", "title_fi", "title_sv", "title_en",
                                              "about_fi", "about_sv", "about_en", "issn"};

void writeFile(const fs::path& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary);
  out << content;
  out.close();
  if (!out) throw std::runtime_error(path.string() + " can not be written");
}

std::vector<spreadsheet::Row> readTable(Host& host, const fs::path& path, Locale locale = Locale::en) {
  auto read = spreadsheet::read(path.string(), kLarge);
  if (const auto* trouble = std::get_if<spreadsheet::Trouble>(&read))
    throw ImportError(path.filename().string() + ": " + host.texts().get(locale, spreadsheet::messageKey(*trouble)));
  return std::get<std::vector<spreadsheet::Row>>(std::move(read));
}

/// A table of the folder, whichever kind of file it is.
std::optional<fs::path> tableIn(const fs::path& folder, const std::string& name) {
  for (const char* ending : {".csv", ".xlsx"})
    if (fs::is_regular_file(folder / (name + ending))) return folder / (name + ending);
  return std::nullopt;
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

/// The file as if somebody had sent it. A copy is received: what is received is taken away.
files::Incoming receiveCopy(Host& host, const fs::path& path, const files::Rules& rules, Locale locale) {
  const fs::path copy = fs::temp_directory_path() / ("toimela-import-" + secrets::random());
  fs::copy_file(path, copy);
  const UploadedFile upload{"file", path.filename().string(),
                            std::make_shared<const SpooledFile>(copy.string(), fs::file_size(copy))};
  auto received = files::receive(host, upload, rules);
  if (const auto* refusal = std::get_if<files::Refusal>(&received))
    throw ImportError(path.filename().string() + ": " + host.texts().get(locale, files::messageKey(*refusal)));
  return std::get<files::Incoming>(std::move(received));
}

/// Within the folder, wherever the table says it lies.
std::optional<fs::path> inside(const fs::path& folder, const std::string& name) {
  const fs::path path = fs::weakly_canonical(folder / name);
  const auto relative = path.lexically_relative(fs::canonical(folder));
  if (name.empty() || relative.empty() || *relative.begin() == ".." || !fs::is_regular_file(path)) return std::nullopt;
  return path;
}

/// Takes in a folder, a table or BibTeX, as far as the rights go.
class Importer {
 public:
  Importer(Host& host, const Importing& as, const fs::path& from)
      : host_(host), as_(as), words_(as.locale, host), from_(from), isFolder_(fs::is_directory(from)) {}

  Imported run(bool onlyCheck) {
    if (isFolder_ && !onlyCheck) takeInSeries();
    judgeAll();
    if (isFolder_) articles(onlyCheck);
    if (onlyCheck) {
      if (isFolder_) files(true);
      return std::move(imported_);
    }
    takeIn();
    if (isFolder_) files(false);
    return std::move(imported_);
  }

 private:
  const std::string& text(std::string_view key) const { return words_.text(key); }
  void remark(const std::string& where, const std::string& what) { imported_.remarks.push_back(where + ": " + what); }
  void remarkOn(const std::string& table, std::size_t row, const std::string& what) {
    remark(table + " " + std::to_string(row + 2), what);
    ++imported_.sums.wrong;
  }
  std::vector<std::map<std::string, std::string>> recordsIn(const std::string& name) const {
    const auto table = tableIn(from_, name);
    return table ? records(readTable(host_, *table, as_.locale)) : std::vector<std::map<std::string, std::string>>{};
  }

  void takeInSeries() {
    for (auto& record : recordsIn("series")) {
      Series series{.isCollection = record["type"] == "collection",
                    .region = RegionCode::parse(record["region"]),
                    .title = {record["title_fi"], record["title_sv"], record["title_en"]},
                    .about = {record["about_fi"], record["about_sv"], record["about_en"]},
                    .issn = Issn::parse(record["issn"])};
      if (series.title.empty() || !as_.powers(series.region).reviews) continue;
      host_.writeAs(as_.person, [&](WriteTx& tx) {
        tx.unaudited("a series that is there already is left as it is");
        return operations::takeInSeries(tx, series);
      });
    }
  }

  std::vector<view::Sent> sent() {
    if (from_.extension() == ".bib") {
      std::ifstream in(from_, std::ios::binary);
      std::stringstream content;
      content << in.rdbuf();
      if (!in) throw ImportError(from_.string() + " can not be read");
      const BibtexFile file = parseBibtex(content.str());
      std::vector<view::Sent> sent;
      for (const BibtexEntry& entry : file.entries) sent.push_back(view::fromBibtex(entry));
      for (const int line : file.damaged)
        remark(std::to_string(line), words_.format("publications.import.damaged", {{"line", std::int64_t(line)}}));
      return sent;
    }
    const auto path = isFolder_ ? tableIn(from_, "publications") : std::optional(from_);
    if (!path) throw ImportError(text("publications.import.zip_table"));
    auto rows = readTable(host_, *path, as_.locale);
    auto table = view::fromTable(rows, seriesOf(host_));
    for (const std::string& name : table.unknown)
      remark(path->filename().string(), words_.format("publications.import.unknown_column", {{"name", name}}));
    return std::move(table.sent);
  }

  void judgeAll() {
    // A series that the folder brings is not there yet when it is only looked at: its name is no mistake.
    auto series = seriesOf(host_);
    std::set<std::string> coming;
    if (isFolder_)
      for (auto& record : recordsIn("series"))
        if (as_.powers(RegionCode::parse(record["region"])).reviews)
          for (const char* title : {"title_fi", "title_sv", "title_en"})
            if (!record[title].empty()) coming.insert(record[title]);
    for (view::Sent& each : sent()) {
      Fields known;
      for (const auto& [name, value] : each.fields.all())
        if ((name != "series" && name != "collections") || !coming.contains(value)) known.add(name, value);
      each.fields = std::move(known);
      view::Judged judged = view::judge(each, series, words_);
      if (judged.publication) {
        const Powers powers = as_.powers(judged.publication->region);
        if (!powers.edits) {
          judged.publication.reset();
          judged.problems.push_back(text("publications.import.not_yours"));
        } else if (!powers.puts() || as_.asDrafts) {
          judged.state = State::draft;
        }
      }
      if (!judged.publication) ++imported_.sums.wrong;
      imported_.judged.push_back(std::move(judged));
    }
    host_.read([&](ReadTx& tx) {
      for (const view::Judged& each : imported_.judged)
        imported_.isKnown.push_back(each.publication && (store::findByCode(tx, each.publication->shortCode) ||
                                                         store::findSame(tx, *each.publication)));
      return true;
    });
    for (std::size_t i = 0; i < imported_.judged.size(); ++i)
      if (const auto& p = imported_.judged[i].publication) {
        ++(imported_.isKnown[i] ? imported_.sums.known : imported_.sums.added);
        if (!p->shortCode.empty() && !imported_.isKnown[i]) expected_.insert(p->shortCode);
      }
  }

  void takeIn() {
    std::vector<const view::Judged*> good;
    for (const view::Judged& each : imported_.judged)
      if (each.publication) good.push_back(&each);
    imported_.sums.added = imported_.sums.known = 0;
    // Many in one commit: each commit waits for the disk.
    for (std::size_t from = 0; from < good.size(); from += kPage) {
      const auto some = std::span(good).subspan(from, std::min<std::size_t>(kPage, good.size() - from));
      const auto arrivals = host_.writeAs(as_.person, [&](WriteTx& tx) {
        tx.unaudited("each publication that is added says so itself");
        std::vector<operations::Arrival> all;
        for (const view::Judged* each : some) all.push_back(operations::takeIn(tx, *each->publication, each->state));
        return all;
      });
      for (std::size_t i = 0; i < arrivals.size(); ++i) {
        const bool isNew = arrivals[i].taken == operations::Taken::added;
        ++(isNew ? imported_.sums.added : imported_.sums.known);
        if (isNew && !some[i]->publication->shortCode.empty()) added_.emplace(some[i]->publication->shortCode, arrivals[i].id);
      }
    }
  }

  void files(bool onlyCheck) {
    constexpr Powers kEverything{.edits = true, .reviews = true, .needsReview = true};
    std::map<std::string, PartId> parts;
    auto all = recordsIn("files");
    for (std::size_t row = 0; row < all.size(); ++row) {
      auto& record = all[row];
      if (onlyCheck ? !expected_.contains(record["address"]) : !added_.contains(record["address"])) continue;
      const auto path = inside(from_, record["path"]);
      if (!path) {
        remarkOn("files", row, words_.format("publications.import.no_file", {{"name", record["path"]}}));
        continue;
      }
      if (!onlyCheck && !takeInFile(record, *path, parts, kEverything, row)) continue;
      ++imported_.sums.files;
    }
  }

  bool takeInFile(std::map<std::string, std::string>& record, const fs::path& path, std::map<std::string, PartId>& parts,
                  const Powers& powers, std::size_t row) {
    std::optional<files::Incoming> incoming;
    try {
      incoming = receiveCopy(host_, path, acceptedFiles(), as_.locale);
    } catch (const ImportError& e) {
      remarkOn("files", row, e.what());
      return false;
    }
    const PublicationId publication = added_.at(record["address"]);
    const std::string key = record["address"] + "/" + record["part"];
    host_.writeAs(as_.person, [&](WriteTx& tx) {
      if (const auto known = parts.find(key); known != parts.end()) {
        operations::addVersion(tx, publication, known->second, *incoming, record["note"], powers);
        return;
      }
      const Part part{.role = parsePartRole(record["role"]).value_or(PartRole::main), .label = record["label"],
                      .isAccessible = record["accessible"] == "1"};
      operations::addPart(tx, publication, part, *incoming, powers);
    });
    if (!parts.contains(key))
      parts[key] = host_.read([&](ReadTx& tx) { return store::partsOf(tx, publication).back().id; });
    return true;
  }

  void articles(bool onlyCheck) {
    auto all = recordsIn("articles");
    for (std::size_t row = 0; row < all.size(); ++row) {
      auto& record = all[row];
      Fields sent;
      for (const auto& [name, value] : record)
        if (name != "region" && name != "image" && name != "image_alt") sent.add(name, value);
      sent.add("alt", record["image_alt"]);
      Form form = Form::read(view::articleFields(), sent);
      const auto region = RegionCode::parse(record["region"]);
      if (!record["region"].empty() && (!region || !host_.region(*region))) form.error("", "publications.error.region");
      if (form.ok() && !as_.powers(region).edits) form.error("", "publications.import.not_yours");
      auto article = view::readArticle(form, {.region = region}, !record["image"].empty());
      for (const auto& message : form.messages(words_.texts(), as_.locale))
        remarkOn("articles", row, (message.field.empty() ? "" : message.field + ": ") + message.text);
      if (!article) continue;
      if (as_.asDrafts) article->isPublished = false;
      const auto picture = record["image"].empty() ? std::nullopt : inside(from_, record["image"]);
      if (!record["image"].empty() && !picture) {
        remarkOn("articles", row, words_.format("publications.import.no_file", {{"name", record["image"]}}));
        continue;
      }
      if (onlyCheck || takeInArticle(std::move(*article), picture, row)) ++imported_.sums.articles;
    }
  }

  bool takeInArticle(Article article, const std::optional<fs::path>& picture, std::size_t row) {
    if (host_.read([&](ReadTx& tx) { return store::isThere(tx, article); })) return false;
    std::optional<files::Incoming> incoming;
    try {
      if (picture) incoming = receiveCopy(host_, *picture, view::pictures(), as_.locale);
    } catch (const ImportError& e) {
      remarkOn("articles", row, e.what());
      return false;
    }
    host_.writeAs(as_.person, [&](WriteTx& tx) { operations::addArticle(tx, article, incoming); });
    return true;
  }

  Host& host_;
  const Importing& as_;
  const view::Words words_;
  fs::path from_;
  bool isFolder_;
  Imported imported_;
  std::set<std::string> expected_;                ///< addresses of new publications
  std::map<std::string, PublicationId> added_;    ///< the same, when they are here
};

int say(const std::function<Sums()>& work) {
  try {
    const Sums sums = work();
    std::cout << sums.added << " publications, " << sums.files << " files, " << sums.articles << " articles; " << sums.known
              << " were known, " << sums.wrong << " were left out\n";
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
  spreadsheet::Writer articleTable(spreadsheet::Format::csv, "articles", kArticleColumns);
  for (ArticleId after{0};;) {
    const auto page = host.read([&](ReadTx& tx) { return store::articlesAfter(tx, after, kPage); });
    for (const Article& a : page) {
      std::string image;
      if (a.image) {
        const auto file = host.read([&](ReadTx& tx) { return files::find(tx, *a.image); });
        const auto path = file ? files::contentOf(host, *a.image) : std::nullopt;
        if (!path) throw std::runtime_error("the picture of article " + a.id.text() + " is not there");
        // Numbered as they come, so that they are called the same in another service.
        const std::string place = "files/articles/" + std::to_string(sums.articles + 1);
        fs::create_directories(folder / place);
        image = place + "/" + file->name;
        fs::copy_file(*path, folder / image, fs::copy_options::overwrite_existing);
      }
      articleTable.row({a.region ? a.region->text() : "", a.day.text(), a.author, a.isPublished ? "1" : "", a.title.fi,
                        a.title.sv, a.title.en, a.body.fi, a.body.sv, a.body.en, image, a.imageAlt});
      ++sums.articles;
    }
    if (page.size() < kPage) break;
    after = page.back().id;
  }
  writeFile(folder / "articles.csv", articleTable.finish());
  writeFile(folder / "series.csv", seriesTable.finish());
  writeFile(folder / "publications.csv", table.finish());
  writeFile(folder / "files.csv", fileTable.finish());
  return sums;
}

Imported importFrom(Host& host, const std::string& from, bool onlyCheck, const Importing& as) {
  if (fs::is_directory(from) || !isPackedFolder(from)) return Importer(host, as, from).run(onlyCheck);
  const auto unpacked = unpack(from);
  if (const auto* trouble = std::get_if<ZipTrouble>(&unpacked)) throw ImportError(host.texts().get(as.locale, messageKey(*trouble)));
  return Importer(host, as, std::get<Unpacked>(unpacked).root).run(onlyCheck);
}

Sums importAll(Host& host, const std::string& from, bool onlyCheck, std::string& report) {
  constexpr Powers kEverything{.edits = true, .reviews = true, .needsReview = true};
  const Importing as{.powers = [](std::optional<RegionCode>) { return kEverything; }};
  const Imported imported = importFrom(host, from, onlyCheck, as);
  for (const view::Judged& each : imported.judged)
    for (const std::string& problem : each.problems) report += each.where + ": " + problem + "\n";
  for (const std::string& remark : imported.remarks) report += remark + "\n";
  return imported.sums;
}

Command exportCommand() {
  return {"export", "FOLDER", "writes all publications with their files into a folder that import reads back",
          [](Host& host, const std::vector<std::string>& words) {
            if (words.size() != 1) return 2;
            return say([&] { return exportAll(host, words[0]); });
          }};
}

Command importCommand() {
  return {"import", "FOLDER|FILE [--check]", "takes in a folder of export, also as ZIP, a table (CSV, XLSX) or BibTeX (.bib)",
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
