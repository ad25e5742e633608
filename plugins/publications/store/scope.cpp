#include "store/scope.h"

#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::publications::store {

namespace {

constexpr Sql kOfPublication{"publications.publication.scope",
                             "SELECT region FROM publications_publication WHERE id = :id"};
constexpr Sql kOfSeries{"publications.series.scope", "SELECT region FROM publications_series WHERE id = :id"};
constexpr Sql kOfArticle{"publications.article.scope", "SELECT region FROM publications_article WHERE id = :id"};

ScopeResolver scopeBy(const Sql& sql, const char* parameter) {
  return [&sql, parameter](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<Id<struct AnyTag>>(parameter);
    if (!id) return std::nullopt;
    return tx.first(sql, [](std::optional<RegionCode> region) { return Scope{.region = region}; }, *id);
  };
}

}  // namespace

ScopeResolver publicationScope() { return scopeBy(kOfPublication, "publication"); }
ScopeResolver seriesScope() { return scopeBy(kOfSeries, "series"); }
ScopeResolver articleScope() { return scopeBy(kOfArticle, "article"); }

}  // namespace toimela::publications::store
