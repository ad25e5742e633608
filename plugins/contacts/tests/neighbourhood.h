// A small world for tests: a site with people, organisations and a network in Pirkanmaa.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "domain/member.h"
#include "domain/network.h"
#include "store/members.h"
#include "store/networks.h"
#include "toimela/directory.h"
#include "toimela/testing.h"

namespace toimela::contacts {

inline RegionCode region(std::string_view code) { return RegionCode::parse(code).value(); }
inline const RegionCode kUusimaa = region("01"), kPirkanmaa = region("06");

/// The fields of a form that is sent.
using Sent = std::vector<std::pair<std::string, std::string>>;

struct Mail {
  std::string to, subject, text;
};

/// The network has a contact person and a plain member, both of the same organisation.
struct Neighbourhood {
  explicit Neighbourhood(const testing::FreshDatabase& database) : site(database) {
    coordinator = site.person("Kaija", "Koordinaattori");
    contactPerson = site.person("Yrjö", "Yhteyshenkilö");
    plainMember = site.person("Jaana", "Jäsen");
    organisation = site.organisation("Tampereen Tuki ry", "06");
    network = addNetwork("Pirkanmaan verkosto", kPirkanmaa);
    contactPersonship = addMember(network, contactPerson, MemberRole::contactPerson);
    addMember(network, plainMember, MemberRole::member);
  }

  Host& host() { return site.host("contacts"); }

  template <class F>
  auto change(F&& work) {
    return host().writeAs({}, [&](WriteTx& tx) {
      tx.audit({.action = "contacts.test.prepare", .object = "core.plugin:contacts"});
      return work(tx);
    });
  }

  NetworkId addNetwork(std::string name, std::optional<RegionCode> region,
                       NetworkKind kind = NetworkKind::theme) {
    return change([&](WriteTx& tx) {
      return store::insertNetwork(tx, {.name = {.fi = std::move(name)},
                                       .purpose = {.fi = "Tehdään **yhdessä**."},
                                       .kind = kind,
                                       .region = region,
                                       .coordinator = coordinator});
    });
  }

  MemberId addMember(NetworkId network, PersonId person, MemberRole role,
                     DateRange period = {yesterday(), std::nullopt},
                     std::optional<RegionCode> region = kPirkanmaa) {
    return change([&](WriteTx& tx) {
      return store::insertMember(tx, network,
                                 {.person = person,
                                  .organisation = organisation,
                                  .role = role,
                                  .region = region,
                                  .period = period});
    });
  }

  std::string emailOf(PersonId person) {
    return host().read([&](ReadTx& tx) { return directory::findPerson(tx, person)->email.text(); });
  }

  std::vector<store::MemberRow> currentMembers() {
    return host().read(
        [&](ReadTx& tx) { return store::currentMembers(tx, network, Date::today()); });
  }

  /// The place that somebody has today.
  Member memberOf(PersonId person) {
    const auto members = currentMembers();
    const auto found = std::ranges::find(
        members, person, [](const store::MemberRow& row) { return row.member.person; });
    REQUIRE(found != members.end());
    return found->member;
  }

  /// Everything that was mailed, the oldest first.
  std::vector<Mail> mails() {
    static constexpr Sql kMails{"test.mails",
                                "SELECT recipient, subject, body_text FROM core_outbox ORDER BY id"};
    return host().read([](ReadTx& tx) {
      return tx.all(kMails, [](std::string to, std::string subject, std::string text) {
        return Mail{std::move(to), std::move(subject), std::move(text)};
      });
    });
  }

  /// Someone who has `role` at a region or an organisation and is signed in.
  testing::Visitor someone(Role role, std::optional<RegionCode> region,
                           std::optional<OrganisationId> organisation = {}) {
    return site.signedIn(site.person("Ritva", "Roolillinen", {{role, region, organisation}}));
  }

  /// Somebody who may add members without asking them.
  testing::Visitor administrator() { return someone(Role::nationalAdmin, std::nullopt); }

  std::string page(std::string_view rest = "") const {
    return "/fi/contacts/networks/" + network.text() + std::string(rest);
  }
  std::string memberPage(MemberId member, std::string_view rest) const {
    return page("/members/" + member.text() + std::string(rest));
  }

  static Date yesterday() { return Date::today().plusDays(-1); }

  testing::Site site;
  PersonId coordinator, contactPerson, plainMember;
  OrganisationId organisation;
  NetworkId network;
  MemberId contactPersonship;
};

/// The same in a neighbourhood of its own on every database, each as a section.
template <class Work>
void onEveryDatabase(Work work) {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Neighbourhood n(database);
      work(n);
    }
  }
}

}  // namespace toimela::contacts
