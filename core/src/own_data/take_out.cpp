#include "own_data/take_out.h"

#include <Poco/Zip/Compress.h>

#include <fstream>
#include <set>
#include <sstream>

#include "access/passwords.h"
#include "directory/personal_data.h"
#include "toimela/files.h"

namespace toimela::own_data {

namespace {

constexpr std::size_t kPiece = 64 * 1024;

void addText(Poco::Zip::Compress& zip, const std::string& name, const std::string& text) {
  std::istringstream in(text);
  zip.addFile(in, Poco::DateTime(), Poco::Path(name, Poco::Path::PATH_UNIX));
}

std::string readme(const Texts& texts) {
  std::string text;
  for (const Locale locale : kLocales) text += texts.get(locale, "own_data.readme") + "\n\n";
  return text;
}

/// Names that are given twice get the file's number in front.
std::string placeOf(const files::StoredFile& file, std::set<std::string>& taken) {
  std::string place = "files/" + file.name;
  if (!taken.insert(place).second) taken.insert(place = "files/" + file.id.text() + "-" + file.name);
  return place;
}

void addFiles(Poco::Zip::Compress& zip, CoreHost& host, PersonId person) {
  const auto found = host.read([&](ReadTx& tx) {
    std::vector<files::StoredFile> all;
    for (const auto& [plugin, part] : host.contributions().personalData) {
      if (!part.files) continue;
      for (const FileId id : part.files(tx, person))
        if (auto file = files::find(tx, id)) all.push_back(std::move(*file));
    }
    return all;
  });
  std::set<std::string> taken;
  for (const files::StoredFile& file : found) {
    // One that is lost must not keep the rest from its owner.
    std::ifstream in(files::contentOf(host, file.id).value_or(""), std::ios::binary);
    if (in) zip.addFile(in, Poco::DateTime(), Poco::Path(placeOf(file, taken), Poco::Path::PATH_UNIX));
  }
}

}  // namespace

std::shared_ptr<const SpooledFile> takeOut(CoreHost& host, PersonId person) {
  const std::string document = directory::exportPerson(host, person);
  const auto path = host.dataFolder() / "uploads" / ("take-out-" + access::randomToken(12));
  // Made before it is written, so that it goes when writing fails.
  auto archive = std::make_shared<SpooledFile>(path.string(), 0);
  std::ofstream out(path, std::ios::binary);
  Poco::Zip::Compress zip(out, true);
  addText(zip, "README.txt", readme(host.texts()));
  addText(zip, "data.json", document);
  addFiles(zip, host, person);
  zip.close();
  if (!out.flush()) throw DatabaseFull("no room for a take-out");
  return archive;
}

Response asDownload(std::shared_ptr<const SpooledFile> archive, std::string filename) {
  Response response = Response::attachment(std::move(filename), "application/zip", "");
  auto in = std::make_shared<std::ifstream>(archive->path(), std::ios::binary);
  response.body = StreamBody{[archive = std::move(archive), in](std::string& piece) {
    piece.resize(kPiece);
    in->read(piece.data(), static_cast<std::streamsize>(piece.size()));
    piece.resize(static_cast<std::size_t>(in->gcount()));
    return !piece.empty();
  }};
  return response;
}

}  // namespace toimela::own_data
