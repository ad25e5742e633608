#include "control_templates.h"

#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace control {

namespace fs = std::filesystem;

namespace {

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + " can not be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A list of the data may have the name of a partial, and to the library both are data.
std::string partialName(const std::string& name) { return "part-" + name; }

}  // namespace

Templates::Templates(const fs::path& source) {
  const fs::path plugin = source / "plugins" / "contacts";
  for (const fs::path& folder : {source / "web" / "locales", plugin / "locales"})
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().filename().string().ends_with("fi.json")) readTexts(entry.path());
  readTemplates(source / "web" / "templates");
  readTemplates(plugin / "templates");
}

void Templates::readTexts(const fs::path& file) {
  const auto texts = nlohmann::json::parse(contents(file));
  for (const auto& [key, text] : texts.items()) texts_[key] = text.get<std::string>();
}

void Templates::readTemplates(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".mustache")
      templates_[entry.path().stem().string()] = prepared(contents(entry.path()));
}

std::string Templates::prepared(const std::string& source) const {
  static const std::regex kText(R"(\{\{t ([a-z0-9_.]+)\}\})");
  static const std::regex kAsset(R"(\{\{asset ([a-z0-9_-]+)\.([a-z0-9]+)\}\})");
  static const std::regex kPartial(R"(\{\{> *([a-z0-9_]+)\}\})");
  static const std::regex kForm(R"((<form[^>]*method="post"[^>]*>))");
  std::string out;
  auto rest = source.begin();
  for (std::sregex_iterator at(source.begin(), source.end(), kText), end; at != end; ++at) {
    const auto known = texts_.find((*at)[1]);
    out.append(rest, (*at)[0].first);
    out += known == texts_.end() ? std::string((*at)[1]) : known->second;
    rest = (*at)[0].second;
  }
  out.append(rest, source.end());
  out = std::regex_replace(out, kAsset, "/assets/$1.0123456789ab.$2");
  out = std::regex_replace(out, kPartial, "{{> " + partialName("$1") + "}}");
  return std::regex_replace(out, kForm, R"($1<input type="hidden" name="csrf" value="{{csrf}}">)");
}

std::string Templates::render(const std::string& name, kainjow::mustache::data& page) const {
  using kainjow::mustache::partial;
  for (const auto& [key, source] : templates_)
    page.set(partialName(key), partial([&source = source] { return source; }));
  page.set(partialName("content"), partial([&source = templates_.at(name)] { return source; }));
  kainjow::mustache::mustache layout(templates_.at("layout"));
  std::string html = layout.render(page);
  if (!layout.is_valid()) throw std::runtime_error(layout.error_message());
  return html;
}

}  // namespace control
