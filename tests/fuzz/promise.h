// What the targets share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace toimela::fuzz {

/// What a parser says about its result must hold for any input; else the run ends, and the input is kept.
inline void promise(bool holds, std::source_location where = std::source_location::current()) {
  if (holds) return;
  std::cerr << where.file_name() << ":" << where.line() << ": a promise is not kept\n";
  std::abort();
}

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// What a value is written as is read as the same value.
template <class T>
void comesBack(std::string_view text) {
  if (const auto read = T::parse(text)) promise(T::parse(read->text()) == read);
}

/// Cuts `text` at the first `separator`: what stands before it is given, what follows stays.
inline std::string_view cut(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto before = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return before;
}

/// A folder for parsers that read files; it goes with the program.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "toimela-fuzz-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no folder can be made");
    path_ = pattern;
  }
  ~Folder() {
    std::error_code none;
    std::filesystem::remove_all(path_, none);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(const std::string& name, std::string_view content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace toimela::fuzz
