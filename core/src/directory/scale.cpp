#include "directory/scale.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "directory/organisations.h"
#include "directory/people.h"
#include "toimela/scale.h"
#include "toimela/words.h"

namespace toimela::directory {

namespace {

constexpr std::int64_t kBatch = 1'000;
constexpr std::int64_t kFirstBusinessId = 4'000'000;  // beyond what has been given out

// PostgreSQL plans by statistics, which come by themselves only after a while.
constexpr Sql kAnalyze{"directory.scale.analyze", "SELECT 1 WHERE 1 = 0", "ANALYZE"};

struct Town {
  std::string_view genitive, swedish, municipality, region;
};
// The larger first: they come more often.
constexpr std::array<Town, 40> kTowns{{
    {"Helsingin", "Helsingfors", "091", "01"}, {"Espoon", "Esbo", "049", "01"},
    {"Tampereen", "Tammerfors", "837", "06"},  {"Vantaan", "Vanda", "092", "01"},
    {"Oulun", "Uleåborg", "564", "17"},        {"Turun", "Åbo", "853", "02"},
    {"Jyväskylän", "Jyväskylä", "179", "13"},  {"Kuopion", "Kuopio", "297", "11"},
    {"Lahden", "Lahtis", "398", "07"},         {"Porin", "Björneborg", "609", "04"},
    {"Kouvolan", "Kouvola", "286", "08"},      {"Joensuun", "Joensuu", "167", "12"},
    {"Lappeenrannan", "Villmanstrand", "405", "09"}, {"Hämeenlinnan", "Tavastehus", "109", "05"},
    {"Vaasan", "Vasa", "905", "15"},           {"Seinäjoen", "Seinäjoki", "743", "14"},
    {"Rovaniemen", "Rovaniemi", "698", "19"},  {"Mikkelin", "S:t Michel", "491", "10"},
    {"Kotkan", "Kotka", "285", "08"},          {"Salon", "Salo", "734", "02"},
    {"Porvoon", "Borgå", "638", "01"},         {"Kokkolan", "Karleby", "272", "16"},
    {"Hyvinkään", "Hyvinge", "106", "01"},     {"Lohjan", "Lojo", "444", "01"},
    {"Järvenpään", "Träskända", "186", "01"},  {"Rauman", "Raumo", "684", "04"},
    {"Kajaanin", "Kajana", "205", "18"},       {"Savonlinnan", "Nyslott", "740", "10"},
    {"Keravan", "Kervo", "245", "01"},         {"Nokian", "Nokia", "536", "06"},
    {"Kaarinan", "S:t Karins", "202", "02"},   {"Ylöjärven", "Ylöjärvi", "980", "06"},
    {"Kangasalan", "Kangasala", "211", "06"},  {"Riihimäen", "Riihimäki", "694", "05"},
    {"Raaseporin", "Raseborg", "710", "01"},   {"Imatran", "Imatra", "153", "09"},
    {"Raahen", "Brahestad", "678", "17"},      {"Tornion", "Torneå", "851", "19"},
    {"Iisalmen", "Idensalmi", "140", "11"},    {"Maarianhaminan", "Mariehamn", "478", "21"},
}};

constexpr std::array<std::string_view, 44> kTopics{
    "nuoriso",     "urheilu",     "eläkeläis",  "työttömien ", "perhe",       "kylä",
    "metsästys",   "martta",      "kotiseutu",  "partio",      "musiikki",    "reserviläis",
    "liikunta",    "vanhus",      "luonto",     "kulttuuri",   "omaishoitaja", "mielenterveys",
    "päihde",      "vammais",     "teatteri",   "lasten ",     "opiskelija",  "yrittäjä",
    "sydän",       "diabetes",    "hengitys",   "näkövammais", "kuulo",       "autismi",
    "kehitysvamma", "raittius",   "ystävyys",   "seniori",     "maahanmuuttaja", "taide",
    "käsityö",     "puutarha",    "kalastus",   "retkeily",    "shakki",      "kuoro",
    "työllisyys",  "vertais"};
constexpr std::array<std::string_view, 14> kBodies{
    "yhdistys", "seura", "kerho", "tuki",    "keskus",  "toimijat", "verkosto",
    "yhteisö",  "klubi", "liitto", "ystävät", "kilta",  "osasto",   "kannatus"};
constexpr std::array<std::string_view, 8> kQualifiers{"",      "Pohjois-", "Etelä-", "Itä-",
                                                      "Länsi-", "Uuden ",  "Vanhan ", "Keski-"};

constexpr std::array<std::string_view, 36> kLandscapes{
    "Koivu", "Kuusi", "Mänty", "Haapa", "Leppä", "Pihla", "Hauki", "Ahven", "Lohi",
    "Karhu", "Susi",  "Hirvi", "Kettu", "Joutsen", "Kurki", "Sorsa", "Kivi", "Hiekka",
    "Savi",  "Musta", "Valkea", "Puna", "Sini",  "Syvä",  "Pitkä", "Iso",   "Vähä",
    "Ylä",   "Ala",   "Kesä",  "Talvi", "Aamu",  "Ilta",  "Pyhä",  "Kirkko", "Mylly"};
struct Ground {
  std::string_view nominative, genitive;
};
constexpr std::array<Ground, 22> kGrounds{{{"mäki", "mäen"},     {"lahti", "lahden"},
                                           {"järvi", "järven"},  {"niemi", "niemen"},
                                           {"koski", "kosken"},  {"saari", "saaren"},
                                           {"kylä", "kylän"},    {"pelto", "pellon"},
                                           {"harju", "harjun"},  {"ranta", "rannan"},
                                           {"salo", "salon"},    {"vaara", "vaaran"},
                                           {"suo", "suon"},      {"korpi", "korven"},
                                           {"luoto", "luodon"},  {"kallio", "kallion"},
                                           {"lampi", "lammen"},  {"joki", "joen"},
                                           {"kangas", "kankaan"}, {"lehto", "lehdon"},
                                           {"oja", "ojan"},      {"viita", "viidan"}}};

constexpr std::array<std::string_view, 60> kGivenNames{
    "Maria",   "Juhani",  "Helena", "Johannes", "Anneli",  "Mikael",  "Johanna", "Antero",
    "Kaarina", "Matti",   "Marjatta", "Tapani", "Hannele", "Kari",    "Kristiina", "Timo",
    "Liisa",   "Olavi",   "Emilia", "Antti",    "Elina",   "Jukka",   "Tuulikki", "Mika",
    "Annikki", "Petri",   "Sofia",  "Heikki",   "Päivi",   "Markku",  "Sari",    "Pekka",
    "Minna",   "Jari",    "Tiina",  "Seppo",    "Ritva",   "Hannu",   "Leena",   "Janne",
    "Susanna", "Sami",    "Anna",   "Ville",    "Katja",   "Marko",   "Pirkko",  "Teemu",
    "Laura",   "Lauri",   "Outi",   "Aleksi",   "Åsa",     "Göran",   "Öystein", "Aino",
    "Veikko",  "Inkeri",  "Noora",  "Onni"};
constexpr std::array<std::string_view, 40> kFamilyNames{
    "Korhonen", "Virtanen", "Mäkinen", "Nieminen", "Mäkelä",  "Hämäläinen", "Laine",   "Heikkinen",
    "Koskinen", "Järvinen", "Lehtonen", "Lehtinen", "Saarinen", "Salminen", "Heinonen", "Niemi",
    "Heikkilä", "Kinnunen", "Salonen", "Turunen",  "Salo",    "Laitinen",   "Tuominen", "Rantanen",
    "Karjalainen", "Jokinen", "Mattila", "Savolainen", "Lahtinen", "Ahonen", "Johansson", "Öhman",
    "Åkerlund", "Lindström", "Nyström", "Karlsson", "Eriksson", "Lindholm", "Nurmi", "Ojala"};

/// Numbers that look random and are the same everywhere (Steele, Lea and Flood's SplitMix64).
class Dice {
 public:
  Dice(std::uint64_t kind, std::int64_t number)
      : state_(kind * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(number) * 0xD1B54A32D192ED03u) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t count) { return next() % count; }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  /// The first of the list often, the last seldom.
  template <class List>
  const auto& skewed(const List& list) {
    const double share = static_cast<double>(next() >> 11) / 9007199254740992.0;
    return list[static_cast<std::size_t>(std::pow(share, 2.2) * static_cast<double>(list.size()))];
  }
  template <class List>
  const auto& any(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t state_;
};

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  if (text.starts_with("\xC3\xA4")) text[1] = '\x84';  // ä
  return text;
}

std::string village(Dice& dice) {
  return std::string(dice.any(kLandscapes)) + std::string(dice.any(kGrounds).genitive);
}

std::string surname(Dice& dice) {
  if (dice.chance(55)) return std::string(dice.skewed(kFamilyNames));
  return std::string(dice.any(kLandscapes)) + std::string(dice.any(kGrounds).nominative);
}

std::string work(Dice& dice) {
  return std::string(dice.skewed(kTopics)) + std::string(dice.skewed(kBodies));
}

LocalText nameOf(Dice& dice, const Town& town, Sector sector) {
  switch (sector) {
    case Sector::company: return {surname(dice) + " & " + surname(dice) + " Oy", "", ""};
    case Sector::foundation: return {village(dice) + " " + work(dice) + "säätiö sr", "", ""};
    case Sector::municipality:
      return {std::string(town.genitive) + " kaupungin " + std::string(dice.any(kTopics)) + "palvelut", "", ""};
    case Sector::school: return {village(dice) + " koulu", "", ""};
    default: break;
  }
  if (dice.chance(6)) {
    const std::string name = "Föreningen " + capital(std::string(dice.any(kLandscapes))) + " i " +
                             std::string(town.swedish) + " rf";
    return {name, name, ""};
  }
  std::string place = dice.chance(45) ? std::string(town.genitive) : village(dice);
  if (dice.chance(35)) place = std::string(dice.any(kQualifiers)) + place;
  if (dice.chance(30)) place += " " + village(dice);
  const std::string name = place + " " + work(dice) + " ry";
  return {name, dice.chance(8) ? std::string(town.swedish) + " förening rf" : "", ""};
}

Sector sectorOf(Dice& dice) {
  const auto roll = dice.below(100);
  return roll < 78   ? Sector::association
         : roll < 88 ? Sector::company
         : roll < 91 ? Sector::foundation
         : roll < 94 ? Sector::municipality
         : roll < 97 ? Sector::school
         : roll < 98 ? Sector::state
                     : Sector::other;
}

/// A number with its check digit; nothing for the numbers that have none.
std::optional<BusinessId> businessIdOf(std::int64_t number) {
  const std::string digits = std::to_string(kFirstBusinessId + number);
  for (char check = '0'; check <= '9'; ++check)
    if (auto id = BusinessId::parse(digits + "-" + check)) return id;
  return std::nullopt;
}

struct Placed {
  OrganisationId id;
  RegionCode region;
};

}  // namespace

Organisation scaleOrganisation(std::int64_t number) {
  Dice dice(1, number);
  const Town& town = dice.skewed(kTowns);
  const Sector sector = sectorOf(dice);
  LocalText name = nameOf(dice, town, sector);
  return {.id = {},
          .name = std::move(name),
          .businessId = dice.chance(70) ? businessIdOf(number) : std::nullopt,
          .registerNumber = sector == Sector::association ? std::to_string(1'000 + number) : "",
          .sector = sector,
          .region = RegionCode::parse(town.region).value(),
          .municipality = MunicipalityCode::parse(town.municipality),
          .website = {},
          .summary = {}};
}

Person scalePerson(std::int64_t number) {
  Dice dice(2, number);
  std::string given(dice.skewed(kGivenNames)), family = surname(dice);
  std::string mailbox;
  for (const auto& word : words::fold(given + " " + family))
    for (const char c : word)
      if (c >= 'a' && c <= 'z') mailbox += c;
  auto email = EmailAddress::parse(mailbox + "." + std::to_string(number) + "@example.org").value();
  return {{},
          std::move(given),
          std::move(family),
          std::move(email),
          "+358 40 " + std::to_string(1'000'000 + number),
          dice.chance(90) ? Locale::fi : Locale::sv};
}

void loadScale(Host& host, std::int64_t organisations, std::int64_t people,
               const std::function<void(std::int64_t)>& told) {
  std::vector<Placed> placed;
  placed.reserve(static_cast<std::size_t>(organisations));
  const Date since = Date::today().plusDays(-400);
  for (std::int64_t from = 0; from < organisations; from += kBatch) {
    const auto until = std::min(from + kBatch, organisations);
    auto added = host.writeAs(std::nullopt, [&](WriteTx& tx) {
      std::vector<Placed> batch;
      for (auto number = from; number < until; ++number) {
        const Organisation organisation = scaleOrganisation(number);
        if (const auto id = addOrganisation(tx, organisation))
          batch.push_back({*id, organisation.region});
      }
      return batch;
    });
    placed.insert(placed.end(), added.begin(), added.end());
    told(until);
  }
  if (placed.empty()) return;
  for (std::int64_t from = 0; from < people; from += kBatch) {
    const auto until = std::min(from + kBatch, people);
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      ScaleBatch batch;
      for (auto number = from; number < until; ++number) {
        Dice dice(3, number);
        const Placed& place = dice.any(placed);
        const PersonId person = addPerson(tx, scalePerson(number));
        addMembership(tx, person, place.id, {}, {since, std::nullopt});
        batch.people.push_back({number, person, place.id, place.region});
      }
      tx.publish(batch);
    });
    told(organisations + until);
  }
  host.writeAs(std::nullopt, [](WriteTx& tx) {
    tx.run(kAnalyze);
    tx.audit({.action = "core.demo.scale", .object = "core.plugin:core"});
  });
}

}  // namespace toimela::directory
