#include "store/series.h"

#include "store/stored.h"

namespace toimela::publications::store {

namespace {

#define COLUMNS \
  "SELECT id, is_collection, region, title_fi, title_sv, title_en, about_fi, about_sv, about_en, issn, revision " \
  "FROM publications_series "
constexpr Sql kFind{"publications.series.find", COLUMNS "WHERE id = :id"};
constexpr Sql kAll{"publications.series.all", COLUMNS "ORDER BY is_collection, id"};
#undef COLUMNS
constexpr Sql kInsert{"publications.series.insert",
                      "INSERT INTO publications_series (is_collection, region, title_fi, title_sv, title_en, about_fi, "
                      "about_sv, about_en, issn, revision) VALUES (:is_collection, :region, :title_fi, :title_sv, "
                      ":title_en, :about_fi, :about_sv, :about_en, :issn, 1) RETURNING id"};
constexpr Sql kUpdate{"publications.series.update",
                      "UPDATE publications_series SET is_collection = :is_collection, title_fi = :title_fi, "
                      "title_sv = :title_sv, title_en = :title_en, about_fi = :about_fi, about_sv = :about_sv, "
                      "about_en = :about_en, issn = :issn, revision = revision + 1 "
                      "WHERE id = :id AND revision = :revision"};

Series toSeries(SeriesId id, bool isCollection, std::optional<RegionCode> region, std::string titleFi,
                std::string titleSv, std::string titleEn, std::string aboutFi, std::string aboutSv,
                std::string aboutEn, std::optional<Issn> issn, std::int64_t revision) {
  return {id,
          isCollection,
          region,
          {std::move(titleFi), std::move(titleSv), std::move(titleEn)},
          {std::move(aboutFi), std::move(aboutSv), std::move(aboutEn)},
          std::move(issn),
          revision};
}

}  // namespace

std::optional<Series> findSeries(ReadTx& tx, SeriesId id) { return tx.first(kFind, toSeries, id); }
std::vector<Series> allSeries(ReadTx& tx) { return tx.all(kAll, toSeries); }
SeriesId insertSeries(WriteTx& tx, const Series& s) {
  return tx.insert<SeriesId>(kInsert, s.isCollection, s.region, s.title.fi, s.title.sv, s.title.en, s.about.fi,
                             s.about.sv, s.about.en, s.issn);
}
bool updateSeries(WriteTx& tx, const Series& s) {
  return tx.run(kUpdate, s.isCollection, s.title.fi, s.title.sv, s.title.en, s.about.fi, s.about.sv, s.about.en,
                s.issn, s.id, s.revision) == 1;
}

}  // namespace toimela::publications::store
