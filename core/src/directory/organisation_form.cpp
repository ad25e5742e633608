#include "directory/organisation_form.h"

#include <algorithm>

namespace toimela::directory {

namespace {

std::vector<Choice> sectorChoices() {
  std::vector<Choice> choices;
  for (const Sector sector : kSectors) {
    choices.push_back({std::string(code(sector)), "directory.sector." + std::string(code(sector))});
  }
  return choices;
}

std::vector<Choice> municipalityChoices(const std::vector<Municipality>& municipalities,
                                        Locale locale) {
  std::vector<Choice> choices{{"", "directory.organisation.no_municipality"}};
  for (const auto& municipality : municipalities) {
    choices.push_back({municipality.code.text(), municipality.name.pick(locale).text, true});
  }
  std::sort(choices.begin() + 1, choices.end(), [&](const Choice& a, const Choice& b) {
    return sortsBefore(a.label, b.label, locale);
  });
  return choices;
}

template <class T>
std::string textOf(const std::optional<T>& value) {
  return value ? value->text() : "";
}

std::string joined(const LocalText& text) {
  std::string result;
  for (const Locale locale : kLocales) {
    if (text.in(locale).empty()) continue;
    result += (result.empty() ? "" : " / ") + text.in(locale);
  }
  return result;
}

}  // namespace

FormSpec organisationForm(const std::vector<Municipality>& municipalities, Locale locale) {
  return {Field::localText("name", "directory.organisation.name").required(),
          Field::choice("sector", "directory.organisation.sector", sectorChoices()).required(),
          Field::businessId("business_id", "directory.organisation.business_id")
              .hint("directory.organisation.business_id_hint"),
          Field::text("register_number", "directory.organisation.register_number")
              .longest(40)
              .hint("directory.organisation.register_number_hint"),
          Field::choice("municipality", "directory.organisation.municipality",
                        municipalityChoices(municipalities, locale)),
          Field::text("website", "directory.organisation.website").longest(300).autocomplete("url"),
          Field::localMultiline("summary", "directory.organisation.summary")
              .longest(600)
              .hint("directory.organisation.summary_hint"),
          Field::hidden("revision")};
}

void fill(Form& form, const Organisation& organisation) {
  form.fill("name", organisation.name)
      .fill("sector", std::string(code(organisation.sector)))
      .fill("business_id", textOf(organisation.businessId))
      .fill("register_number", organisation.registerNumber)
      .fill("municipality", textOf(organisation.municipality))
      .fill("website", organisation.website)
      .fill("summary", organisation.summary)
      .fill("revision", std::to_string(organisation.revision));
}

Organisation readOrganisation(Form& form, Organisation organisation) {
  organisation.name = form.localText("name");
  // Lists are ordered by the Finnish name, so there is always one.
  if (organisation.name.fi.empty()) organisation.name.fi = organisation.name.pick(Locale::sv).text;
  organisation.sector = parseSector(form.text("sector")).value_or(organisation.sector);
  organisation.businessId = form.businessId("business_id");
  organisation.registerNumber = form.text("register_number");
  organisation.municipality = MunicipalityCode::parse(form.text("municipality"));
  organisation.summary = form.localText("summary");
  organisation.revision = parseId(form.text("revision")).value_or(0);
  const auto website = webAddress(form.text("website"));
  if (!website) form.error("website", "directory.organisation.bad_website");
  organisation.website = website.value_or("");
  return organisation;
}

std::optional<std::string> webAddress(std::string_view text) {
  if (text.empty()) return "";
  std::string address(text);
  if (address.find("://") == std::string::npos) address = "https://" + address;
  const auto begin = address.find("://") + 3;
  const std::string_view host =
      std::string_view(address).substr(begin, address.find_first_of("/?#:", begin) - begin);
  const bool isWeb = address.starts_with("https://") || address.starts_with("http://");
  const bool isHost = host.find('.') != std::string_view::npos && !host.starts_with('.') &&
                      !host.ends_with('.') && host.find('@') == std::string_view::npos;
  const bool isClean = std::ranges::none_of(address, [](unsigned char c) {
    return c <= 0x20 || c == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\';
  });
  return isWeb && isHost && isClean ? std::optional(address) : std::nullopt;
}

std::vector<Difference> differences(const Organisation& typed, const Organisation& stored) {
  std::vector<Difference> result;
  const auto compare = [&](const char* field, const std::string& a, const std::string& b) {
    if (a != b) result.push_back({"directory.organisation." + std::string(field), b});
  };
  compare("name", joined(typed.name), joined(stored.name));
  compare("business_id", textOf(typed.businessId), textOf(stored.businessId));
  compare("register_number", typed.registerNumber, stored.registerNumber);
  compare("website", typed.website, stored.website);
  compare("summary", joined(typed.summary), joined(stored.summary));
  if (typed.sector != stored.sector) {
    result.push_back({"directory.organisation.sector", std::string(code(stored.sector))});
  }
  if (typed.municipality != stored.municipality) {
    result.push_back({"directory.organisation.municipality", textOf(stored.municipality)});
  }
  return result;
}

}  // namespace toimela::directory
