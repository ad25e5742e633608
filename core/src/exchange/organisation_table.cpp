#include "exchange/organisation_table.h"

#include <unicode/unistr.h>

#include <algorithm>

#include "directory/organisation_form.h"

namespace toimela::exchange {

namespace {

struct Heading {
  std::string_view text;
  Column column;
};
constexpr std::array kKnown{
    Heading{"nimi", Column::nameFi}, Heading{"nimi suomeksi", Column::nameFi}, Heading{"organisaatio", Column::nameFi},
    Heading{"namn", Column::nameFi}, Heading{"namn på finska", Column::nameFi}, Heading{"name", Column::nameFi},
    Heading{"name in finnish", Column::nameFi}, Heading{"nimi ruotsiksi", Column::nameSv},
    Heading{"namn på svenska", Column::nameSv}, Heading{"name in swedish", Column::nameSv},
    Heading{"nimi englanniksi", Column::nameEn}, Heading{"namn på engelska", Column::nameEn},
    Heading{"name in english", Column::nameEn}, Heading{"y-tunnus", Column::businessId},
    Heading{"fo-nummer", Column::businessId}, Heading{"business id", Column::businessId},
    Heading{"rekisterinumero", Column::registerNumber}, Heading{"registernummer", Column::registerNumber},
    Heading{"register number", Column::registerNumber}, Heading{"sektori", Column::sector},
    Heading{"sektor", Column::sector}, Heading{"sector", Column::sector}, Heading{"maakunta", Column::region},
    Heading{"landskap", Column::region}, Heading{"region", Column::region}, Heading{"kunta", Column::municipality},
    Heading{"kommun", Column::municipality}, Heading{"municipality", Column::municipality},
    Heading{"verkkosivu", Column::website}, Heading{"webbplats", Column::website}, Heading{"website", Column::website}};

constexpr std::size_t kLongestName = 200, kLongestNumber = 40, kLongestWebsite = 300;  // bytes, as the forms have them

/// A row on its way to an organisation.
class Reading {
 public:
  Reading(const std::vector<std::string>& cells, const Layout& layout) : cells_(cells), layout_(layout) {}

  std::string text(Column column, std::size_t longest) {
    const auto place = layout_[static_cast<std::size_t>(column)];
    if (!place || *place >= cells_.size()) return {};
    if (cells_[*place].size() > longest) fault("A text is too long: " + std::string(kHeadings[static_cast<std::size_t>(column)]) + ".");
    return cells_[*place];
  }
  /// What a word means; a fault when it is there and means nothing.
  template <class T>
  std::optional<T> meaning(Column column, const std::map<std::string, T>& words, const char* unknown) {
    const std::string typed = text(column, kLongestName);
    if (typed.empty()) return std::nullopt;
    const auto found = words.find(folded(typed));
    if (found != words.end()) return found->second;
    fault(unknown);
    return std::nullopt;
  }
  void fault(std::string_view sentence) { faults_.emplace_back(sentence); }
  std::vector<std::string> takeFaults() { return std::move(faults_); }

 private:
  const std::vector<std::string>& cells_;
  const Layout& layout_;
  std::vector<std::string> faults_;
};

void readPlace(Reading& row, const Vocabulary& words, Organisation& organisation) {
  const auto region = row.meaning(Column::region, words.regions, "The region is unknown.");
  const auto place = row.meaning(Column::municipality, words.municipalities, "The municipality is unknown.");
  if (place) organisation.municipality = place->code;
  if (region && place && place->region != *region) row.fault("The municipality is not in the region.");
  if (region) organisation.region = *region;
  else if (place) organisation.region = place->region;
  else row.fault("The region is missing.");
}

}  // namespace

std::optional<Layout> layoutOf(const std::vector<std::string>& firstRow) {
  Layout layout;
  for (std::size_t i = 0; i < firstRow.size(); ++i) {
    const auto found = std::ranges::find(kKnown, folded(firstRow[i]), &Heading::text);
    if (found != kKnown.end() && !layout[static_cast<std::size_t>(found->column)])
      layout[static_cast<std::size_t>(found->column)] = i;
  }
  return layout[static_cast<std::size_t>(Column::nameFi)] ? std::optional(layout) : std::nullopt;
}

std::string folded(std::string_view text) {
  std::string result;
  icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}).trim().foldCase().toUTF8String(result);
  return result;
}

ReadOrganisation readOrganisation(const std::vector<std::string>& cells, const Layout& layout, const Vocabulary& words) {
  Reading row(cells, layout);
  Organisation organisation{.name = {row.text(Column::nameFi, kLongestName), row.text(Column::nameSv, kLongestName),
                                     row.text(Column::nameEn, kLongestName)},
                            .registerNumber = row.text(Column::registerNumber, kLongestNumber)};
  if (organisation.name.fi.empty()) organisation.name.fi = organisation.name.pick(Locale::sv).text;
  if (organisation.name.empty()) row.fault("The name is missing.");
  if (const std::string id = row.text(Column::businessId, kLongestNumber); !id.empty()) {
    organisation.businessId = BusinessId::parse(id);
    if (!organisation.businessId) row.fault("The business id is wrong: its check digit does not match.");
  }
  organisation.sector = row.meaning(Column::sector, words.sectors, "The sector is unknown.").value_or(Sector::association);
  readPlace(row, words, organisation);
  const auto website = directory::webAddress(row.text(Column::website, kLongestWebsite));
  if (!website) row.fault("The website is not a web address.");
  organisation.website = website.value_or("");
  return {std::move(organisation), row.takeFaults()};
}

}  // namespace toimela::exchange
