// Orders of printed decks: the shelf, the queue, the letters, on both databases.
#include <catch2/catch.hpp>

#include <atomic>
#include <barrier>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <thread>

#include "decks.h"
#include "handlers/ordering.h"
#include "operations/orders.h"
#include "store/orders.h"
#include "toimela/directory.h"
#include "toimela/notices.h"
#include "view/order_letters.h"
#include "view/orders.h"

using namespace toimela;
using namespace toimela::trendcards;
using namespace toimela::trendcards::operations;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

struct Shelf : trendcards::Table {
  explicit Shelf(const testing::FreshDatabase& database, std::int64_t count = 10)
      : Table(database), deck(addDeck()), edition(publish(deck)) {
    stock = write([&](WriteTx& tx) {
      return operations::addStock(tx, {.edition = edition, .holder = kPirkanmaa, .left = count, .ceiling = 5, .note = "Tervetuloa", .contact = {}});
    });
  }
  Order wish(std::int64_t count, std::string key) {
    Order order;
    order.stock = stock;
    order.formKey = std::move(key);
    order.count = count;
    order.organisationName = "Tuki ry";
    order.sector = Sector::association;
    order.region = kPirkanmaa;
    order.name = "Elli Öhman";
    order.email = "elli.ohman@example.org";
    order.address = "Pirkankatu 2\n33100 Tampere";
    order.accessNonce = "nonce";
    return order;
  }
  std::variant<Placed, Refused> order(Order wished) {
    return host().writeAs({}, [&](WriteTx& tx) { return place(tx, wished); });
  }
  Order placed(std::int64_t count, std::string key) { return std::get<Placed>(order(wish(count, std::move(key)))).order; }
  Deed to(OrderId id, OrderState state, std::string reason = {}) {
    return host().writeAs({}, [&](WriteTx& tx) { return advance(tx, id, state, reason); });
  }
  std::int64_t left() {
    return read([&](ReadTx& tx) { return store::stock(tx, stock)->left; });
  }
  Order orderOf(OrderId id) {
    return read([&](ReadTx& tx) { return *store::order(tx, id); });
  }

  DeckId deck;
  EditionId edition;
  StockId stock;
};

/// The letter as it would go out, without what differs from run to run.
std::string letterOf(Shelf& shelf, std::string_view kind, OrderId about) {
  for (const Letter& letter : view::orderLetters())
    if (letter.kind == kind) {
      const auto mail = shelf.read([&](ReadTx& tx) { return letter.write(tx, shelf.host(), about.value); });
      if (!mail) return {};
      CHECK(mail->confidential);
      const std::string text = "To: " + mail->toName + " <" + mail->to.text() + ">\nSubject: " + mail->subject + "\n\n" + mail->text;
      return std::regex_replace(text, std::regex("(/trendcards/orders/)[0-9]+/[A-Za-z0-9_-]+"), "$1N/TOKEN");
    }
  return {};
}

void compare(const std::string& name, const std::string& letter) {
  INFO(name);
  REQUIRE_FALSE(letter.empty());
  const std::string path = std::string(TOIMELA_PLUGIN_FOLDER) + "/tests/golden/" + name + ".txt";
  if (const char* mode = std::getenv("TOIMELA_GOLDEN"); mode && std::string_view(mode) == "write") {
    std::ofstream(path) << letter;
    return;
  }
  std::ifstream in(path);
  std::ostringstream golden;
  golden << in.rdbuf();
  CHECK(letter == golden.str());
}

std::string path(DeckId deck) { return "/fi/trendcards/" + deck.text() + "/order"; }

Sent visitorsForm(StockId stock, std::string count) {
  return {{"key", "k1"}, {"stock", stock.text()}, {"count", std::move(count)}, {"organisation_name", "Kylätalo ry"},
          {"sector", "association"}, {"region", "06"}, {"name", "Veera Vieras"}, {"email", "veera@example.org"},
          {"address", "Kylätie 1"}, {"wish", "Ennen perjantaita"}};
}

}  // namespace

TEST_CASE("What has ended stays as it ended", "[trendcards][orders]") {
  for (const OrderState from : kOrderStates)
    for (const OrderState to : kOrderStates) {
      if (!isOpen(from)) CHECK_FALSE(canBecome(from, to));
      if (from == to) CHECK_FALSE(canBecome(from, to));
      if (canBecome(from, to)) CHECK(isOpen(from));
    }
  CHECK_FALSE(canBecome(OrderState::unconfirmed, OrderState::sent));
  CHECK_FALSE(givesBack(OrderState::sent));
  CHECK(givesBack(OrderState::declined));
}

TEST_CASE("The shelf follows every order", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Shelf shelf(database);
      // Also where there would be enough of them.
      CHECK(std::get<Refused>(shelf.order(shelf.wish(6, "e"))).why == Refused::Why::overCeiling);
      CHECK(shelf.left() == 10);
      const Order first = shelf.placed(4, "a"), second = shelf.placed(5, "b");
      CHECK(shelf.left() == 1);
      const auto over = std::get<Refused>(shelf.order(shelf.wish(2, "c")));
      CHECK(over.why == Refused::Why::overStock);
      CHECK(over.left == 1);
      const auto tooMany = std::get<Refused>(shelf.order(shelf.wish(6, "d")));
      CHECK(tooMany.why == Refused::Why::overCeiling);
      CHECK(tooMany.left == 5);
      CHECK(shelf.left() == 1);

      const auto again = std::get<Placed>(shelf.order(shelf.wish(4, "a")));
      CHECK(again.isRepeated);
      CHECK(again.order.id == first.id);
      CHECK(shelf.left() == 1);

      CHECK(shelf.to(first.id, OrderState::sent) == Deed::done);
      CHECK(shelf.to(first.id, OrderState::cancelled) == Deed::notNow);
      CHECK(shelf.left() == 1);
      CHECK(shelf.to(second.id, OrderState::accepted) == Deed::done);
      CHECK(shelf.to(second.id, OrderState::declined, "Loppu") == Deed::done);
      CHECK(shelf.left() == 6);
      CHECK_THROWS_AS(shelf.to(OrderId{999}, OrderState::sent), NotFound);
    }
  }
}

TEST_CASE("A holder changes the count of an order only as far as there are decks", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Shelf shelf(database, 6);
      Order order = shelf.placed(4, "a");
      const auto change = [&](std::int64_t count) {
        Order changed = shelf.orderOf(order.id);
        changed.count = count;
        return shelf.host().writeAs({}, [&](WriteTx& tx) { return operations::edit(tx, changed); });
      };
      CHECK(change(7) == Deed::overStock);
      CHECK(shelf.left() == 2);
      CHECK(change(6) == Deed::done);
      CHECK(shelf.left() == 0);
      CHECK(change(1) == Deed::done);
      CHECK(shelf.left() == 5);
      CHECK(shelf.host().writeAs({}, [&](WriteTx& tx) { return operations::edit(tx, order); }) == Deed::stale);

      Stock stock = shelf.read([&](ReadTx& tx) { return *store::stock(tx, shelf.stock); });
      const auto save = [&](std::int64_t added) {
        return shelf.host().writeAs({}, [&](WriteTx& tx) { return operations::saveStock(tx, stock, added); });
      };
      CHECK(save(-6) == Deed::overStock);
      CHECK(save(-5) == Deed::done);
      CHECK(shelf.left() == 0);
      CHECK(save(1) == Deed::stale);
    }
  }
}

TEST_CASE("In a rush no deck is sold twice, and one form orders once", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      constexpr std::int64_t kDecks = 30;
      constexpr int kThreads = 6, kAttempts = 12;
      Shelf shelf(database, kDecks);
      Host& host = shelf.host();
      std::atomic<std::int64_t> sold{0};
      std::atomic<int> refused{0};
      std::barrier everybody(kThreads);
      std::vector<std::thread> threads;
      for (int thread = 0; thread < kThreads; ++thread)
        threads.emplace_back([&, thread] {
          everybody.arrive_and_wait();
          for (int attempt = 0; attempt < kAttempts; ++attempt) {
            // Two threads at a time send the very same form.
            const Order wish = shelf.wish(1 + attempt % 2, std::to_string(thread / 2) + "-" + std::to_string(attempt));
            const auto outcome = host.writeAs({}, [&](WriteTx& tx) { return place(tx, wish); });
            if (const auto* made = std::get_if<Placed>(&outcome)) sold += made->isRepeated ? 0 : made->order.count;
            else ++refused;
          }
        });
      for (std::thread& thread : threads) thread.join();
      CHECK(sold == kDecks);
      CHECK(shelf.left() == 0);
      CHECK(refused > 0);
    }
  }
}

TEST_CASE("A visitor orders, confirms by the letter's link and cancels before it is sent", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Shelf shelf(database, 5);
      auto visitor = shelf.site.visitor();
      CHECK_THAT(bodyOf(visitor.get(path(shelf.deck))), Contains("name=\"email\"") && Contains("Tervetuloa"));

      // What is wrong is told at its field, and nothing typed is lost.
      const auto over = visitor.post(path(shelf.deck), visitorsForm(shelf.stock, "6"));
      CHECK(over.status == 422);
      CHECK_THAT(bodyOf(over), Contains("Kylätie 1") && Contains("enintään 5"));
      auto empty = visitorsForm(shelf.stock, "1");
      empty[8].second = "";
      CHECK(visitor.post(path(shelf.deck), empty).status == 422);

      const auto ordered = visitor.post(path(shelf.deck), visitorsForm(shelf.stock, "2"));
      CHECK(ordered.status == 303);
      CHECK_THAT(std::string(*ordered.headers.find("Location")), Contains("/ordered"));
      CHECK(visitor.post(path(shelf.deck), visitorsForm(shelf.stock, "2")).status == 303);
      CHECK(shelf.left() == 3);

      const Order order = shelf.read([&](ReadTx& tx) { return store::ordersNewestFirst(tx, {kPirkanmaa}, 1).front().order; });
      CHECK(order.state == OrderState::unconfirmed);
      const std::string link = "/fi" + view::privatePath(shelf.host(), order);
      CHECK_THAT(bodyOf(visitor.get(link)), Contains("Vahvista tilaus") && Contains("Kylätalo ry"));
      CHECK(visitor.get("/fi" + view::pathOf(order.id) + "/wrong").status == 404);
      CHECK(visitor.post(link + "/confirm").status == 303);
      CHECK(shelf.orderOf(order.id).state == OrderState::received);
      CHECK(visitor.post(link + "/cancel").status == 303);
      CHECK(shelf.orderOf(order.id).state == OrderState::cancelled);
      CHECK(shelf.left() == 5);
      CHECK_THAT(bodyOf(visitor.get(path(shelf.deck))), !Contains("Kylätie"));
    }
  }
}

TEST_CASE("One visitor can neither hold all decks nor fill a mailbox", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Shelf shelf(database, 100);
      int sent = 0;
      const auto unconfirmed = [&](const std::string& email, std::string_view network) {
        Order order = shelf.wish(1, "form-" + std::to_string(++sent));
        order.email = email;
        order.confirmBy = now() + std::chrono::hours(24);
        return shelf.host().writeAs({}, [&](WriteTx& tx) { return placeUnconfirmed(tx, order, network); });
      };
      using Why = Refused::Why;
      for (int i = 0; i < 10; ++i)
        CHECK(std::holds_alternative<Placed>(unconfirmed("a" + std::to_string(i) + "@example.org", "192.0.2.1")));
      CHECK(std::get<Refused>(unconfirmed("b@example.org", "192.0.2.1")).why == Why::tooMany);
      CHECK(shelf.left() == 90);
      for (int i = 0; i < 10; ++i)
        CHECK(std::holds_alternative<Placed>(unconfirmed("elli@example.org", "192.0.2." + std::to_string(10 + i))));
      CHECK(std::get<Refused>(unconfirmed("Elli@example.org", "192.0.2.99")).why == Why::mailsEnough);
      CHECK(shelf.left() == 80);
    }
  }
}

TEST_CASE("Orders that nobody confirms lapse, and old addresses are forgotten while the counts stay", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Shelf shelf(database);
      Order late = shelf.wish(3, "late");
      late.confirmBy = now() - std::chrono::hours(1);
      const OrderId unconfirmed = std::get<Placed>(shelf.order(late)).order.id;
      const OrderId old = shelf.placed(2, "old").id, fresh = shelf.placed(1, "fresh").id;
      CHECK(shelf.to(old, OrderState::sent) == Deed::done);
      CHECK(shelf.to(fresh, OrderState::sent) == Deed::done);
      shelf.write([&](WriteTx& tx) {
        Order order = *store::order(tx, old);
        order.endedAt = now() - kAddressKept - std::chrono::hours(1);
        return store::updateOrder(tx, order);
      });
      handlers::orderKeeping().run(shelf.host(), {});
      CHECK(shelf.orderOf(unconfirmed).state == OrderState::lapsed);
      CHECK(shelf.left() == 7);
      const Order forgotten = shelf.orderOf(old);
      CHECK(forgotten.address.empty());
      CHECK(forgotten.email.empty());
      CHECK(forgotten.count == 2);
      CHECK(forgotten.organisationName == "Tuki ry");
      CHECK_FALSE(shelf.orderOf(fresh).address.empty());
    }
  }
}

TEST_CASE("Who is erased leaves counts and organisation, and an open order is cancelled", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Shelf shelf(database);
      const PersonId person = shelf.site.person("Pia", "Poistuva"), follower = shelf.site.person("Seppo", "Seuraaja");
      shelf.write([&](WriteTx& tx) {
        notices::setPace(tx, follower, {.key = "trendcards.stock:" + shelf.stock.text(), .name = {"a", "b", "c"},
                                        .path = "/", .region = kPirkanmaa}, notices::Pace::weekly);
        return true;
      });
      Order wish = shelf.wish(2, "open");
      wish.person = person;
      const OrderId id = std::get<Placed>(shelf.order(wish)).order.id;
      static constexpr Sql kTold{"test.told", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_notice WHERE object = :object"};
      const auto told = [&](ReadTx& tx) { return tx.value<std::int64_t>(kTold, "trendcards.order:" + id.text()); };
      CHECK(shelf.read(told) == 1);
      const auto data = handlers::orderData();
      CHECK_THAT(shelf.read([&](ReadTx& tx) { return data.exporter(tx, person); }), Contains("Pirkankatu 2"));
      shelf.host().writeAs({}, [&](WriteTx& tx) { data.eraser(tx, person); });
      const Order order = shelf.orderOf(id);
      CHECK(order.state == OrderState::cancelled);
      CHECK(order.address.empty());
      CHECK_FALSE(order.person);
      CHECK(shelf.left() == 10);
      CHECK(shelf.read(told) == 0);  // what was to be told had the name of who ordered
      CHECK(shelf.read([&](ReadTx& tx) { return data.exporter(tx, person); }) == "[]");
    }
  }
}

TEST_CASE("A holder sees and moves the orders of their own region only", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Shelf shelf(database);
      const Order order = shelf.placed(2, "a");
      const std::string page = "/fi" + view::pathOf(order.id);
      auto& holder = shelf.editor;
      auto other = shelf.site.signedIn(shelf.site.person("Oona", "Outo", {{Role::contactPerson, region("02"), {}}}));
      CHECK_THAT(bodyOf(holder.get("/fi/trendcards/orders")), Contains("Tuki ry"));
      CHECK_THAT(bodyOf(other.get("/fi/trendcards/orders")), !Contains("Tuki ry"));
      CHECK(other.get(page).status == 403);
      CHECK(other.post(page + "/advance", {{"to", "sent"}}).status == 403);
      CHECK(shelf.site.visitor().get(page).status != 200);

      CHECK(holder.get(page).status == 200);
      CHECK(holder.post(page + "/advance", {{"to", "declined"}, {"reason", ""}}).status == 422);
      CHECK(holder.post(page + "/advance", {{"to", "cancelled"}}).status == 422);
      CHECK(holder.post(page + "/edit", {{"revision", "1"}, {"count", "3"}, {"address", "Uusi 1"}, {"wish", ""}}).status == 303);
      CHECK(shelf.left() == 7);
      const auto over = holder.post(page + "/edit", {{"revision", "2"}, {"count", "99"}, {"address", "Uusi 2"}, {"wish", ""}});
      CHECK(over.status == 422);
      CHECK_THAT(bodyOf(over), Contains("Uusi 2"));
      CHECK(holder.post(page + "/advance", {{"to", "sent"}}).status == 303);
      CHECK(shelf.orderOf(order.id).state == OrderState::sent);
      CHECK_THAT(bodyOf(holder.get("/fi/trendcards/orders/figures")),
                 Contains("Pirkanmaa") && Contains("kuu " + std::to_string(static_cast<int>(Date::today().day().year()))));
      CHECK_THAT(bodyOf(holder.get("/fi/trendcards/orders/figures")), !Contains(">" + Date::today().text().substr(0, 7) + "<"));
      CHECK(holder.get("/fi/trendcards/orders/figures?format=xlsx").status == 200);
      CHECK(holder.get("/fi/trendcards/orders?format=xlsx&state=sent").status == 200);

      CHECK(holder.get("/fi/trendcards/stock/new").status == 200);
      CHECK(holder.post("/fi/trendcards/stock/new", {{"edition", shelf.edition.text()}, {"holder", "02"}, {"count", "5"}, {"ceiling", "2"}}).status == 422);
      CHECK(holder.post("/fi/trendcards/stock/new", {{"edition", shelf.edition.text()}, {"holder", "06"}, {"count", "5"}, {"ceiling", "2"}}).status == 303);
      CHECK(holder.get("/fi" + view::pathOf(shelf.stock) + "/edit").status == 200);
      CHECK(holder.post("/fi" + view::pathOf(shelf.stock) + "/edit", {{"revision", "1"}, {"added", "-99"}, {"ceiling", "2"}}).status == 422);
    }
  }
}

TEST_CASE("Who is signed in orders for their organisation and sees their orders", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Shelf shelf(database);
      const auto organisation = shelf.site.organisation("Oma ry", "06");
      auto member = shelf.site.signedIn(shelf.site.person("Mia", "Jäsen", {{Role::organisationRep, {}, organisation}}));
      const auto ordered = member.post(path(shelf.deck), {{"key", "m"}, {"stock", shelf.stock.text()}, {"count", "2"},
                                                          {"organisation", organisation.text()}, {"address", "Tie 1"}});
      CHECK(ordered.status == 303);
      const auto own = member.get(std::string(*ordered.headers.find("Location")));
      CHECK_THAT(bodyOf(own), Contains("Oma ry") && Contains("vastaanotettu"));
      CHECK_THAT(bodyOf(member.get("/fi/account/trendcards")), Contains("Työn trendit"));
      CHECK(member.post(path(shelf.deck), {{"key", "n"}, {"stock", shelf.stock.text()}, {"count", "1"},
                                           {"organisation", "999"}, {"address", "Tie 1"}}).status == 422);
    }
  }
}

TEST_CASE("A deck is printed from its page, and what can not be printed is told", "[trendcards][paper]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Shelf shelf(database);
      auto visitor = shelf.site.visitor();
      const std::string print = "/fi/trendcards/" + shelf.deck.text() + "/print";
      CHECK_THAT(bodyOf(visitor.get(print)), Contains("Työn trendit"));
      const std::string wish = print + ".pdf?edition=" + shelf.edition.text() + "&size=a6&sheet=a4&sides=both&turned=long&bleed=1&marks=1";
      const auto file = visitor.get(wish);
      CHECK(file.status == 200);
      CHECK(file.headers.find("Content-Type") == "application/pdf");
      REQUIRE(file.headers.find("ETag"));
      CHECK(visitor.get(wish + "&numbers=2").headers.find("ETag") != file.headers.find("ETag"));
      const auto none = visitor.get(wish + "&numbers=77");
      CHECK(none.status == 422);
      CHECK_THAT(bodyOf(none), Contains("Yksikään kortti ei vastaa valintaa."));
      CHECK(visitor.get(wish + "&numbers=x").status == 422);
      CHECK(visitor.get(print + ".pdf").status == 422);
      CHECK(visitor.get(print + "?edition=999").status == 404);
      const auto draft = shelf.addDraft(shelf.deck, {Locale::sv});
      CHECK(visitor.get(print + "?edition=" + draft.text()).status == 404);
    }
  }
}

TEST_CASE("Every letter about an order is what its golden file says, in three languages", "[trendcards][orders]") {
  Shelf shelf(testing::databases().front(), 100);
  for (const Locale locale : kLocales) {
    const std::string language(code(locale));
    Order wish = shelf.wish(2, "letter-" + language);
    wish.locale = locale;
    const OrderId id = std::get<Placed>(shelf.order(wish)).order.id;
    compare("order_received." + language, letterOf(shelf, kOrderReceived, id));
    shelf.to(id, OrderState::sent);
    CHECK(letterOf(shelf, kOrderReceived, id).empty());
    CHECK(letterOf(shelf, kOrderDeclined, id).empty());
    compare("order_sent." + language, letterOf(shelf, kOrderSent, id));
    wish.formKey += "-no";
    const OrderId declined = std::get<Placed>(shelf.order(wish)).order.id;
    shelf.to(declined, OrderState::declined, "Painos on loppu.");
    compare("order_declined." + language, letterOf(shelf, kOrderDeclined, declined));
    wish.formKey += "-confirm";
    wish.confirmBy = *parseHelsinkiTime("2031-05-14T09:00");
    const OrderId waiting = std::get<Placed>(shelf.order(wish)).order.id;
    compare("order_confirm." + language, letterOf(shelf, kOrderReceived, waiting));
  }
}
