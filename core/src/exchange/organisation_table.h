// Organisations as rows of a table. Pure.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::exchange {

/// In the order in which an export has them.
enum class Column { nameFi, nameSv, nameEn, businessId, registerNumber, sector, region, municipality, website };
inline constexpr std::size_t kColumns = 9;
/// What exports call them; read again in any of our languages.
inline constexpr std::array<std::string_view, kColumns> kHeadings{
    "Nimi suomeksi", "Nimi ruotsiksi", "Nimi englanniksi", "Y-tunnus", "Rekisterinumero",
    "Sektori",       "Maakunta",       "Kunta",            "Verkkosivu"};

using Layout = std::array<std::optional<std::size_t>, kColumns>;
/// Nothing when the row has no Finnish name among its headings.
std::optional<Layout> layoutOf(const std::vector<std::string>& firstRow);

/// Lower case for comparing, by the rules of Unicode.
std::string folded(std::string_view text);

struct Place {
  MunicipalityCode code;
  RegionCode region;
};
/// What the words in the cells mean, by their folded text.
struct Vocabulary {
  std::map<std::string, Sector> sectors;
  std::map<std::string, RegionCode> regions;
  std::map<std::string, Place> municipalities;
};

struct ReadOrganisation {
  Organisation organisation;
  std::vector<std::string> faults;  ///< English sentences, for the one at the command line
};
/// The region may be left to the municipality, which must lie in it.
ReadOrganisation readOrganisation(const std::vector<std::string>& cells, const Layout& layout, const Vocabulary& words);

}  // namespace toimela::exchange
