#include "domain/import.h"

#include <algorithm>

namespace toimela::contacts {

namespace {

constexpr std::array<std::string_view, kImportColumns.size()> kColumnCodes{
    "email", "given_name", "family_name", "organisation", "business_id", "role", "region", "from", "to"};

constexpr std::array<std::string_view, kImportFaults> kFaultCodes{
    "email_missing",       "email_wrong",       "name_missing",        "organisation_missing", "organisation_unknown",
    "organisation_unclear", "business_id_wrong", "business_id_unknown", "role_unknown",        "region_unknown",
    "region_elsewhere",    "from_wrong",        "to_wrong",            "ends_before_it_starts", "overlaps",
    "overlaps_in_file"};

struct Heading {
  std::string_view text;
  ImportColumn column;
};
/// What people call the columns, in three languages.
constexpr std::array kHeadings{
    Heading{"sähköposti", ImportColumn::email}, Heading{"sähköpostiosoite", ImportColumn::email},
    Heading{"e-post", ImportColumn::email}, Heading{"e-postadress", ImportColumn::email},
    Heading{"epost", ImportColumn::email}, Heading{"email", ImportColumn::email},
    Heading{"e-mail", ImportColumn::email}, Heading{"email address", ImportColumn::email},
    Heading{"etunimi", ImportColumn::givenName}, Heading{"etunimet", ImportColumn::givenName},
    Heading{"förnamn", ImportColumn::givenName}, Heading{"given name", ImportColumn::givenName},
    Heading{"first name", ImportColumn::givenName}, Heading{"given_name", ImportColumn::givenName},
    Heading{"sukunimi", ImportColumn::familyName}, Heading{"efternamn", ImportColumn::familyName},
    Heading{"family name", ImportColumn::familyName}, Heading{"last name", ImportColumn::familyName},
    Heading{"surname", ImportColumn::familyName}, Heading{"family_name", ImportColumn::familyName},
    Heading{"organisaatio", ImportColumn::organisation}, Heading{"järjestö", ImportColumn::organisation},
    Heading{"yhdistys", ImportColumn::organisation}, Heading{"organisation", ImportColumn::organisation},
    Heading{"organization", ImportColumn::organisation},
    Heading{"y-tunnus", ImportColumn::businessId}, Heading{"ytunnus", ImportColumn::businessId},
    Heading{"fo-nummer", ImportColumn::businessId}, Heading{"business id", ImportColumn::businessId},
    Heading{"business_id", ImportColumn::businessId},
    Heading{"rooli", ImportColumn::role}, Heading{"tehtävä", ImportColumn::role},
    Heading{"roll", ImportColumn::role}, Heading{"uppgift", ImportColumn::role}, Heading{"role", ImportColumn::role},
    Heading{"maakunta", ImportColumn::region}, Heading{"alue", ImportColumn::region},
    Heading{"landskap", ImportColumn::region}, Heading{"område", ImportColumn::region},
    Heading{"region", ImportColumn::region},
    Heading{"alkaen", ImportColumn::from}, Heading{"alkaa", ImportColumn::from}, Heading{"alkupäivä", ImportColumn::from},
    Heading{"från", ImportColumn::from}, Heading{"från och med", ImportColumn::from},
    Heading{"from", ImportColumn::from}, Heading{"start", ImportColumn::from},
    Heading{"asti", ImportColumn::to}, Heading{"päättyen", ImportColumn::to}, Heading{"päättyy", ImportColumn::to},
    Heading{"loppupäivä", ImportColumn::to}, Heading{"till", ImportColumn::to},
    Heading{"till och med", ImportColumn::to}, Heading{"to", ImportColumn::to}, Heading{"until", ImportColumn::to},
    Heading{"end", ImportColumn::to}};

std::size_t indexOf(ImportColumn column) { return static_cast<std::size_t>(column); }

std::optional<ImportColumn> columnNamed(std::string_view heading) {
  const auto found = std::ranges::find(kHeadings, withoutCase(heading), &Heading::text);
  return found == kHeadings.end() ? std::nullopt : std::optional(found->column);
}

/// A spreadsheet's day may carry a time of day.
std::optional<Date> dayOf(std::string_view text) { return Date::parse(text.substr(0, text.find(' '))); }

bool isSamePlace(const Member& a, const Member& b) {
  return a.person == b.person && a.organisation == b.organisation && a.region == b.region;
}

void readEmail(ImportedRow& row) {
  const std::string& typed = row.text(ImportColumn::email);
  row.email = EmailAddress::parse(typed);
  if (!row.email) row.faults.push_back(typed.empty() ? ImportFault::emailMissing : ImportFault::emailWrong);
}

void readOrganisation(ImportedRow& row) {
  const std::string& id = row.text(ImportColumn::businessId);
  row.organisation = row.text(ImportColumn::organisation);
  row.businessId = BusinessId::parse(id);
  if (!id.empty() && !row.businessId) row.faults.push_back(ImportFault::businessIdWrong);
  else if (id.empty() && row.organisation.empty()) row.faults.push_back(ImportFault::organisationMissing);
}

void readRole(ImportedRow& row, const ImportVocabulary& words) {
  const std::string role = withoutCase(row.text(ImportColumn::role));
  if (role.empty()) return;
  const auto found = words.roles.find(role);
  if (found == words.roles.end()) row.faults.push_back(ImportFault::roleUnknown);
  else row.role = found->second;
}

void readRegion(ImportedRow& row, const ImportVocabulary& words, const Network& network) {
  row.region = network.region;
  const std::string region = withoutCase(row.text(ImportColumn::region));
  if (region.empty()) return;
  const auto found = words.regions.find(region);
  if (found == words.regions.end()) row.faults.push_back(ImportFault::regionUnknown);
  else if (network.region && network.region != found->second) row.faults.push_back(ImportFault::regionElsewhere);
  else row.region = found->second;
}

void readPeriod(ImportedRow& row, Date today) {
  const std::string &from = row.text(ImportColumn::from), &to = row.text(ImportColumn::to);
  const auto first = from.empty() ? std::optional(today) : dayOf(from);
  const auto last = to.empty() ? std::nullopt : dayOf(to);
  if (!first) row.faults.push_back(ImportFault::fromWrong);
  if (!to.empty() && !last) row.faults.push_back(ImportFault::toWrong);
  row.period = {first.value_or(today), last};
  if (first && !row.period.ordered()) row.faults.push_back(ImportFault::endsBeforeItStarts);
}

}  // namespace

std::string_view code(ImportColumn column) { return kColumnCodes[indexOf(column)]; }
std::string_view code(ImportFault fault) { return kFaultCodes[static_cast<std::size_t>(fault)]; }

const std::string& ImportLayout::text(const std::vector<std::string>& cells, ImportColumn column) const {
  static const std::string none;
  const auto place = places[indexOf(column)];
  return place && *place < cells.size() ? cells[*place] : none;
}

std::optional<ImportLayout> layoutOf(const std::vector<std::string>& firstRow) {
  ImportLayout layout;
  for (std::size_t i = 0; i < firstRow.size(); ++i)
    if (const auto column = columnNamed(firstRow[i]); column && !layout.places[indexOf(*column)])
      layout.places[indexOf(*column)] = i;
  if (layout.places[indexOf(ImportColumn::email)]) {
    layout.hasHeader = true;
    return layout;
  }
  if (firstRow.empty() || firstRow.front().find('@') == std::string::npos) return std::nullopt;
  for (const ImportColumn column : kImportColumns) layout.places[indexOf(column)] = indexOf(column);
  return layout;
}

std::string withoutCase(std::string_view text) {
  const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  std::string result(text);
  for (std::size_t i = 0; i < result.size(); ++i) {
    char& c = result[i];
    const bool isNordic = i > 0 && result[i - 1] == '\xC3' && (c == '\x84' || c == '\x85' || c == '\x96');
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    else if (isNordic) c = static_cast<char>(c + 0x20);  // Ä Å Ö
  }
  return result;
}

ImportedRow readRow(const std::vector<std::string>& cells, const ImportLayout& layout, const ImportVocabulary& words,
                    const Network& network, Date today) {
  ImportedRow row{.period = {today, std::nullopt}};
  for (const ImportColumn column : kImportColumns) row.typed[indexOf(column)] = layout.text(cells, column);
  row.givenName = row.text(ImportColumn::givenName);
  row.familyName = row.text(ImportColumn::familyName);
  readEmail(row);
  readOrganisation(row);
  readRole(row, words);
  readRegion(row, words, network);
  readPeriod(row, today);
  return row;
}

OrganisationFound pickOrganisation(std::string_view typed, const std::vector<Organisation>& candidates) {
  const std::string wanted = withoutCase(typed);
  std::vector<const Organisation*> bearers;
  for (const Organisation& candidate : candidates) {
    const bool isNamed = std::ranges::any_of(kLocales, [&](Locale locale) {
      return withoutCase(candidate.name.in(locale)) == wanted || withoutCase(directory::lookupText(candidate, locale)) == wanted;
    });
    if (isNamed) bearers.push_back(&candidate);
  }
  OrganisationFound found;
  if (bearers.size() == 1) {
    found.id = bearers.front()->id;
    return found;
  }
  found.fault = bearers.empty() ? ImportFault::organisationUnknown : ImportFault::organisationUnclear;
  for (const Organisation& candidate : candidates)
    if (bearers.empty() || std::ranges::find(bearers, &candidate) != bearers.end())
      found.suggestions.push_back(directory::lookupText(candidate, Locale::fi));
  return found;
}

bool isThere(const Member& wanted, const std::vector<Member>& existing) {
  return std::ranges::any_of(existing, [&](const Member& other) {
    return isSamePlace(other, wanted) && other.role == wanted.role && other.period.contains(wanted.period.from) &&
           other.period.to == wanted.period.to;
  });
}

}  // namespace toimela::contacts
