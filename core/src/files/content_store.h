// The bytes of files, each content once, under its digest.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "toimela/http.h"

namespace toimela::files {

struct Measured {
  std::uint64_t size = 0;  ///< bytes
  std::string sha256;      ///< hexadecimal
};
/// Reads the file once. `pace` is called after each 64 KiB with the bytes so far; throws
/// std::runtime_error when the file can not be read.
Measured measure(const std::filesystem::path& file,
                 const std::function<void(std::uint64_t)>& pace = [](std::uint64_t) {});

/// Names that must stay, of those that begin with two given hexadecimal digits.
using NamesInUse = std::function<std::set<std::string>(const std::string& firstTwo)>;

/// Where contents lie. The folder of this machine is one such place; a store of objects behind an
/// interface such as S3's would be another: nothing here needs more than put, get, size and delete
/// of immutable things.
class ContentStore {
 public:
  virtual ~ContentStore() = default;

  /// Makes the bytes of `source`, which nobody writes any more and whose digest this is, the content
  /// of that name; returns when it is safe on disk. What lies there already is put anew, so that a
  /// damaged content heals when it is sent again. Throws DatabaseFull when there is no room.
  virtual void put(const std::filesystem::path& source, const std::string& sha256) = 0;
  /// In bytes; nothing when there is no such content.
  virtual std::optional<std::uint64_t> sizeOf(std::string_view sha256) const = 0;
  /// For an answer.
  virtual ResponseBody body(std::string_view sha256, std::uint64_t size) const = 0;
  /// A file of this machine with the content, for programs that need one.
  virtual std::optional<std::filesystem::path> file(std::string_view sha256) const = 0;
  /// Deletes every content that nobody put for `age` and that `inUse` does not name; the number that
  /// went. Safe while others put and sweep.
  virtual int sweep(std::chrono::hours age, const NamesInUse& inUse) = 0;
};

/// Contents as files at FOLDER/<first two digits>/<digest>.
class FolderStore : public ContentStore {
 public:
  explicit FolderStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void put(const std::filesystem::path& source, const std::string& sha256) override;
  std::optional<std::uint64_t> sizeOf(std::string_view sha256) const override;
  ResponseBody body(std::string_view sha256, std::uint64_t size) const override;
  std::optional<std::filesystem::path> file(std::string_view sha256) const override;
  int sweep(std::chrono::hours age, const NamesInUse& inUse) override;

  /// Where something of that name lies or would lie: a digest, or 32 hexadecimal digits, as files
  /// were named before; nothing for any other name, so that none can lead out of the folder.
  std::optional<std::filesystem::path> place(std::string_view name) const;
  /// Calls `found` for everything that still has a name of before.
  void eachOld(const std::function<void(const std::string& name, const std::filesystem::path&)>& found) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace toimela::files
