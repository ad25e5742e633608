#include "handlers/orders_demo.h"

#include <array>

#include "handlers/making_demo.h"
#include "operations/orders.h"
#include "store/orders.h"
#include "toimela/directory.h"
#include "toimela/secrets.h"

namespace toimela::trendcards::handlers {

namespace {

struct Example {
  const char* organisation;
  Sector sector;
  const char* region;
  const char* name;
  const char* address;
  const char* wish;
  std::int64_t count;
  OrderState state;
};
constexpr std::array kExamples{
    Example{"Kylän väki ry", Sector::association, "06", "Helmi Harju", "Kylätie 4, 33100 Tampere", "Ennen maanantain iltaa, kiitos.", 2, OrderState::received},
    Example{"Työpajayhdistys Sampo", Sector::association, "10", "Otso Niemelä", "Rantakatu 9, 50100 Mikkeli", "", 3, OrderState::accepted},
    Example{"Jokilaakson kunta", Sector::municipality, "14", "Saima Lehtonen", "Kunnantie 1, 60100 Seinäjoki", "", 5, OrderState::sent},
    Example{"Merenkurkun opisto", Sector::school, "15", "Axel Sund", "Skolgatan 12, 65100 Vaasa", "Gärna en svensk kortlek också.", 4, OrderState::sent},
    Example{"Toivon säätiö", Sector::foundation, "01", "Lempi Salo", "Puistokatu 20, 00100 Helsinki", "", 2, OrderState::sent},
    Example{"Reilu työ Oy", Sector::company, "19", "Eino Koski", "Jokiväylä 3, 96100 Rovaniemi", "", 5, OrderState::declined},
};

Order orderOf(const Example& example, StockId stock) {
  Order order;
  order.stock = stock;
  order.formKey = "demo:" + secrets::random();
  order.count = example.count;
  order.organisationName = example.organisation;
  order.sector = example.sector;
  order.region = *RegionCode::parse(example.region);
  order.name = example.name;
  order.email = "tilaaja@example.org";
  order.address = example.address;
  order.wish = example.wish;
  order.accessNonce = secrets::random();
  return order;
}

/// Through the states that a real order goes through.
void walk(WriteTx& tx, OrderId id, OrderState to) {
  if (to == OrderState::received) return;
  if (to != OrderState::declined) operations::advance(tx, id, OrderState::accepted);
  if (to != OrderState::accepted)
    operations::advance(tx, id, to, to == OrderState::declined ? "Yrityksille pakkoja ei tällä kertaa riitä." : "");
}

}  // namespace

void loadOrders(Host& host) {
  const auto editions = host.read([](ReadTx& tx) { return store::printable(tx, std::nullopt); });
  if (editions.empty()) return;
  // Who adds a stock hears of its orders.
  const auto keeper = host.read([](ReadTx& tx) { return demoPerson(tx, kNationalPerson); });
  std::optional<StockId> first;
  host.writeAs(keeper, [&](WriteTx& tx) {
    for (const EditionHead& edition : editions) {
      if (edition.language.locale == Locale::en) continue;
      const StockId id = operations::addStock(
          tx, {.edition = edition.id, .holder = {}, .left = 120, .ceiling = 5, .note = "Lähetämme pakat viikon kuluessa.", .contact = {}});
      if (!first && edition.language == Language{Locale::fi}) first = id;
    }
    tx.unaudited("demonstration content");
  });
  const auto pirkanmaa = RegionCode::parse("06");
  const auto regional = host.read([](ReadTx& tx) { return demoPerson(tx, kRegionalPerson); });
  if (host.active("trendcards", pirkanmaa))
    host.writeAs(regional, [&](WriteTx& tx) {
      operations::addStock(tx, {.edition = editions.front().id,
                                .holder = pirkanmaa,
                                .left = 12,
                                .ceiling = 2,
                                .note = "Nouto onnistuu myös Tampereelta.",
                                .contact = {}});
    });
  if (!first) return;
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    for (const Example& example : kExamples) {
      const auto outcome = operations::place(tx, orderOf(example, *first));
      walk(tx, std::get<operations::Placed>(outcome).order.id, example.state);
    }
  });
}

}  // namespace toimela::trendcards::handlers
