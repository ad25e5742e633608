// A message of the interface (ICU message format) as a plugin may bring it: filled in, or refused.
#include <nlohmann/json.hpp>

#include "pages/catalogue.h"
#include "promise.h"

using namespace toimela;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::Folder folder;
  const auto text = fuzz::textOf(data, size);
  // As a whole file, and as a message within a sound one.
  const auto message = nlohmann::json{{"key", std::string(text)}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  for (const std::string& file : {std::string(text), message}) {
    for (const char* name : {"fi.json", "sv.json", "en.json"}) folder.write(name, file);
    pages::Catalogue catalogue;
    try {
      catalogue.add("", folder.path());
    } catch (const std::runtime_error&) {
      continue;
    }
    for (const Locale locale : kLocales) {
      catalogue.get(locale, "key");
      catalogue.format(locale, "key", {{"count", std::int64_t{3}}, {"name", std::string("Aino")}});
    }
  }
  return 0;
}
