// Printed decks on a shelf, and orders of them.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "domain/ids.h"
#include "toimela/codes.h"
#include "toimela/directory.h"
#include "toimela/types.h"

namespace toimela::trendcards {

using StockId = Id<struct StockTag>;
using OrderId = Id<struct OrderTag>;

/// Printed decks of one published edition that a region, or the nation, holds and sends.
struct Stock {
  StockId id;
  EditionId edition;
  std::optional<RegionCode> holder;    ///< nothing: the nation
  std::int64_t left = 0;               ///< decks that nobody has ordered
  std::int64_t ceiling = 5;            ///< the most that one order may have
  std::string note;                    ///< to who orders, as the holder wrote it
  std::optional<PersonId> contact;     ///< who is told of orders
  std::int64_t revision = 0;
};
inline constexpr std::int64_t kMostStock = 100'000, kMostOrdered = 1'000;
inline constexpr std::size_t kLongestNote = 300, kLongestAddress = 300, kLongestWish = 500, kLongestReason = 500;

enum class OrderState {
  unconfirmed,  ///< without an account, and the address is not confirmed yet
  received,
  accepted,     ///< will be sent
  sent,
  declined,
  cancelled,    ///< by who ordered
  lapsed        ///< was not confirmed in time
};
inline constexpr auto kOrderStates = codes<OrderState>({{OrderState::received, "received"},
                                                        {OrderState::accepted, "accepted"},
                                                        {OrderState::sent, "sent"},
                                                        {OrderState::declined, "declined"},
                                                        {OrderState::cancelled, "cancelled"},
                                                        {OrderState::unconfirmed, "unconfirmed"},
                                                        {OrderState::lapsed, "lapsed"}});

struct Order {
  OrderId id;
  StockId stock;
  std::string formKey;
  OrderState state = OrderState::received;
  std::int64_t count = 1;
  std::optional<OrganisationId> organisation;  ///< when who ordered acts for it
  std::string organisationName;                ///< as it was when they ordered
  Sector sector = Sector::other;
  RegionCode region = *RegionCode::parse("01");          ///< where the decks go
  std::optional<PersonId> person;
  std::string name, email;                     ///< empty once they are forgotten
  std::string address, wish;
  Locale locale = Locale::fi;
  std::string accessNonce;
  std::string reason;                          ///< why it was declined
  std::optional<Instant> confirmBy;
  Instant createdAt{};
  std::optional<Instant> endedAt, forgottenAt;
  std::int64_t revision = 0;
};

/// How long an order without an account waits for its address to be confirmed.
inline constexpr std::chrono::hours kConfirmOrderWithin{24};
/// How long after its end what an order says of a person is kept: half a year.
inline constexpr std::chrono::hours kAddressKept{24 * 183};

/// Does it hold decks that are not sent yet?
constexpr bool isOpen(OrderState state) {
  return state == OrderState::unconfirmed || state == OrderState::received || state == OrderState::accepted;
}
/// May it go from the one state to the other? What has ended stays as it ended.
constexpr bool canBecome(OrderState from, OrderState to) {
  switch (to) {
    case OrderState::received:
    case OrderState::lapsed: return from == OrderState::unconfirmed;
    case OrderState::accepted: return from == OrderState::received;
    case OrderState::sent:
    case OrderState::declined: return from == OrderState::received || from == OrderState::accepted;
    case OrderState::cancelled: return isOpen(from);
    case OrderState::unconfirmed: return false;
  }
  return false;
}
/// Do its decks come back onto the shelf?
constexpr bool givesBack(OrderState state) { return !isOpen(state) && state != OrderState::sent; }

}  // namespace toimela::trendcards
