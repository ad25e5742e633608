#include "store/orders.h"

#include <map>

#include "store/stored.h"

namespace toimela {
template <>
struct Stored<trendcards::OrderState> : StoredCode<trendcards::kOrderStates> {};
}  // namespace toimela

namespace toimela::trendcards::store {

namespace {

#define TRENDCARDS_STOCK "s.id, s.edition_id, s.region, s.left_count, s.ceiling, s.note, s.contact_id, s.revision, " \
                         "e.deck_id, e.language, e.is_plain, e.version, e.title "
#define TRENDCARDS_STOCK_FROM "FROM trendcards_stock s JOIN trendcards_edition e ON e.id = s.edition_id "
#define TRENDCARDS_ORDER "o.id, o.stock_id, o.form_key, o.state, o.count, o.organisation_id, o.organisation_name, o.sector, " \
                         "o.region, o.person_id, o.name, o.email, o.address, o.wish, o.locale, o.access_nonce, o.reason, " \
                         "o.confirm_by, o.created_at, o.ended_at, o.forgotten_at, o.revision "

constexpr Sql kStockScope{"trendcards.stock.scope", "SELECT region FROM trendcards_stock WHERE id = :id"};
constexpr Sql kOrderScope{"trendcards.order.scope",
                          "SELECT s.region, o.person_id FROM trendcards_order o "
                          "JOIN trendcards_stock s ON s.id = o.stock_id WHERE o.id = :id"};
constexpr Sql kStock{"trendcards.stock.find", "SELECT " TRENDCARDS_STOCK TRENDCARDS_STOCK_FROM "WHERE s.id = :id"};
constexpr Sql kStocksAfter{"trendcards.stock.after",
                           "SELECT " TRENDCARDS_STOCK TRENDCARDS_STOCK_FROM
                           "WHERE s.id > :after AND (s.region IS NULL OR EXISTS (SELECT 1 FROM core_plugin_active a "
                           "WHERE a.plugin = 'trendcards' AND a.region = s.region)) ORDER BY s.id LIMIT :limit"};
constexpr Sql kStocksOfDeck{"trendcards.stock.of_deck",
                            "SELECT " TRENDCARDS_STOCK TRENDCARDS_STOCK_FROM
                            "WHERE e.deck_id = :deck AND (s.region IS NULL OR EXISTS (SELECT 1 FROM core_plugin_active a "
                            "WHERE a.plugin = 'trendcards' AND a.region = s.region)) ORDER BY e.version DESC, s.id"};
constexpr Sql kPrintable{"trendcards.stock.printable",
                         "SELECT e.id, e.deck_id, e.language, e.is_plain, e.version, e.title FROM trendcards_edition e "
                         "JOIN trendcards_deck d ON d.id = e.deck_id "
                         "WHERE e.state = 'published' AND (d.region IS NULL OR d.region = CAST(:region AS TEXT)) "
                         "ORDER BY e.title, e.language, e.is_plain, e.version DESC"};
constexpr Sql kInsertStock{"trendcards.stock.insert",
                           "INSERT INTO trendcards_stock (edition_id, region, left_count, ceiling, note, contact_id, revision) "
                           "VALUES (:edition, :region, :left, :ceiling, :note, :contact, 1) RETURNING id"};
constexpr Sql kUpdateStock{"trendcards.stock.update",
                           "UPDATE trendcards_stock SET left_count = left_count + :added, ceiling = :ceiling, note = :note, "
                           "contact_id = :contact, revision = revision + 1 "
                           "WHERE id = :id AND revision = :revision AND left_count + :added >= 0"};
constexpr Sql kTake{"trendcards.stock.take",
                    "UPDATE trendcards_stock SET left_count = left_count - :count WHERE id = :id AND left_count >= :count"};
constexpr Sql kGiveBack{"trendcards.stock.give_back",
                        "UPDATE trendcards_stock SET left_count = left_count + :count WHERE id = :id"};
constexpr Sql kForgetContact{"trendcards.stock.forget_contact",
                             "UPDATE trendcards_stock SET contact_id = NULL WHERE contact_id = :person"};

constexpr Sql kOrder{"trendcards.order.find", "SELECT " TRENDCARDS_ORDER "FROM trendcards_order o WHERE o.id = :id"};
constexpr Sql kOrderByKey{"trendcards.order.by_key",
                          "SELECT " TRENDCARDS_ORDER "FROM trendcards_order o WHERE o.form_key = :key"};
#define TRENDCARDS_HELD "FROM trendcards_order o JOIN trendcards_stock s ON s.id = o.stock_id " \
                        "WHERE ',' || CAST(:holders AS TEXT) || ',' LIKE '%,' || COALESCE(s.region, 'nation') || ',%' "
constexpr Sql kNewestFirst{"trendcards.order.newest",
                           "SELECT " TRENDCARDS_ORDER TRENDCARDS_HELD "ORDER BY o.id DESC LIMIT :limit"};
constexpr Sql kOrdersAfter{"trendcards.order.after",
                           "SELECT " TRENDCARDS_ORDER TRENDCARDS_HELD "AND o.id > :after ORDER BY o.id LIMIT :limit"};
#undef TRENDCARDS_HELD
constexpr Sql kOfPerson{"trendcards.order.of_person",
                        "SELECT " TRENDCARDS_ORDER "FROM trendcards_order o WHERE o.person_id = :person ORDER BY o.id DESC"};
constexpr Sql kOfOrganisation{"trendcards.order.of_organisation",
                              "SELECT " TRENDCARDS_ORDER
                              "FROM trendcards_order o WHERE o.organisation_id = :organisation ORDER BY o.id DESC"};
constexpr Sql kAbout{"trendcards.order.about",
                     "SELECT id FROM trendcards_order WHERE person_id = :person "
                     "OR (email <> '' AND LOWER(email) = :email) ORDER BY id"};
constexpr Sql kInsertOrder{
    "trendcards.order.insert",
    "INSERT INTO trendcards_order (stock_id, form_key, state, count, organisation_id, organisation_name, sector, region, "
    "person_id, name, email, address, wish, locale, access_nonce, reason, confirm_by, created_at, revision) "
    "VALUES (:stock, :key, :state, :count, :organisation, :organisation_name, :sector, :region, :person, :name, :email, "
    ":address, :wish, :locale, :nonce, '', :confirm_by, :created, 1) RETURNING id"};
constexpr Sql kUpdateOrder{
    "trendcards.order.update",
    "UPDATE trendcards_order SET form_key = :key, state = :state, count = :count, "
    "organisation_name = :organisation_name, person_id = :person, name = :name, email = :email, "
    "address = :address, wish = :wish, access_nonce = :nonce, reason = :reason, confirm_by = :confirm_by, ended_at = :ended, "
    "forgotten_at = :forgotten, revision = revision + 1 WHERE id = :id AND revision = :revision"};
constexpr Sql kUnconfirmed{"trendcards.order.unconfirmed",
                           "SELECT id FROM trendcards_order WHERE confirm_by IS NOT NULL AND confirm_by <= :now ORDER BY id"};
constexpr Sql kRemembered{"trendcards.order.remembered",
                          "SELECT id FROM trendcards_order WHERE forgotten_at IS NULL AND ended_at < :before ORDER BY id"};

#undef TRENDCARDS_STOCK
#undef TRENDCARDS_STOCK_FROM
#undef TRENDCARDS_ORDER

ListedStock listed(StockId id, EditionId edition, std::optional<RegionCode> region, std::int64_t left, std::int64_t ceiling,
                   std::string note, std::optional<PersonId> contact, std::int64_t revision, DeckId deck, Locale locale,
                   bool isPlain, std::int64_t version, std::string title) {
  return {{id, edition, region, left, ceiling, std::move(note), contact, revision},
          deck, {locale, isPlain}, version, std::move(title)};
}

Order orderOf(OrderId id, StockId stock, std::string key, OrderState state, std::int64_t count,
              std::optional<OrganisationId> organisation, std::string organisationName, Sector sector, RegionCode region,
              std::optional<PersonId> person, std::string name, std::string email, std::string address, std::string wish,
              Locale locale, std::string nonce, std::string reason, std::optional<Instant> confirmBy, Instant created,
              std::optional<Instant> ended, std::optional<Instant> forgotten, std::int64_t revision) {
  return {.id = id, .stock = stock, .formKey = std::move(key), .state = state, .count = count, .organisation = organisation,
          .organisationName = std::move(organisationName), .sector = sector, .region = region, .person = person,
          .name = std::move(name), .email = std::move(email), .address = std::move(address), .wish = std::move(wish),
          .locale = locale, .accessNonce = std::move(nonce), .reason = std::move(reason), .confirmBy = confirmBy,
          .createdAt = created, .endedAt = ended, .forgottenAt = forgotten, .revision = revision};
}

std::vector<ListedOrder> withStocks(ReadTx& tx, std::vector<Order> orders) {
  // Many orders are of few stocks.
  std::map<StockId, ListedStock> stocks;
  std::vector<ListedOrder> listed;
  for (Order& order : orders) {
    const auto [of, isNew] = stocks.try_emplace(order.stock);
    if (isNew) of->second = listedStock(tx, order.stock).value();
    listed.push_back({std::move(order), of->second});
  }
  return listed;
}

std::string listOf(const Holders& holders) {
  std::string list;
  for (const auto& holder : holders) list += (list.empty() ? "" : ",") + (holder ? holder->text() : std::string("nation"));
  return list;
}

}  // namespace

ScopeResolver stockScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<StockId>("stock");
    if (!id) return std::nullopt;
    return tx.first(kStockScope, [](std::optional<RegionCode> region) { return Scope{.region = region}; }, *id);
  };
}
ScopeResolver orderScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<OrderId>("order");
    if (!id) return std::nullopt;
    return tx.first(
        kOrderScope,
        [](std::optional<RegionCode> region, std::optional<PersonId> person) { return Scope{.region = region, .owner = person}; },
        *id);
  };
}

std::optional<ListedStock> listedStock(ReadTx& tx, StockId id) { return tx.first(kStock, listed, id); }
std::optional<Stock> stock(ReadTx& tx, StockId id) {
  auto found = listedStock(tx, id);
  return found ? std::optional(std::move(found->stock)) : std::nullopt;
}
std::vector<ListedStock> stocksAfter(ReadTx& tx, StockId after, int limit) { return tx.all(kStocksAfter, listed, after, limit); }
std::vector<ListedStock> stocksOf(ReadTx& tx, DeckId deck) { return tx.all(kStocksOfDeck, listed, deck); }
std::vector<EditionHead> printable(ReadTx& tx, std::optional<RegionCode> region) {
  return tx.all(
      kPrintable,
      [](EditionId id, DeckId deck, Locale locale, bool isPlain, std::int64_t version, std::string title) {
        EditionHead head;
        head.id = id;
        head.deck = deck;
        head.language = {locale, isPlain};
        head.version = version;
        head.state = EditionState::published;
        head.title = std::move(title);
        return head;
      },
      region);
}

StockId insertStock(WriteTx& tx, const Stock& stock) {
  return tx.insert<StockId>(kInsertStock, stock.edition, stock.holder, stock.left, stock.ceiling, stock.note, stock.contact);
}
bool updateStock(WriteTx& tx, const Stock& stock, std::int64_t added) {
  return tx.run(kUpdateStock, added, stock.ceiling, stock.note, stock.contact, stock.id, stock.revision) == 1;
}
bool take(WriteTx& tx, StockId id, std::int64_t count) { return tx.run(kTake, count, id) == 1; }
void giveBack(WriteTx& tx, StockId id, std::int64_t count) { tx.run(kGiveBack, count, id); }
void forgetContact(WriteTx& tx, PersonId person) { tx.run(kForgetContact, person); }

std::optional<Order> order(ReadTx& tx, OrderId id) { return tx.first(kOrder, orderOf, id); }
std::optional<Order> orderByKey(ReadTx& tx, std::string_view formKey) { return tx.first(kOrderByKey, orderOf, formKey); }
std::vector<ListedOrder> ordersNewestFirst(ReadTx& tx, const Holders& holders, int limit) {
  return withStocks(tx, tx.all(kNewestFirst, orderOf, listOf(holders), limit));
}
std::vector<ListedOrder> ordersAfter(ReadTx& tx, const Holders& holders, OrderId after, int limit) {
  return withStocks(tx, tx.all(kOrdersAfter, orderOf, listOf(holders), after, limit));
}
std::vector<ListedOrder> ordersOf(ReadTx& tx, PersonId person) { return withStocks(tx, tx.all(kOfPerson, orderOf, person)); }
std::vector<ListedOrder> ordersOf(ReadTx& tx, OrganisationId organisation) {
  return withStocks(tx, tx.all(kOfOrganisation, orderOf, organisation));
}
std::vector<OrderId> ordersAbout(ReadTx& tx, PersonId person, std::string_view email) {
  return tx.all(kAbout, [](OrderId id) { return id; }, person, email);
}
OrderId insertOrder(WriteTx& tx, const Order& order) {
  return tx.insert<OrderId>(kInsertOrder, order.stock, order.formKey, order.state, order.count, order.organisation,
                            order.organisationName, order.sector, order.region, order.person, order.name, order.email,
                            order.address, order.wish, order.locale, order.accessNonce, order.confirmBy, order.createdAt);
}
bool updateOrder(WriteTx& tx, const Order& order) {
  return tx.run(kUpdateOrder, order.formKey, order.state, order.count, order.organisationName, order.person, order.name, order.email, order.address, order.wish,
                order.accessNonce, order.reason, order.confirmBy, order.endedAt, order.forgottenAt, order.id,
                order.revision) == 1;
}
std::vector<OrderId> unconfirmedAt(ReadTx& tx, Instant now) {
  return tx.all(kUnconfirmed, [](OrderId id) { return id; }, now);
}
std::vector<OrderId> rememberedBefore(ReadTx& tx, Instant ended) {
  return tx.all(kRemembered, [](OrderId id) { return id; }, ended);
}

}  // namespace toimela::trendcards::store
