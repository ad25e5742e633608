#include "control_pages.h"

#include <cmark-gfm.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>

namespace control {

namespace {

using kainjow::mustache::data;
using kainjow::mustache::list;

constexpr const char* kBase = "/fi";

/// What everything that is shown is looked up in.
struct Words {
  const Templates& templates;
  const std::vector<Region>& regions;

  const std::string& text(const std::string& key) const { return templates.text(key); }
  const std::string& place(const std::optional<std::string>& code) const {
    for (const Region& region : regions)
      if (code == region.code) return region.name;
    return text("contacts.place.nation");
  }
};

std::string people(long long number) {
  if (number == 0) return "ei ihmisiä";
  return std::to_string(number) + (number == 1 ? " ihminen" : " ihmistä");
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    out += kDigits[bytes[i] >> 4];
    out += kDigits[bytes[i] & 15];
  }
  return out;
}

std::string sha256(const std::string& text) {
  unsigned char digest[32];
  EVP_Digest(text.data(), text.size(), digest, nullptr, EVP_sha256(), nullptr);
  return hex(digest, sizeof digest);
}

/// The token of a form, as long as Toimela's: random bytes and the bytes that they mask.
std::string formToken(const std::string& secret, const std::string& session) {
  unsigned char bytes[64], digest[32];
  unsigned int size = sizeof digest;
  RAND_bytes(bytes, 32);
  const std::string message = "csrf:" + session;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest, &size);
  for (int i = 0; i < 32; ++i) bytes[32 + i] = bytes[i] ^ digest[i];
  unsigned char encoded[92];
  EVP_EncodeBlock(encoded, bytes, sizeof bytes);
  return {reinterpret_cast<const char*>(encoded), 86};
}

std::string dayOf(std::time_t time) {
  std::tm local{};
  localtime_r(&time, &local);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &local);
  return text;
}

/// "2023-04-01" as "1.4.2023".
std::string shown(const std::string& day) {
  return std::to_string(std::stoi(day.substr(8, 2))) + "." +
         std::to_string(std::stoi(day.substr(5, 2))) + "." + day.substr(0, 4);
}

std::string markdown(const std::string& source) {
  char* html = cmark_markdown_to_html(source.data(), source.size(), CMARK_OPT_DEFAULT);
  std::string out = html;
  std::free(html);
  return out;
}

bool isNational(const Grant& grant) { return !grant.region && !grant.organisation; }

bool seesDetails(const Visitor& visitor, const Network& network,
                 const std::vector<Member>& members) {
  if (visitor.person.id == network.coordinator) return true;
  return std::any_of(visitor.grants.begin(), visitor.grants.end(), [&](const Grant& grant) {
    if (isNational(grant) || (grant.region && grant.region == network.region)) return true;
    return std::any_of(members.begin(), members.end(), [&](const Member& member) {
      return (grant.region && grant.region == member.region) ||
             grant.organisation == member.organisation;
    });
  });
}

bool edits(const Visitor& visitor, const Network& network) {
  if (visitor.person.id == network.coordinator) return true;
  return std::any_of(visitor.grants.begin(), visitor.grants.end(), [&](const Grant& grant) {
    return (isNational(grant) || (grant.region && grant.region == network.region)) &&
           (grant.role == "national_admin" || grant.role == "regional_admin" ||
            grant.role == "contact_person");
  });
}

bool administers(const Visitor& visitor) {
  return std::any_of(visitor.grants.begin(), visitor.grants.end(), [](const Grant& grant) {
    return grant.role == "national_admin" || grant.role == "regional_admin" ||
           grant.role == "contact_person";
  });
}

data link(const std::string& href, const std::string& label, bool isCurrent) {
  data item;
  item.set("href", kBase + href);
  item.set("label", label);
  item.set("is_current", isCurrent);
  item.set("current", "true");
  return item;
}

data navigation(const Visitor& visitor, const Words& words) {
  data items{data::type::list};
  items.push_back(link("/dashboard", words.text("site.dashboard"), false));
  items.push_back(link("/organisations", words.text("site.organisations"), false));
  items.push_back(link("/contacts", words.text("contacts.navigation"), true));
  if (administers(visitor))
    items.push_back(link("/admin", words.text("site.administration"), false));
  return items;
}

data languages(const std::string& path) {
  data items{data::type::list};
  constexpr std::pair<const char*, const char*> kNames[] = {
      {"fi", "Suomi"}, {"sv", "Svenska"}, {"en", "English"}};
  for (const auto& [code, name] : kNames) {
    data item;
    item.set("code", code);
    item.set("name", name);
    item.set("href", std::string("/").append(code).append(path));
    item.set("url", std::string("http://localhost/").append(code).append(path));
    item.set("is_current", code == std::string("fi"));
    items.push_back(item);
  }
  return items;
}

data regionLinks(const Words& words) {
  data items{data::type::list};
  for (const Region& region : words.regions)
    items.push_back(link("/regions/" + region.slug, region.name, false));
  return items;
}

data breadcrumbs(const Network& network, const Words& words) {
  data list{data::type::list}, above, here;
  std::string path = "/contacts", label = words.text("contacts.navigation");
  for (const Region& region : words.regions) {
    if (network.region != region.code) continue;
    path = "/regions/" + region.slug + "/contacts";
    label = region.name;
  }
  above.set("href", kBase + path);
  above.set("label", label);
  here.set("label", network.name);
  list.push_back(above);
  list.push_back(here);
  return list;
}

/// Is a detail of that level shown to somebody who sees the network's details, or edits it?
bool isShown(const std::string& level, bool details, bool isEditor) {
  return level == "public" || (level == "network" ? details : isEditor);
}

data memberRow(const Member& member, bool details, bool isEditor, const Words& words) {
  data row;
  row.set("id", std::to_string(member.id));
  row.set("person", member.person);
  row.set("person_id", std::to_string(member.personId));
  row.set("organisation", member.organisationName);
  row.set("organisation_id", std::to_string(member.organisation));
  row.set("role", words.text("contacts.role." + member.role));
  row.set("place", words.place(member.region));
  row.set("period", shown(member.from) + "–" + (member.to ? shown(*member.to) : ""));
  row.set("is_contact_person", member.role == "contact_person");
  if (isShown(member.emailLevel, details, isEditor)) row.set("email", member.email);
  // To the library an empty text is there all the same.
  if (isShown(member.phoneLevel, details, isEditor) && !member.phone.empty())
    row.set("phone", member.phone);
  return row;
}

template <class Things, class F>
data rows(const Things& things, F&& show) {
  data items{data::type::list};
  for (const auto& thing : things) items.push_back(show(thing));
  return items;
}

void setList(data& page, const std::string& name, const data& items) {
  page.set("has_" + name, items.is_non_empty_list());
  page.set(name, items);
}

data figure(long long number, const char* one, const char* more) {
  data view;
  view.set("number", std::to_string(number));
  view.set("unit", number == 1 ? one : more);
  return view;
}

data figures(const Counts& counts, bool isNational) {
  data list{data::type::list};
  list.push_back(figure(counts.people, "ihminen", "ihmistä"));
  list.push_back(figure(counts.organisations, "organisaatio", "organisaatiota"));
  list.push_back(figure(counts.contactPersons, "yhteyshenkilö", "yhteyshenkilöä"));
  if (isNational) list.push_back(figure(counts.regions, "maakunta", "maakuntaa"));
  return list;
}

data organisationRow(const OrganisationShare& share) {
  data row;
  row.set("id", std::to_string(share.id));
  row.set("name", share.name);
  row.set("people", people(share.people));
  return row;
}

data regionRow(const RegionShare& share, const Words& words) {
  data row;
  row.set("place", words.place(share.region));
  for (const Region& region : words.regions)
    if (share.region == region.code) row.set("slug", region.slug);
  row.set("people", people(share.people));
  return row;
}

data relatedRow(const Summary& network, const Words& words) {
  data row;
  row.set("id", std::to_string(network.id));
  row.set("name", network.name);
  row.set("place", words.place(network.region));
  row.set("people", people(network.people));
  return row;
}

void setHead(data& page, const Network& network, const Words& words) {
  page.set("breadcrumbs", breadcrumbs(network, words));
  page.set("network_id", std::to_string(network.id));
  page.set("id", std::to_string(network.id));
  page.set("name", network.name);
  page.set("kind", words.text("contacts.kind." + network.kind));
  page.set("place", words.place(network.region));
  page.set("is_national", !network.region);
  page.set("has_purpose", !network.purpose.empty());
  data html;
  html.set("purpose", markdown(network.purpose));
  page.set("html", html);
}

void setShell(data& page, const Visitor& visitor, const Network& network, const Words& words) {
  const std::string path = "/contacts/networks/" + std::to_string(network.id);
  page.set("base", kBase);
  page.set("lang", "fi");
  page.set("is_signed_in", true);
  page.set("user_name", visitor.person.name);
  data shell;
  shell.set("title", network.name + " – Toimela");
  shell.set("is_indexed", false);
  shell.set("languages", languages(path));
  shell.set("regions", regionLinks(words));
  shell.set("navigation", navigation(visitor, words));
  page.set("shell", shell);
}

}  // namespace

std::optional<std::string> networkPage(soci::session& sql, const Templates& templates,
                                       long long id, const std::string& token) {
  // Regions hardly ever change, so each thread keeps them until something was written.
  thread_local std::vector<Region> known;
  thread_local std::string secret = formSecret(sql);
  thread_local long long knownGeneration = -1;

  const std::time_t seconds = std::time(nullptr);
  const std::string today = dayOf(seconds);
  if (const long long current = generation(sql); current != knownGeneration) {
    known = regions(sql);
    knownGeneration = current;
  }
  const auto visitor = findVisitor(sql, sha256(token), seconds * 1000LL, today);
  if (!visitor || !networkExists(sql, id)) return std::nullopt;

  const auto network = findNetwork(sql, id);
  std::optional<Person> coordinator;
  if (network->coordinator) coordinator = findPerson(sql, *network->coordinator);
  const auto current = currentMembers(sql, id, today);
  const auto organisations = organisationShares(sql, id, today);
  const auto regions = regionShares(sql, id, today);
  const auto size = countMembers(sql, id, today);
  const auto related = relatedNetworks(sql, id, today);
  const auto others = otherMembers(sql, id, today);

  const Words words{templates, known};
  const bool details = seesDetails(*visitor, *network, current);
  const bool isEditor = edits(*visitor, *network);
  const auto member = [&](const Member& m) { return memberRow(m, details, isEditor, words); };
  std::vector<Member> named;
  for (const Member& m : current)
    if (details || m.role == "contact_person") named.push_back(m);
  data page;
  setShell(page, *visitor, *network, words);
  setHead(page, *network, words);
  page.set("csrf", formToken(secret, token));
  if (coordinator) page.set("coordinator", coordinator->name);
  if (coordinator && details) page.set("coordinator_email", coordinator->email);
  page.set("figures", figures(size, !network->region));
  setList(page, "members", rows(named, member));
  setList(page, "organisations",
          rows(organisations, [](const auto& o) { return organisationRow(o); }));
  if (!network->region) {
    setList(page, "regions", rows(regions, [&](const auto& r) { return regionRow(r, words); }));
  }
  setList(page, "related", rows(related, [&](const auto& n) { return relatedRow(n, words); }));
  if (isEditor) setList(page, "others", rows(others, member));
  page.set("sees_all", details);
  page.set("sees_details", details);
  page.set("edits_network", isEditor);
  page.set("edits_members", isEditor);
  return templates.render("network", page);
}

}  // namespace control
