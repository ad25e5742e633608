// Organisations and people in the index of words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/database.h"
#include "toimela/directory.h"
#include "toimela/search.h"

namespace toimela::directory {

inline constexpr std::string_view kOrganisationKind = "organisation";
inline constexpr std::string_view kPersonKind = "person";

/// An organisation is found by its names and numbers and narrowed by region and sector.
void index(WriteTx& tx, const Organisation& organisation);
std::vector<std::string> marksOf(std::optional<RegionCode> region, std::optional<Sector> sector);
/// A person is found by name and address, and listed by family name.
void index(WriteTx& tx, const Person& person);

/// Organisations in the search of the whole service.
search::Source organisationSource();

/// Writes what the index lacks, or has by older rules: after an update, and after somebody wrote
/// into the tables by other means. Quick when there is nothing to do.
void indexMissing(data::Database& database);

}  // namespace toimela::directory
