#include "search/handlers.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "directory/search_pattern.h"
#include "host/core_host.h"
#include "kit/json_values.h"

namespace toimela::search {

namespace {

constexpr int kMostPerKind = 20;
constexpr std::size_t kLongestQuery = 100;

struct Found {
  const SearchSource* source;
  std::vector<SearchDocument> documents;
};

/// Sources compare with the lower case of what they hold.
std::string lowerCase(const std::string& words) {
  std::string lower;
  icu::UnicodeString::fromUTF8(words).toLower(icu::Locale::getRoot()).toUTF8String(lower);
  return lower;
}

std::string wordsOf(const Request& request) {
  std::string words = directory::beginning(request.query.text("q"), kLongestQuery);
  for (unsigned char c : words)
    if (c < 0x20) throw RequestError(400, "error.400.text", "control characters in a search");
  auto first = words.find_first_not_of(' '), last = words.find_last_not_of(' ');
  return first == std::string::npos ? std::string() : words.substr(first, last - first + 1);
}

std::vector<Found> search(const Request& request, Host& host, const std::string& words) {
  std::vector<Found> all;
  if (words.empty()) return all;
  const std::string sought = lowerCase(words);
  host.read([&](ReadTx& tx) {
    for (const auto& [plugin, source] : core(host).contributions().search) {
      if (!host.active(plugin, std::nullopt)) continue;
      Found found{&source, source.find(tx, sought, request.actor, kMostPerKind)};
      // What stands in a region where its plugin is off does not exist there.
      std::erase_if(found.documents,
                    [&](const SearchDocument& d) { return d.region && !host.active(plugin, d.region); });
      if (!found.documents.empty()) all.push_back(std::move(found));
    }
    return true;
  });
  return all;
}

}  // namespace

Response showResults(const Request& request, Host& host) {
  const std::string words = wordsOf(request);
  std::vector<View> groups;
  std::size_t count = 0;
  for (Found& found : search(request, host, words)) {
    std::vector<View> documents;
    for (const SearchDocument& document : found.documents) {
      View view;
      view.text("title", document.title, request.locale).text("text", document.text, request.locale);
      view.set("href", request.link(document.path));
      if (const Region* region = document.region ? host.region(*document.region) : nullptr)
        view.text("region", region->name, request.locale);
      documents.push_back(std::move(view));
    }
    count += documents.size();
    View group;
    group.set("label", host.texts().get(request.locale, found.source->labelKey)).list("documents", std::move(documents));
    groups.push_back(std::move(group));
  }
  View view;
  view.set("q", words).flag("has_query", !words.empty()).flag("has_results", count > 0);
  view.set("summary", host.texts().format(request.locale, "search.summary", {{"count", std::int64_t(count)}, {"q", words}}));
  view.list("groups", std::move(groups));
  return host.page(request, "search", std::move(view));
}

Response apiResults(const Request& request, Host& host) {
  using nlohmann::ordered_json;
  ordered_json items = ordered_json::array();
  for (const Found& found : search(request, host, wordsOf(request)))
    for (const SearchDocument& d : found.documents)
      items.push_back({{"kind", found.source->kind},
                       {"id", d.id},
                       {"title", jsonOf(d.title)},
                       {"path", d.path},
                       {"region", textOrNull(d.region)}});
  return host.json(ordered_json{{"items", std::move(items)}, {"next", nullptr}}.dump());
}

}  // namespace toimela::search
