#include "view/json.h"

#include <nlohmann/json.hpp>

#include "domain/visibility.h"

namespace toimela::contacts::view {

namespace {

using Json = nlohmann::ordered_json;

Json json(const LocalText& text) { return {{"fi", text.fi}, {"sv", text.sv}, {"en", text.en}}; }

template <class T>
Json textOrNull(const std::optional<T>& value) {
  return value ? Json(value->text()) : Json(nullptr);
}

Json cursorOrNull(const std::optional<std::string>& cursor) {
  return cursor ? Json(*cursor) : Json(nullptr);
}

Json json(const store::NetworkSummary& network) {
  return {{"id", network.id.text()},
          {"name", json(network.name)},
          {"kind", code(network.kind)},
          {"region", textOrNull(network.region)},
          {"people", network.people},
          {"organisations", network.organisations}};
}

Json json(const Network& network) {
  return {{"id", network.id.text()}, {"name", json(network.name)}};
}

Json personOf(const store::MemberRow& row, const Reader& reader) {
  const Shown shown =
      shownTo(reader.to(row.member.person), isNamePublic(row.member.role), row.levels);
  if (!shown.name) return nullptr;
  Json person{{"id", row.member.person.text()}, {"name", row.name()}};
  if (shown.email) person["email"] = row.email;
  if (shown.phone) person["phone"] = row.phone;
  return person;
}

Json json(const store::MemberRow& row, const Reader& reader) {
  return {{"id", row.member.id.text()},
          {"person", personOf(row, reader)},
          {"organisation",
           {{"id", row.member.organisation.text()}, {"name", json(row.organisation)}}},
          {"role", code(row.member.role)},
          {"region", textOrNull(row.member.region)},
          {"from", row.member.period.from.text()},
          {"to", textOrNull(row.member.period.to)},
          {"revision", row.member.revision}};
}

Json json(const store::Membership& membership) {
  return {{"network", {{"id", membership.network.text()}, {"name", json(membership.networkName)}}},
          {"organisation", membership.member.organisation.text()},
          {"role", code(membership.member.role)},
          {"region", textOrNull(membership.member.region)},
          {"from", membership.member.period.from.text()},
          {"to", textOrNull(membership.member.period.to)}};
}

Json json(const store::ApplicationRow& row) {
  const Application& application = row.application;
  return {{"id", application.id.text()},
          {"network", {{"id", application.network.text()}, {"name", json(row.network)}}},
          {"person",
           {{"id", application.person.text()}, {"name", row.person}, {"email", row.email}}},
          {"organisation",
           {{"id", application.organisation.text()}, {"name", json(row.organisation)}}},
          {"role", code(application.role)},
          {"region", textOrNull(application.region)},
          {"message", application.message},
          {"state", code(application.state)},
          {"reason", application.reason},
          {"createdAt", isoText(application.createdAt)},
          {"decidedAt",
           application.decidedAt ? Json(isoText(*application.decidedAt)) : Json(nullptr)}};
}

Json json(const store::NotesOf& notes) {
  return {{"member", notes.member.text()}, {"notes", notes.notes}};
}

/// Items made with json(item, more…).
template <class T, class... More>
Json list(const std::vector<T>& things, const More&... more) {
  Json items = Json::array();
  for (const T& thing : things) items.push_back(json(thing, more...));
  return items;
}

}  // namespace

std::string networksJson(const std::vector<store::NetworkSummary>& networks,
                         const std::optional<std::string>& next) {
  return Json{{"items", list(networks)}, {"next", cursorOrNull(next)}}.dump();
}

std::string networkJson(const Network& network, const store::Counts& counts) {
  return Json{{"id", network.id.text()},
              {"name", json(network.name)},
              {"purpose", json(network.purpose)},
              {"kind", code(network.kind)},
              {"region", textOrNull(network.region)},
              {"revision", network.revision},
              {"people", counts.people},
              {"organisations", counts.organisations},
              {"regions", counts.regions},
              {"contactPersons", counts.contactPersons}}
      .dump();
}

std::string membersJson(const std::vector<store::MemberRow>& members, const Reader& reader,
                        const std::optional<std::string>& next) {
  return Json{{"items", list(members, reader)}, {"next", cursorOrNull(next)}}.dump();
}

std::string memberJson(const store::MemberRow& member, const Reader& reader) {
  return json(member, reader).dump();
}

std::string applicationsJson(const std::vector<store::ApplicationRow>& applications,
                             const std::optional<std::string>& next) {
  return Json{{"items", list(applications)}, {"next", cursorOrNull(next)}}.dump();
}

std::string applicationJson(const store::ApplicationRow& application) {
  return json(application).dump();
}

std::string personJson(const KnownOfPerson& known) {
  return Json{{"memberships", list(known.memberships)},
              {"coordinates", list(known.coordinated)},
              {"applications", list(known.applications)},
              {"handoverNotes", list(known.notes)},
              {"lastSeen", textOrNull(known.lastSeen)}}
      .dump();
}

}  // namespace toimela::contacts::view
