// The database as a plugin sees it: named statements, and transactions that are types.
//
// A store declares its SQL as constants and asks with them:
//
//   constexpr Sql kByRegion{"contacts.network.by_region",
//                           "SELECT id, name_fi FROM contacts_network WHERE region = :region"};
//   auto networks = tx.all(kByRegion, [](NetworkId id, std::string name) { … }, region);
//
// The columns are typed by the parameters of the function that takes a row; the arguments stand in
// the order in which their names first appear in the statement.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "toimela/export.h"
#include "toimela/types.h"

namespace toimela {

enum class Dialect { sqlite, postgresql };

/// One statement with the name that stands in logs and metrics. `postgresql` is given only where
/// the dialects really differ. The texts must have static storage: statements are prepared once a
/// connection and found again by name.
struct Sql {
  std::string_view name;
  std::string_view text;
  std::string_view postgresql = {};
};

/// What goes into a statement and comes out of it.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;
enum class ColumnType { integer, real, text };

/// The database can not be reached or does not answer in time: the request ends with 503.
class TOIMELA_API DatabaseUnavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
/// There is no room left to write: reads go on, the request ends with 507.
class TOIMELA_API DatabaseFull : public DatabaseUnavailable {
 public:
  using DatabaseUnavailable::DatabaseUnavailable;
};
/// A statement failed. The message has the statement's name and never a bound value.
class TOIMELA_API DatabaseError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A text that is not UTF-8, or has a NUL, was bound: a raw field of a request went past its form.
class TOIMELA_API InvalidText : public DatabaseError {
 public:
  using DatabaseError::DatabaseError;
};

/// How a type is stored. Specialise for types of your own:
/// `type`, `Value to(const T&)`, `T from(Value&&)`.
template <class T>
struct Stored;

template <class T>
  requires std::is_integral_v<T>
struct Stored<T> {
  static constexpr ColumnType type = ColumnType::integer;
  static Value to(T v) { return static_cast<std::int64_t>(v); }
  static T from(Value&& v) { return static_cast<T>(std::get<std::int64_t>(v)); }
};
template <>
struct Stored<double> {
  static constexpr ColumnType type = ColumnType::real;
  static Value to(double v) { return v; }
  static double from(Value&& v) { return std::get<double>(v); }
};
template <>
struct Stored<std::string> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(std::string_view v) { return std::string(v); }
  static std::string from(Value&& v) { return std::get<std::string>(std::move(v)); }
};
template <>
struct Stored<std::string_view> {
  static Value to(std::string_view v) { return std::string(v); }
};
template <std::size_t N>
struct Stored<char[N]> {
  static Value to(const char* v) { return std::string(v); }
};
template <>
struct Stored<const char*> {
  static Value to(const char* v) { return std::string(v); }
};
template <class Tag>
struct Stored<Id<Tag>> {
  static constexpr ColumnType type = ColumnType::integer;
  static Value to(Id<Tag> v) { return v.value; }
  static Id<Tag> from(Value&& v) { return {std::get<std::int64_t>(v)}; }
};
/// Types with parse() and text(); what is stored was valid when it was written.
template <class T>
struct StoredAsText {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(const T& v) { return v.text(); }
  static T from(Value&& v) {
    auto parsed = T::parse(std::get<std::string>(v));
    if (!parsed) throw DatabaseError("a stored value is not valid for its type");
    return *parsed;
  }
};
template <>
struct Stored<RegionCode> : StoredAsText<RegionCode> {};
template <>
struct Stored<MunicipalityCode> : StoredAsText<MunicipalityCode> {};
template <>
struct Stored<EmailAddress> : StoredAsText<EmailAddress> {};
template <>
struct Stored<BusinessId> : StoredAsText<BusinessId> {};
template <>
struct Stored<Date> : StoredAsText<Date> {};
/// Milliseconds since 1970-01-01T00:00Z.
template <>
struct Stored<Instant> {
  static constexpr ColumnType type = ColumnType::integer;
  static Value to(Instant v) { return std::int64_t{v.time_since_epoch().count()}; }
  static Instant from(Value&& v) { return Instant{std::chrono::milliseconds{std::get<std::int64_t>(v)}}; }
};
template <>
struct Stored<Locale> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(Locale v) { return std::string(code(v)); }
  static Locale from(Value&& v) { return parseLocale(std::get<std::string>(v)).value_or(Locale::fi); }
};
template <class T>
struct Stored<std::optional<T>> {
  static constexpr ColumnType type = Stored<T>::type;
  static Value to(const std::optional<T>& v) { return v ? Stored<T>::to(*v) : Value{}; }
  static std::optional<T> from(Value&& v) {
    if (std::holds_alternative<std::monostate>(v)) return std::nullopt;
    return Stored<T>::from(std::move(v));
  }
};
template <>
struct Stored<std::nullopt_t> {
  static Value to(std::nullopt_t) { return {}; }
};

namespace detail {
template <class F>
struct Signature : Signature<decltype(&F::operator())> {};
template <class R, class... A>
struct Signature<R (*)(A...)> {
  using Result = R;
  using Columns = std::tuple<std::remove_cvref_t<A>...>;
};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...) const> : Signature<R (*)(A...)> {};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...)> : Signature<R (*)(A...)> {};
template <class R, class... A>
struct Signature<R(A...)> : Signature<R (*)(A...)> {};

template <class Columns, class F, std::size_t... I>
decltype(auto) apply(F& function, std::span<Value> row, std::index_sequence<I...>) {
  return function(Stored<std::tuple_element_t<I, Columns>>::from(std::move(row[I]))...);
}
template <class Columns, std::size_t... I>
constexpr auto types(std::index_sequence<I...>) {
  return std::array<ColumnType, sizeof...(I)>{Stored<std::tuple_element_t<I, Columns>>::type...};
}
}  // namespace detail

/// A consistent view of the database for reading. Never hold one while rendering or mailing.
class TOIMELA_API ReadTx {
 public:
  virtual ~ReadTx() = default;
  ReadTx(const ReadTx&) = delete;
  ReadTx& operator=(const ReadTx&) = delete;

  virtual Dialect dialect() const = 0;

  /// Calls `row` for every row, in order.
  template <class F, class... A>
  void each(const Sql& sql, F&& row, const A&... arguments) {
    using Columns = typename detail::Signature<std::decay_t<F>>::Columns;
    constexpr auto kSequence = std::make_index_sequence<std::tuple_size_v<Columns>>{};
    static constexpr auto kTypes = detail::types<Columns>(kSequence);
    std::array<Value, sizeof...(A)> values{Stored<A>::to(arguments)...};
    query(sql, values, kTypes, [&](std::span<Value> r) { detail::apply<Columns>(row, r, kSequence); });
  }

  /// Every row as what `row` makes of it.
  template <class F, class... A>
  auto all(const Sql& sql, F&& row, const A&... arguments) {
    using Signature = detail::Signature<std::decay_t<F>>;
    using Columns = typename Signature::Columns;
    constexpr auto kSequence = std::make_index_sequence<std::tuple_size_v<Columns>>{};
    static constexpr auto kTypes = detail::types<Columns>(kSequence);
    std::array<Value, sizeof...(A)> values{Stored<A>::to(arguments)...};
    std::vector<std::decay_t<typename Signature::Result>> result;
    query(sql, values, kTypes,
          [&](std::span<Value> r) { result.push_back(detail::apply<Columns>(row, r, kSequence)); });
    return result;
  }

  /// The first row, if there is one.
  template <class F, class... A>
  auto first(const Sql& sql, F&& row, const A&... arguments) {
    auto rows = all(sql, std::forward<F>(row), arguments...);
    using T = typename decltype(rows)::value_type;
    return rows.empty() ? std::optional<T>{} : std::optional<T>{std::move(rows.front())};
  }

  /// The only column of the only row, such as a count. Throws DatabaseError when there is no row.
  template <class T, class... A>
  T value(const Sql& sql, const A&... arguments) {
    auto found = first(sql, [](T v) { return v; }, arguments...);
    if (!found) throw DatabaseError(std::string(sql.name) + ": no row");
    return *found;
  }

 protected:
  ReadTx() = default;
  virtual void query(const Sql& sql, std::span<const Value> arguments, std::span<const ColumnType> columns,
                     const std::function<void(std::span<Value>)>& row) = 0;
};

/// What a change did, for the audit log. `object` is "kind:id"; `detail` is a short JSON object
/// of what changed, without secrets.
struct AuditEntry {
  std::string action;  ///< "contacts.member.add"
  std::string object;
  std::optional<RegionCode> region;
  std::optional<OrganisationId> organisation;
  std::string detail = "{}";
  /// Who did it, where a transaction does the work of several (a group commit); WriteTx::actor()
  /// where it is unset.
  std::optional<PersonId> actor = {};
};

/// A message for the outbox, written in the transaction; Host::composeMail makes its words.
struct MailMessage {
  EmailAddress to;
  std::string toName;
  Locale locale = Locale::fi;
  std::string subject;
  std::string text;             ///< plain text
  std::string html;             ///< optional HTML alternative
  std::string unsubscribe = {}; ///< address that ends such mail with one POST (RFC 8058), if it can be ended
  /// An iCalendar object (RFC 5545) with a METHOD: the reader's calendar offers to take it in (iMIP,
  /// RFC 6047). Empty for ordinary mail.
  std::string calendar = {};
  /// Has a link that opens something without signing in: nobody is shown the text, and it is emptied
  /// as soon as the message was sent or given up.
  bool confidential = false;
};

/// A change: committed as a whole with its audit rows, its mail and the invalidation of pages, or
/// not at all. The unit of work may run again after a lost race, so it must have no effect outside.
class TOIMELA_API WriteTx : public ReadTx {
 public:
  /// Who makes the change; nobody for the system itself.
  virtual std::optional<PersonId> actor() const = 0;
  virtual Instant time() const = 0;  ///< the same for the whole transaction

  /// Runs a statement; the number of rows it changed.
  template <class... A>
  std::int64_t run(const Sql& sql, const A&... arguments) {
    std::array<Value, sizeof...(A)> values{Stored<A>::to(arguments)...};
    return execute(sql, values);
  }

  /// For "INSERT … RETURNING id".
  template <class I, class... A>
  I insert(const Sql& sql, const A&... arguments) {
    return value<I>(sql, arguments...);
  }

  /// Every change that is committed must have said at least one of these two.
  virtual void audit(AuditEntry entry) = 0;
  virtual void unaudited(std::string_view why) = 0;

  virtual void mail(const MailMessage& message) = 0;
  /// Queues a letter that is written only when it goes out, from what is so then: one short row
  /// instead of a whole message, for changes that many people make at once. `kind` was registered
  /// with Registry::letter, `about` is the id of the thing that it is about.
  virtual void letter(std::string_view kind, std::int64_t about) = 0;

  /// Tells the subscribers of a typed event, inside this transaction. E::kName names the event.
  template <class E>
  void publish(const E& event) {
    publishErased(E::kName, &event);
  }
  /// Sends one server-sent-events frame to every open stream of the topic, in every process, after
  /// the commit.
  virtual void broadcast(std::string_view topic, std::string_view data) = 0;

 protected:
  virtual std::int64_t execute(const Sql& sql, std::span<const Value> arguments) = 0;
  virtual void publishErased(std::string_view event, const void* payload) = 0;
};

}  // namespace toimela
