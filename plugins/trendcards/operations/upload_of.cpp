#include "operations/upload_of.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "toimela/secrets.h"

namespace toimela::trendcards::operations {

UploadedFile uploadOf(std::string name, std::string_view content) {
  const auto path = std::filesystem::temp_directory_path() / ("toimela-made-" + secrets::random());
  std::ofstream out(path, std::ios::binary);
  out << content;
  auto file = std::make_shared<const SpooledFile>(path.string(), content.size());
  if (!out.flush()) throw std::runtime_error("no room for a file that was made");
  return {"file", std::move(name), std::move(file)};
}

}  // namespace toimela::trendcards::operations
