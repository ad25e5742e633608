#include "toimela/arguments.h"

#include <algorithm>

namespace toimela {

namespace {

bool isOption(const std::string& word) { return word.starts_with("--"); }

}  // namespace

bool Arguments::flag(std::string_view name) {
  const auto found = std::ranges::find(words_, name);
  if (found == words_.end()) return false;
  words_.erase(found);
  return true;
}

std::optional<std::string> Arguments::option(std::string_view name) {
  const std::string prefix = std::string(name) + "=";
  for (auto word = words_.begin(); word != words_.end(); ++word) {
    if (word->starts_with(prefix)) {
      std::string value = word->substr(prefix.size());
      words_.erase(word);
      return value;
    }
    const auto value = word + 1;
    if (*word == name && value != words_.end() && !isOption(*value)) {
      std::string taken = std::move(*value);
      words_.erase(word, value + 1);
      return taken;
    }
  }
  return std::nullopt;
}

std::vector<std::string> Arguments::options(std::string_view name) {
  const std::string prefix = std::string(name) + "=";
  std::vector<std::string> values;
  for (auto word = words_.begin(); word != words_.end();) {
    auto end = word;
    if (word->starts_with(prefix)) {
      values.push_back(word->substr(prefix.size()));
      ++end;
    } else if (*word == name) {
      end = std::find_if(word + 1, words_.end(), isOption);
      if (end == word + 1) break;  // no value: the name stays and shows
      values.insert(values.end(), word + 1, end);
    }
    word = end == word ? word + 1 : words_.erase(word, end);
  }
  return values;
}

}  // namespace toimela
