// A zip file, looked into without unpacking it. Office documents are such files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace toimela::files {

class Container {
 public:
  struct Entry {
    std::string name;
    std::uint64_t size = 0;  ///< unpacked, in bytes, as the directory says
  };

  enum class Fault { none, damaged, encrypted, tooMany };

  /// Nothing when it is not a sound zip file, is encrypted, or has more than 10,000 entries; `fault`
  /// then says which.
  static std::optional<Container> open(const std::filesystem::path& path, Fault* fault = nullptr);
  /// The same of bytes, which must outlive it.
  static std::optional<Container> inMemory(std::string_view bytes);

  const std::vector<Entry>& entries() const { return entries_; }
  bool has(std::string_view name) const;
  /// What the whole would take unpacked, in bytes.
  std::uint64_t unpackedSize() const;
  /// An entry's content; nothing when there is none, it can not be unpacked, or is more than
  /// `atMost` bytes, whatever the directory says.
  std::optional<std::string> read(std::string_view name, std::uint64_t atMost) const;

 private:
  struct Close {
    void operator()(void* archive) const;
  };
  static std::optional<Container> of(void* opened, Fault* fault);

  std::unique_ptr<void, Close> archive_;
  std::vector<Entry> entries_;
};

}  // namespace toimela::files
