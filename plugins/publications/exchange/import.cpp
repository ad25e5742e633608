#include "exchange/import.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <sstream>

#include "exchange/bundle.h"
#include "operations/articles.h"
#include "operations/intake.h"
#include "operations/publications.h"
#include "operations/series.h"
#include "store/articles.h"
#include "store/parts.h"
#include "store/publications.h"
#include "store/series.h"
#include "toimela/files.h"
#include "view/forms.h"

namespace toimela::publications::exchange {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPage = 200;
constexpr spreadsheet::Limits kLarge{.bytes = 100ULL * 1024 * 1024, .rows = 20'000};

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

/// Takes in a folder, a table or BibTeX, as far as the rights go.
class Importer {
 public:
  /// `bundle` is null where there is nothing beside the publications.
  Importer(Host& host, const Importing& as, std::unique_ptr<Bundle> bundle)
      : host_(host), as_(as), words_(as.locale, host), bundle_(std::move(bundle)) {}

  Imported table(const fs::path& path) { return run(fromTable(path)); }
  Imported bibtex(std::string_view text) { return run(fromBibtex(text)); }
  Imported bundle() {
    if (!as_.onlyCheck) takeInSeries();
    const auto path = tableOf("publications");
    if (!path) throw ImportError(words_.text("publications.import.zip_table"));
    return run(fromTable(*path));
  }

 private:
  Imported run(std::vector<view::Sent> sent) {
    judgeAll(std::move(sent));
    if (bundle_) articles();
    if (!as_.onlyCheck) takeIn();
    if (bundle_) files();
    return std::move(imported_);
  }

  const std::string& text(std::string_view key) const { return words_.text(key); }
  void remark(const std::string& where, const std::string& what) { imported_.remarks.push_back(where + ": " + what); }
  void remarkOn(const std::string& table, std::size_t row, const std::string& what) {
    remark(table + " " + std::to_string(row + 2), what);
    ++imported_.sums.wrong;
  }
  std::optional<fs::path> tableOf(const std::string& name) const {
    try {
      return bundle_ ? bundle_->table(name) : std::nullopt;
    } catch (const Damaged&) {
      throw ImportError(text("publications.import.zip_damaged"));
    }
  }
  std::vector<std::map<std::string, std::string>> recordsIn(const std::string& name) const {
    const auto table = tableOf(name);
    return table ? records(read(*table, name + ": ")) : std::vector<std::map<std::string, std::string>>{};
  }
  std::vector<spreadsheet::Row> read(const fs::path& path, const std::string& where = {}) const {
    auto read = spreadsheet::read(path.string(), kLarge);
    if (const auto* trouble = std::get_if<spreadsheet::Trouble>(&read)) throw ImportError(where + text(spreadsheet::messageKey(*trouble)));
    return std::get<std::vector<spreadsheet::Row>>(std::move(read));
  }
  std::vector<Series> seriesHere() const {
    return host_.read([](ReadTx& tx) { return store::allSeries(tx); });
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

  std::vector<view::Sent> fromBibtex(std::string_view text) {
    const BibtexFile file = parseBibtex(text);
    std::vector<view::Sent> sent;
    for (const BibtexEntry& entry : file.entries) sent.push_back(view::fromBibtex(entry));
    for (const int line : file.damaged)
      remark(std::to_string(line), words_.format("publications.import.damaged", {{"line", std::int64_t(line)}}));
    return sent;
  }

  std::vector<view::Sent> fromTable(const fs::path& path) {
    auto table = view::fromTable(read(path), seriesHere());
    for (const std::string& name : table.unknown)
      remark("publications", words_.format("publications.import.unknown_column", {{"name", name}}));
    return std::move(table.sent);
  }

  void judgeAll(std::vector<view::Sent> sent) {
    // A series that the folder brings is not there yet when it is only looked at: its name is no mistake.
    const auto series = seriesHere();
    std::set<std::string> coming;
    for (auto& record : recordsIn("series"))
      if (as_.powers(RegionCode::parse(record["region"])).reviews)
        for (const char* title : {"title_fi", "title_sv", "title_en"})
          if (!record[title].empty()) coming.insert(record[title]);
    for (view::Sent& each : sent) {
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

  void files() {
    constexpr Powers kEverything{.edits = true, .reviews = true, .needsReview = true};
    std::map<std::string, PartId> parts;
    auto all = recordsIn("files");
    for (std::size_t row = 0; row < all.size(); ++row) {
      auto& record = all[row];
      if (as_.onlyCheck ? !expected_.contains(record["address"]) : !added_.contains(record["address"])) continue;
      if (!bundle_->has(record["path"])) {
        remarkOn("files", row, words_.format("publications.import.no_file", {{"name", record["path"]}}));
        continue;
      }
      if (!as_.onlyCheck && !takeInFile(record, parts, kEverything, row)) continue;
      ++imported_.sums.files;
    }
  }

  /// The file as if somebody had sent it; nothing, with a remark, when it is none that is taken.
  std::optional<files::Incoming> receive(const std::string& path, const files::Rules& rules, const std::string& table,
                                         std::size_t row) {
    const std::string name = fs::path(path).filename().string();
    try {
      auto received = files::receive(host_, UploadedFile{"file", name, bundle_->take(path)}, rules);
      if (auto* incoming = std::get_if<files::Incoming>(&received)) return std::move(*incoming);
      remarkOn(table, row, name + ": " + text(files::messageKey(std::get<files::Refusal>(received))));
    } catch (const Damaged&) {
      remarkOn(table, row, name + ": " + text(files::messageKey(files::Refusal::damaged)));
    }
    return std::nullopt;
  }

  bool takeInFile(std::map<std::string, std::string>& record, std::map<std::string, PartId>& parts, const Powers& powers,
                  std::size_t row) {
    const auto incoming = receive(record["path"], files::worksToKeep(), "files", row);
    if (!incoming) return false;
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

  void articles() {
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
      auto article = view::readArticle(form, {.region = region, .day = Date::today()}, !record["image"].empty());
      for (const auto& message : form.messages(words_.texts(), as_.locale))
        remarkOn("articles", row, (message.field.empty() ? "" : message.field + ": ") + message.text);
      if (!article) continue;
      if (as_.asDrafts) article->isPublished = false;
      if (!record["image"].empty() && !bundle_->has(record["image"])) {
        remarkOn("articles", row, words_.format("publications.import.no_file", {{"name", record["image"]}}));
        continue;
      }
      if (as_.onlyCheck || takeInArticle(std::move(*article), record["image"], row)) ++imported_.sums.articles;
    }
  }

  bool takeInArticle(Article article, const std::string& picture, std::size_t row) {
    if (host_.read([&](ReadTx& tx) { return store::isThere(tx, article); })) return false;
    std::optional<files::Incoming> incoming;
    if (!picture.empty() && !(incoming = receive(picture, view::pictures(), "articles", row))) return false;
    host_.writeAs(as_.person, [&](WriteTx& tx) { operations::addArticle(tx, article, incoming); });
    return true;
  }

  Host& host_;
  const Importing& as_;
  const view::Words words_;
  const std::unique_ptr<Bundle> bundle_;
  Imported imported_;
  std::set<std::string> expected_;                ///< addresses of new publications
  std::map<std::string, PublicationId> added_;    ///< the same, when they are here
};

}  // namespace

std::vector<std::string> problemsOf(const Imported& imported) {
  std::vector<std::string> problems;
  for (const view::Judged& each : imported.judged)
    for (const std::string& problem : each.problems) problems.push_back(each.where + ": " + problem);
  problems.insert(problems.end(), imported.remarks.begin(), imported.remarks.end());
  return problems;
}

Imported importBibtex(Host& host, std::string_view bibtex, const Importing& as) {
  return Importer(host, as, nullptr).bibtex(bibtex);
}

Imported importFrom(Host& host, const std::string& from, const Importing& as) {
  const fs::path path = from;
  if (fs::is_directory(path)) return Importer(host, as, openFolder(host, path)).bundle();
  if (path.extension() == ".bib") {
    std::ifstream in(path, std::ios::binary);
    std::stringstream content;
    content << in.rdbuf();
    if (!in) throw ImportError(from + " can not be read");
    return importBibtex(host, content.str(), as);
  }
  if (!isPackedFolder(from)) return Importer(host, as, nullptr).table(path);
  auto opened = openZip(host, from);
  if (const auto* trouble = std::get_if<ZipTrouble>(&opened)) throw ImportError(host.texts().get(as.locale, messageKey(*trouble)));
  return Importer(host, as, std::get<std::unique_ptr<Bundle>>(std::move(opened))).bundle();
}

}  // namespace toimela::publications::exchange
