#include "exchange/export.h"

#include <zip.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "store/articles.h"
#include "store/parts.h"
#include "store/publications.h"
#include "store/series.h"
#include "toimela/files.h"
#include "toimela/spreadsheet.h"
#include "view/intake.h"

namespace toimela::publications::exchange {

namespace fs = std::filesystem;

namespace {

constexpr int kPage = 200;
const std::vector<std::string> kFileColumns{"address", "part", "role", "label", "accessible", "note", "path"};
const std::vector<std::string> kArticleColumns{"region", "day", "author", "published", "title_fi", "title_sv", "title_en",
                                               "body_fi", "body_sv", "body_en", "image", "image_alt"};
const std::vector<std::string> kSeriesColumns{"type", "region", "title_fi", "title_sv", "title_en",
                                              "about_fi", "about_sv", "about_en", "issn"};

/// Gathers page by page: what is written in between is in or not, each thing as a whole.
class Gathering {
 public:
  explicit Gathering(Host& host)
      : host_(host), series_(host.read([](ReadTx& tx) { return store::allSeries(tx); })) {}

  Outgoing run() {
    series();
    publications();
    articles();
    for (const auto& [name, content] : out_.tables) out_.bytes += content.size();
    return std::move(out_);
  }

 private:
  static spreadsheet::Writer writer(const char* name, const std::vector<std::string>& header) {
    return {spreadsheet::Format::csv, name, header};
  }

  void series() {
    auto table = writer("series", kSeriesColumns);
    for (const Series& each : series_)
      table.row({each.isCollection ? "collection" : "series", each.region ? each.region->text() : "", each.title.fi,
                 each.title.sv, each.title.en, each.about.fi, each.about.sv, each.about.en,
                 each.issn ? each.issn->text() : ""});
    out_.tables["series.csv"] = table.finish();
  }

  void publications() {
    auto table = writer("publications", view::columns()), files = writer("files", kFileColumns);
    for (PublicationId after{0};;) {
      const auto [page, parts] = host_.read([&](ReadTx& tx) {
        const auto ids = store::allAfter(tx, after, kPage);
        return std::pair{store::findAll(tx, ids), store::partsOfAll(tx, ids)};
      });
      for (const Publication& p : page) {
        table.row(view::toRow(p, series_));
        ++out_.sums.added;
        if (const auto own = parts.find(p.id); own != parts.end()) filesOf(p, own->second, files);
      }
      if (page.size() < kPage) break;
      after = page.back().id;
    }
    out_.tables["publications.csv"] = table.finish();
    out_.tables["files.csv"] = files.finish();
  }

  void filesOf(const Publication& p, const std::vector<Part>& parts, spreadsheet::Writer& table) {
    int number = 0;
    for (const Part& part : parts) {
      ++number;
      for (auto version = part.versions.rbegin(); version != part.versions.rend(); ++version) {
        // A folder a version: names of the files stay as they are.
        const std::string path = "files/" + p.shortCode + "/" + std::to_string(number) + "-" +
                                 std::to_string(version->number) + "/" + version->name;
        add(path, version->file, version->size, "a file of " + p.shortCode);
        table.row({p.shortCode, std::to_string(number), std::string(code(part.role)), part.label,
                   part.isAccessible ? "1" : "0", version->note, path});
        ++out_.sums.files;
      }
    }
  }

  void articles() {
    auto table = writer("articles", kArticleColumns);
    for (ArticleId after{0};;) {
      const auto page = host_.read([&](ReadTx& tx) { return store::articlesAfter(tx, after, kPage); });
      for (const Article& a : page) {
        const std::string image = a.image ? picture(a) : std::string();
        table.row({a.region ? a.region->text() : "", a.day.text(), a.author, a.isPublished ? "1" : "", a.title.fi,
                   a.title.sv, a.title.en, a.body.fi, a.body.sv, a.body.en, image, a.imageAlt});
        ++out_.sums.articles;
      }
      if (page.size() < kPage) break;
      after = page.back().id;
    }
    out_.tables["articles.csv"] = table.finish();
  }

  std::string picture(const Article& a) {
    const auto file = host_.read([&](ReadTx& tx) { return files::find(tx, *a.image); });
    const std::string whose = "the picture of article " + a.id.text();
    if (!file) throw std::runtime_error(whose + " is not there");
    // Numbered as they come, so that they are called the same in another service.
    const std::string path = "files/articles/" + std::to_string(out_.sums.articles + 1) + "/" + file->name;
    add(path, *a.image, file->size, whose);
    return path;
  }

  void add(const std::string& path, FileId file, std::uint64_t size, const std::string& whose) {
    const auto lies = files::contentOf(host_, file);
    if (!lies) throw std::runtime_error("the content of " + whose + " is not there");
    out_.files.emplace(path, *lies);
    out_.bytes += size;
  }

  Host& host_;
  const std::vector<Series> series_;
  Outgoing out_;
};

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

void add(zip_t* archive, const std::string& name, zip_source_t* source, bool isPacked) {
  const auto index = source ? zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
  if (index < 0) {
    zip_source_free(source);
    throw std::runtime_error("a file can not be packed");
  }
  if (isPacked) zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
}

}  // namespace

Outgoing gather(Host& host) { return Gathering(host).run(); }

void writeFolder(const Outgoing& outgoing, const fs::path& folder) {
  fs::create_directories(folder / "files");
  for (const auto& [path, lies] : outgoing.files) {
    fs::create_directories((folder / path).parent_path());
    fs::copy_file(lies, folder / path, fs::copy_options::overwrite_existing);
  }
  for (const auto& [name, content] : outgoing.tables) {
    std::ofstream out(folder / name, std::ios::binary);
    out << content;
    if (!out.flush()) throw std::runtime_error((folder / name).string() + " can not be written");
  }
}

void writeZip(const Outgoing& outgoing, const std::string& path) {
  std::unique_ptr<zip_t, Discard> archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr));
  if (!archive) throw std::runtime_error("no ZIP file can be made");
  for (const auto& [name, content] : outgoing.tables)
    add(archive.get(), name, zip_source_buffer(archive.get(), content.data(), content.size(), 0), false);
  for (const auto& [name, lies] : outgoing.files)
    add(archive.get(), name, zip_source_file(archive.get(), lies.c_str(), 0, -1), true);
  if (zip_close(archive.get()) != 0) {
    const int system = zip_error_code_system(zip_get_error(archive.get()));
    if (system == ENOSPC || system == EDQUOT) throw DatabaseFull("no room for a ZIP file");
    throw std::runtime_error("a ZIP file can not be written");
  }
  static_cast<void>(archive.release());
}

}  // namespace toimela::publications::exchange
