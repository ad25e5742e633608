// A folder of files that a test makes up, gone with the test.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace toimela::testing {

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "toimela-pages-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no folder for a test");
    path_ = pattern;
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  ScratchFolder& write(const std::string& name, std::string_view contents) {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << contents;
    return *this;
  }

 private:
  std::filesystem::path path_;
};

/// What went wrong, or "" when nothing did.
template <class F>
std::string complaintOf(F&& action) {
  try {
    action();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

}  // namespace toimela::testing
