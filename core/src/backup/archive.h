// The file of a backup: a ZIP archive that any unpacking program opens, with a manifest that says
// what must be in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct evp_md_ctx_st;

namespace toimela::backup {

/// Something is wrong with the file or with where it is to go; the message is one clear line.
class BackupError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct TableEntry {
  std::string name;
  std::vector<std::string> columns;
  std::int64_t rows = 0;
  std::int64_t lastNumber = 0;  ///< after which the table goes on numbering
  std::string sha256;           ///< of the lines
};

struct FileEntry {
  std::string path;  ///< below the folder of the files
  std::uint64_t size = 0;
  std::string sha256;
};

/// What stands in manifest.json.
struct Manifest {
  static constexpr int kFormat = 1;

  std::string version;   ///< of the program that made it
  std::string database;  ///< "sqlite" or "postgresql"
  std::string madeAt;    ///< RFC 3339
  std::map<std::string, int> components;  ///< the number of each component's last migration
  std::vector<TableEntry> tables;
  std::vector<FileEntry> files;

  std::string json() const;
  /// Throws BackupError.
  static Manifest parse(const std::string& json);
};

/// Writes FILE.part beside the final file, which appears when everything is on disk.
class ArchiveWriter {
 public:
  /// Throws BackupError when the file exists or can not be made.
  explicit ArchiveWriter(std::filesystem::path file);
  /// Removes what is not finished.
  ~ArchiveWriter();

  /// `produce` is given a function that takes the next line, without its end.
  void table(TableEntry entry, const std::function<void(const std::function<void(const std::string&)>&)>& produce);
  /// False when the file has vanished meanwhile: it belonged to what the tables know no more.
  bool file(const std::string& path, const std::filesystem::path& source);
  /// The manifest with everything that was written.
  Manifest finish(Manifest manifest);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads an archive whose every part is what its manifest says.
class ArchiveReader {
 public:
  /// Reads the whole file once to check it. Throws BackupError.
  explicit ArchiveReader(const std::filesystem::path& file);
  ~ArchiveReader();

  const Manifest& manifest() const;
  void eachLine(const TableEntry& table, const std::function<void(std::string line)>& line);
  void extract(const FileEntry& file, const std::filesystem::path& target);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Counts bytes and makes their SHA-256 (FIPS 180-4).
class Digest {
 public:
  Digest();
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void add(std::string_view bytes);
  std::uint64_t size() const { return size_; }
  std::string hex();  ///< once, at the end

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
  std::uint64_t size_ = 0;
};

}  // namespace toimela::backup
