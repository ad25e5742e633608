// A small archive for tests: a site with an editor and a reviewer in Pirkanmaa.
#pragma once

#include <string>
#include <vector>

#include "operations/publications.h"
#include "requests.h"
#include "store/parts.h"
#include "store/publications.h"
#include "toimela/testing.h"

namespace toimela::publications {

using Sent = std::vector<std::pair<std::string, std::string>>;

inline RegionCode region(std::string_view code) { return RegionCode::parse(code).value(); }
inline const RegionCode kPirkanmaa = region("06");
inline constexpr Powers kEverything{.edits = true, .reviews = true, .needsReview = true};

inline Publication example(std::string title = "Verkostot ja kumppanuus") {
  Publication p;
  p.kind = Kind::handbook;
  p.region = kPirkanmaa;
  p.title = {title, "Nätverk och partnerskap", "Networks and partnership"};
  p.abstract = {.fi = "Yhteistyö työllisyydenhoidossa."};
  p.contributors = {{Credit::creator, "Suntio, Marianne", Orcid::parse("0000-0002-1825-0097")},
                    {Credit::editor, "Mikkonen, Sanna-Leena", {}}};
  p.publisher = "Vates-säätiö";
  p.issued = Issued::parse("2019");
  p.subjects = {"networks", "employment"};
  p.keywords = {"työllisyydenhoito"};
  p.licence = Licence::by;
  p.project = "S20130";
  return p;
}

/// A PDF that is one for libmagic too.
inline std::string pdf() { return "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"; }

struct Archive {
  explicit Archive(const testing::FreshDatabase& database)
      : site(database),
        editor(site.signedIn(site.person("Eeva", "Editori", {{Role::contactPerson, kPirkanmaa, {}}}))),
        reviewer(site.signedIn(site.person("Risto", "Tarkastaja", {{Role::regionalAdmin, kPirkanmaa, {}}}))) {}

  Host& host() { return site.host("publications"); }
  template <class F>
  auto write(F&& work) {
    return host().writeAs({}, std::forward<F>(work));
  }
  template <class F>
  auto read(F&& work) {
    return host().read(std::forward<F>(work));
  }
  PublicationId add(Publication publication) {
    return write([&](WriteTx& tx) { return operations::add(tx, publication); });
  }
  PublicationId publish(Publication publication) {
    const auto id = add(std::move(publication));
    take(id, Move::publish);
    return id;
  }
  std::optional<operations::Refusal> take(PublicationId id, Move move, const Powers& powers = kEverything) {
    return write([&](WriteTx& tx) { return operations::take(tx, id, move, powers, "Syy"); });
  }
  Publication find(PublicationId id) {
    return read([&](ReadTx& tx) { return store::find(tx, id).value(); });
  }
  std::vector<Part> parts(PublicationId id) {
    return read([&](ReadTx& tx) { return store::partsOf(tx, id); });
  }
  static std::string page(PublicationId id, std::string_view rest = "") {
    return "/fi/publications/" + id.text() + std::string(rest);
  }
  /// A form with a file, as a browser sends it.
  static Response upload(testing::Visitor& visitor, const std::string& path, const Sent& fields, const std::string& name,
                         const std::string& content) {
    return testing::upload(visitor, path, fields, {{"file", name, content}});
  }

  testing::Site site;
  testing::Visitor editor, reviewer;
};

}  // namespace toimela::publications
