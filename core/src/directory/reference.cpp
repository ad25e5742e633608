#include "directory/reference.h"

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <tuple>

namespace toimela::directory {

namespace {

using nlohmann::json;

constexpr Sql kRegions{"directory.region.all",
                       "SELECT code, slug, name_fi, name_sv, name_en, tile_column, tile_row"
                       " FROM core_region ORDER BY code"};

constexpr Sql kPutRegion{"directory.region.put",
                         "INSERT INTO core_region (code, slug, name_fi, name_sv, name_en,"
                         " tile_column, tile_row)"
                         " VALUES (:code, :slug, :fi, :sv, :en, :tile_column, :tile_row)"
                         " ON CONFLICT (code) DO UPDATE SET slug = excluded.slug,"
                         " name_fi = excluded.name_fi, name_sv = excluded.name_sv,"
                         " name_en = excluded.name_en, tile_column = excluded.tile_column,"
                         " tile_row = excluded.tile_row"};

constexpr Sql kMunicipalities{"directory.municipality.all",
                              "SELECT code, name_fi, name_sv FROM core_municipality ORDER BY code"};

constexpr Sql kPeriods{"directory.municipality.periods",
                       "SELECT municipality, region, valid_from, valid_to"
                       " FROM core_municipality_period ORDER BY municipality, valid_from, region"};

constexpr Sql kPutMunicipality{"directory.municipality.put",
                               "INSERT INTO core_municipality (code, name_fi, name_sv)"
                               " VALUES (:code, :fi, :sv)"
                               " ON CONFLICT (code) DO UPDATE SET name_fi = excluded.name_fi,"
                               " name_sv = excluded.name_sv"};

constexpr Sql kClearPeriods{"directory.municipality.clear_periods",
                            "DELETE FROM core_municipality_period WHERE municipality = :code"};

constexpr Sql kAddPeriod{"directory.municipality.add_period",
                         "INSERT INTO core_municipality_period (municipality, region, valid_from,"
                         " valid_to) VALUES (:code, :region, :valid_from, :valid_to)"};

constexpr Sql kOfRegion{
    "directory.municipality.of_region",
    "SELECT m.code, m.name_fi, m.name_sv FROM core_municipality_period p"
    " JOIN core_municipality m ON m.code = p.municipality"
    " WHERE (CAST(:region AS TEXT) IS NULL OR p.region = :region)"
    " AND (p.valid_from IS NULL OR p.valid_from <= :day)"
    " AND (p.valid_to IS NULL OR p.valid_to >= :day) ORDER BY m.name_fi"};

constexpr Sql kAfter{
    "directory.municipality.after",
    "SELECT m.code, m.name_fi, m.name_sv, p.region FROM core_municipality_period p"
    " JOIN core_municipality m ON m.code = p.municipality"
    " WHERE m.code > :code AND (CAST(:region AS TEXT) IS NULL OR p.region = :region)"
    " AND (p.valid_from IS NULL OR p.valid_from <= :day)"
    " AND (p.valid_to IS NULL OR p.valid_to >= :day) ORDER BY m.code LIMIT :limit"};

constexpr Sql kName{"directory.municipality.name",
                    "SELECT name_fi, name_sv FROM core_municipality WHERE code = :code"};

struct Period {
  RegionCode region;
  std::optional<Date> from, to;
  auto operator<=>(const Period&) const = default;
};

struct Entry {
  Municipality municipality;
  std::vector<Period> periods;
};

bool equal(const Region& a, const Region& b) {
  return std::tie(a.slug, a.name, a.column, a.row) == std::tie(b.slug, b.name, b.column, b.row);
}

bool equal(const Entry& a, const Entry& b) {
  return a.municipality.name == b.municipality.name && a.periods == b.periods;
}

template <class T>
T valid(std::optional<T> value, std::string_view what) {
  if (!value) throw std::runtime_error("not a valid " + std::string(what));
  return *value;
}

std::optional<Date> dateOf(const json& value) {
  if (value.is_null()) return std::nullopt;
  return valid(Date::parse(value.get<std::string>()), "date");
}

Region regionOf(const json& entry) {
  const json& name = entry.at("name");
  return {valid(RegionCode::parse(entry.at("code").get<std::string>()), "region code"),
          entry.at("slug").get<std::string>(),
          {name.at("fi").get<std::string>(), name.at("sv").get<std::string>(),
           name.at("en").get<std::string>()},
          entry.at("tile").at("column").get<int>(),
          entry.at("tile").at("row").get<int>()};
}

Entry municipalityOf(const json& entry) {
  const json& name = entry.at("name");
  Entry result{
      {valid(MunicipalityCode::parse(entry.at("code").get<std::string>()), "municipality code"),
       {name.at("fi").get<std::string>(), name.at("sv").get<std::string>(), ""}},
      {}};
  for (const json& period : entry.at("periods")) {
    result.periods.push_back(
        {valid(RegionCode::parse(period.at("region").get<std::string>()), "region code"),
         dateOf(period.at("from")), dateOf(period.at("to"))});
  }
  std::ranges::sort(result.periods);
  return result;
}

template <class F>
auto readFile(const std::filesystem::path& file, F&& entryOf) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error(file.string() + ": can not be read");
  std::vector<std::invoke_result_t<F, const json&>> entries;
  try {
    for (const json& entry : json::parse(stream)) entries.push_back(entryOf(entry));
  } catch (const std::exception& problem) {
    throw std::runtime_error(file.string() + ", entry " + std::to_string(entries.size() + 1) +
                             ": " + problem.what());
  }
  return entries;
}

std::map<MunicipalityCode, Entry> loadMunicipalities(ReadTx& tx) {
  std::map<MunicipalityCode, Entry> stored;
  tx.each(kMunicipalities, [&](MunicipalityCode code, std::string fi, std::string sv) {
    stored.try_emplace(code, Entry{{code, {std::move(fi), std::move(sv), ""}}, {}});
  });
  tx.each(kPeriods, [&](MunicipalityCode code, RegionCode region, std::optional<Date> from,
                        std::optional<Date> to) {
    stored.at(code).periods.push_back({region, from, to});
  });
  for (auto& [code, entry] : stored) std::ranges::sort(entry.periods);
  return stored;
}

/// What differs between files and database.
struct Difference {
  std::vector<Region> regions;
  std::vector<Entry> municipalities;
  std::size_t size() const { return regions.size() + municipalities.size(); }
};

Difference differenceOf(ReadTx& tx, const std::vector<Region>& regions,
                        const std::vector<Entry>& municipalities) {
  Difference difference;
  std::map<RegionCode, Region> known;
  for (auto& region : loadRegions(tx)) known.emplace(region.code, std::move(region));
  for (const auto& region : regions) {
    const auto found = known.find(region.code);
    if (found == known.end() || !equal(found->second, region)) difference.regions.push_back(region);
  }
  const auto stored = loadMunicipalities(tx);
  for (const auto& entry : municipalities) {
    const auto found = stored.find(entry.municipality.code);
    if (found == stored.end() || !equal(found->second, entry)) {
      difference.municipalities.push_back(entry);
    }
  }
  return difference;
}

void write(WriteTx& tx, const Difference& difference) {
  for (const auto& region : difference.regions) {
    tx.run(kPutRegion, region.code, region.slug, region.name.fi, region.name.sv, region.name.en,
           region.column, region.row);
  }
  for (const auto& [municipality, periods] : difference.municipalities) {
    tx.run(kPutMunicipality, municipality.code, municipality.name.fi, municipality.name.sv);
    tx.run(kClearPeriods, municipality.code);
    for (const auto& period : periods) {
      tx.run(kAddPeriod, municipality.code, period.region, period.from, period.to);
    }
  }
  tx.audit({.action = "core.reference.update",
            .object = "reference:places",
            .detail = json{{"regions", difference.regions.size()},
                           {"municipalities", difference.municipalities.size()}}
                          .dump()});
}

}  // namespace

int updateReference(data::Database& database, const std::filesystem::path& regionFile,
                    const std::filesystem::path& municipalityFile) {
  const auto regions = readFile(regionFile, regionOf);
  const auto municipalities = readFile(municipalityFile, municipalityOf);
  const auto difference =
      database.get([&](ReadTx& tx) { return differenceOf(tx, regions, municipalities); });
  if (difference.size() > 0) {
    database.write({}, [&](WriteTx& tx) { write(tx, difference); });
  }
  return static_cast<int>(difference.size());
}

std::vector<Region> loadRegions(ReadTx& tx) {
  return tx.all(kRegions, [](RegionCode code, std::string slug, std::string fi, std::string sv,
                             std::string en, int column, int row) {
    return Region{
        code, std::move(slug), {std::move(fi), std::move(sv), std::move(en)}, column, row};
  });
}

std::vector<Municipality> municipalitiesOf(ReadTx& tx, std::optional<RegionCode> region, Date day) {
  return tx.all(
      kOfRegion,
      [](MunicipalityCode code, std::string fi, std::string sv) {
        return Municipality{code, {std::move(fi), std::move(sv), ""}};
      },
      region, day);
}

std::vector<PlacedMunicipality> municipalitiesAfter(ReadTx& tx, const std::string& code,
                                                    std::optional<RegionCode> region, Date day,
                                                    int limit) {
  return tx.all(
      kAfter,
      [](MunicipalityCode code, std::string fi, std::string sv, RegionCode region) {
        return PlacedMunicipality{{code, {std::move(fi), std::move(sv), ""}}, region};
      },
      code, region, day, limit);
}

LocalText municipalityName(ReadTx& tx, MunicipalityCode code) {
  return tx
      .first(
          kName,
          [](std::string fi, std::string sv) {
            return LocalText{std::move(fi), std::move(sv), ""};
          },
          code)
      .value_or(LocalText{});
}

}  // namespace toimela::directory
