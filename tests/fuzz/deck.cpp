// A deck of cards as files: each begins with a line of its name, and a line of dots follows it.
#include "exchange/package.h"
#include "promise.h"

using namespace toimela;
using namespace toimela::trendcards;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::textOf(data, size);
  constexpr std::string_view kEnd = "\n...\n";
  exchange::Files files;
  while (!text.empty() && files.size() < 20) {
    auto file = text.substr(0, text.find(kEnd));
    text.remove_prefix(std::min(text.size(), file.size() + kEnd.size()));
    const std::string name(fuzz::cut(file, '\n'));
    files[name] = file;
  }
  const auto parsed = exchange::parse(files);
  if (const auto* problems = std::get_if<exchange::Problems>(&parsed)) {
    fuzz::promise(!problems->empty() && problems->size() <= exchange::kMostProblems);
    return 0;
  }
  // What was taken is written so that it is taken again.
  const auto& package = std::get<exchange::Package>(parsed);
  auto written = exchange::write(package);
  for (const auto& [name, content] : files) written.emplace(name, content);
  const auto again = exchange::parse(written);
  fuzz::promise(std::holds_alternative<exchange::Package>(again));
  fuzz::promise(std::get<exchange::Package>(again).editions.size() == package.editions.size());
  return 0;
}
