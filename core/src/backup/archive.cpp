#include "backup/archive.h"

#include <Poco/DateTime.h>
#include <Poco/Exception.h>
#include <Poco/Zip/Compress.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

namespace toimela::backup {

namespace fs = std::filesystem;
namespace zip = Poco::Zip;

namespace {

constexpr const char* kManifest = "manifest.json";
constexpr std::size_t kPiece = 64 * 1024;

std::string placeOf(const TableEntry& table) { return "tables/" + table.name + ".jsonl"; }
std::string placeOf(const FileEntry& file) { return "files/" + file.path; }

/// A path that stays below the folder that it is put into.
bool isInside(const std::string& path) {
  const fs::path parts(path);
  if (path.empty() || parts.is_absolute()) return false;
  for (const auto& part : parts)
    if (part == ".." || part == ".") return false;
  return true;
}

void eachPiece(std::istream& in, const std::function<void(std::string_view)>& piece) {
  std::array<char, kPiece> bytes;
  while (in.read(bytes.data(), bytes.size()) || in.gcount() > 0)
    piece({bytes.data(), static_cast<std::size_t>(in.gcount())});
}

void sync(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool ok = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!ok) throw BackupError(path.string() + " can not be written to the disk");
}

}  // namespace

void Digest::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Digest::Digest() : context_(EVP_MD_CTX_new()) {
  if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
}
Digest::~Digest() = default;

void Digest::add(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
  size_ += bytes.size();
}

std::string Digest::hex() {
  std::array<unsigned char, 32> digest{};
  EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned char byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string Manifest::json() const {
  nlohmann::ordered_json tableList = nlohmann::ordered_json::array(), fileList = tableList;
  for (const TableEntry& table : tables)
    tableList.push_back({{"name", table.name},
                         {"columns", table.columns},
                         {"rows", table.rows},
                         {"lastNumber", table.lastNumber},
                         {"sha256", table.sha256}});
  for (const FileEntry& file : files)
    fileList.push_back({{"path", file.path}, {"size", file.size}, {"sha256", file.sha256}});
  return nlohmann::ordered_json{{"format", kFormat},       {"version", version},
                                {"database", database},    {"madeAt", madeAt},
                                {"components", components}, {"tables", tableList},
                                {"files", fileList}}
             .dump(1) +
         "\n";
}

Manifest Manifest::parse(const std::string& text) {
  try {
    const auto json = nlohmann::json::parse(text);
    if (const int format = json.at("format"); format != kFormat)
      throw BackupError("the backup has the format " + std::to_string(format) + ", which this version does not read");
    Manifest manifest{json.at("version"), json.at("database"), json.at("madeAt"), json.at("components"), {}, {}};
    for (const auto& table : json.at("tables"))
      manifest.tables.push_back({table.at("name"), table.at("columns"), table.at("rows"), table.at("lastNumber"),
                                 table.at("sha256")});
    for (const auto& file : json.at("files")) {
      manifest.files.push_back({file.at("path"), file.at("size"), file.at("sha256")});
      if (!isInside(manifest.files.back().path)) throw BackupError("the backup has a file outside its folder");
    }
    return manifest;
  } catch (const nlohmann::json::exception&) {
    throw BackupError("the backup's manifest is not sound");
  }
}

struct ArchiveWriter::Impl {
  explicit Impl(fs::path target) : file(std::move(target)), part(file.string() + ".part") {
    if (fs::exists(file)) throw BackupError(file.string() + " is there already");
    // A backup has everybody's data in it: it is for its owner alone, from its first byte on.
    const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) throw BackupError(part.string() + " can not be made");
    ::close(fd);
    out.open(part, std::ios::binary | std::ios::trunc);
    if (!out) throw BackupError(part.string() + " can not be written");
    archive = std::make_unique<zip::Compress>(out, true, true);
  }

  void check() {
    if (!out) throw BackupError(part.string() + " can not be written; is the disk full?");
  }

  void add(std::istream& in, const std::string& place) {
    try {
      archive->addFile(in, Poco::DateTime(), Poco::Path(place, Poco::Path::PATH_UNIX), zip::ZipCommon::CM_DEFLATE,
                       zip::ZipCommon::CL_NORMAL);
    } catch (const Poco::Exception& e) {
      throw BackupError(part.string() + " can not be written: " + e.displayText());
    }
    check();
  }

  fs::path file, part;
  std::ofstream out;
  std::unique_ptr<zip::Compress> archive;
  std::vector<TableEntry> tables;
  std::vector<FileEntry> files;
  bool finished = false;
};

ArchiveWriter::ArchiveWriter(fs::path file) : impl_(std::make_unique<Impl>(std::move(file))) {}

ArchiveWriter::~ArchiveWriter() {
  if (impl_->finished) return;
  std::error_code none;
  fs::remove(impl_->part, none);
}

void ArchiveWriter::table(TableEntry entry,
                          const std::function<void(const std::function<void(const std::string&)>&)>& produce) {
  // The archive wants to read and the database wants to write: a file without a name lies between.
  const fs::path between = impl_->part.string() + ".table";
  std::fstream lines(between, std::ios::in | std::ios::out | std::ios::binary | std::ios::trunc);
  std::error_code none;
  fs::permissions(between, fs::perms::owner_read | fs::perms::owner_write, none);
  fs::remove(between, none);
  Digest digest;
  produce([&](const std::string& line) {
    lines << line << '\n';
    digest.add(line);
    digest.add("\n");
    ++entry.rows;
  });
  lines.flush();
  if (!lines) throw BackupError(between.string() + " can not be written; is the disk full?");
  lines.seekg(0);
  entry.sha256 = digest.hex();
  impl_->add(lines, placeOf(entry));
  impl_->tables.push_back(std::move(entry));
}

bool ArchiveWriter::file(const std::string& path, const fs::path& source) {
  std::ifstream in(source, std::ios::binary);
  if (!in) return false;
  Digest digest;
  eachPiece(in, [&](std::string_view piece) { digest.add(piece); });
  in.clear();
  in.seekg(0);
  FileEntry entry{path, digest.size(), digest.hex()};
  impl_->add(in, placeOf(entry));
  impl_->files.push_back(std::move(entry));
  return true;
}

Manifest ArchiveWriter::finish(Manifest manifest) {
  manifest.tables = std::move(impl_->tables);
  manifest.files = std::move(impl_->files);
  std::istringstream text(manifest.json());
  impl_->add(text, kManifest);
  try {
    impl_->archive->close();
  } catch (const Poco::Exception& e) {
    throw BackupError(impl_->part.string() + " can not be written: " + e.displayText());
  }
  impl_->out.close();
  impl_->check();
  sync(impl_->part);
  std::error_code failed;
  fs::rename(impl_->part, impl_->file, failed);
  if (failed) throw BackupError(impl_->file.string() + " can not be made");
  impl_->finished = true;
  const fs::path folder = impl_->file.parent_path();
  sync(folder.empty() ? fs::path(".") : folder);
  return manifest;
}

struct ArchiveReader::Impl {
  explicit Impl(const fs::path& file) : in(file, std::ios::binary) {
    if (!in) throw BackupError(file.string() + " can not be read");
    if (!isWhole()) throw BackupError(file.string() + " is not a backup, or was cut off");
    try {
      archive = std::make_unique<zip::ZipArchive>(in);
    } catch (const Poco::Exception&) {
      throw BackupError(file.string() + " is not a backup, or was cut off");
    }
    std::string text;
    read(kManifest, [&](std::istream& part) {
      eachPiece(part, [&](std::string_view piece) { text += piece; });
    });
    manifest = Manifest::parse(text);
  }

  /// Does the file end as an archive does (APPNOTE.TXT, 4.3.16)? The library would make do without.
  bool isWhole() {
    static constexpr std::string_view kEnd("PK\5\6", 4);
    static constexpr std::streamoff kEndRecord = 22;
    std::array<char, kEnd.size()> mark{};
    in.seekg(-kEndRecord, std::ios::end);
    in.read(mark.data(), mark.size());
    const bool found = in.good() && std::string_view(mark.data(), mark.size()) == kEnd;
    in.clear();
    in.seekg(0);
    return found;
  }

  void read(const std::string& place, const std::function<void(std::istream&)>& work) {
    const auto header = archive->findHeader(place);
    if (header == archive->headerEnd()) throw BackupError("the backup has no " + place);
    in.clear();
    try {
      zip::ZipInputStream part(in, header->second);
      work(part);
    } catch (const Poco::Exception&) {
      throw BackupError("the backup is damaged: " + place);
    }
  }

  void check(const std::string& place, const std::string& sha256) {
    Digest digest;
    read(place, [&](std::istream& part) {
      eachPiece(part, [&](std::string_view piece) { digest.add(piece); });
    });
    if (digest.hex() != sha256) throw BackupError("the backup is damaged: " + place);
  }

  std::ifstream in;
  std::unique_ptr<zip::ZipArchive> archive;
  Manifest manifest;
};

ArchiveReader::ArchiveReader(const fs::path& file) : impl_(std::make_unique<Impl>(file)) {
  for (const TableEntry& table : impl_->manifest.tables) impl_->check(placeOf(table), table.sha256);
  for (const FileEntry& entry : impl_->manifest.files) impl_->check(placeOf(entry), entry.sha256);
}

ArchiveReader::~ArchiveReader() = default;

const Manifest& ArchiveReader::manifest() const { return impl_->manifest; }

void ArchiveReader::eachLine(const TableEntry& table, const std::function<void(std::string line)>& line) {
  impl_->read(placeOf(table), [&](std::istream& part) {
    for (std::string text; std::getline(part, text);) line(std::move(text));
  });
}

void ArchiveReader::extract(const FileEntry& file, const fs::path& target) {
  fs::create_directories(target.parent_path());
  std::ofstream out(target, std::ios::binary | std::ios::trunc);
  impl_->read(placeOf(file), [&](std::istream& part) {
    eachPiece(part, [&](std::string_view piece) { out.write(piece.data(), static_cast<std::streamsize>(piece.size())); });
  });
  out.close();
  if (!out) throw BackupError(target.string() + " can not be written; is the disk full?");
  sync(target);
}

}  // namespace toimela::backup
