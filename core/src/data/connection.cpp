#include "data/connection.h"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <string_view>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "data/statements.h"

namespace toimela::data {

// SOCI declares SQLite's C interface inside a namespace of its own.
using namespace sqlite_api;

namespace {

constexpr std::string_view kSqliteScheme = "sqlite:";
constexpr Sql kSnapshot{"core.snapshot.name", "SELECT CAST(pg_current_snapshot() AS TEXT)"};

/// A measure of the process, like those of its operating system.
std::atomic<std::uint64_t> ran = 0;

/// A statement's text with every occurrence of a parameter under a name of its own, because the
/// backends disagree on repeated names; `argument[i]` is the argument of occurrence i.
struct Bound {
  std::string text;
  std::vector<std::size_t> argument;
};

Bound bindOccurrences(std::string_view sql) {
  Bound bound;
  std::vector<std::string_view> names;
  auto isName = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  char quote = 0;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    char c = sql[i];
    if (quote) {
      if (c == quote) quote = 0;
      bound.text += c;
    } else if (c == '\'' || c == '"') {
      quote = c;
      bound.text += c;
    } else if (c == ':' && i + 1 < sql.size() && sql[i + 1] == ':') {
      bound.text += "::";
      ++i;
    } else if (c == ':' && i + 1 < sql.size() && isName(sql[i + 1])) {
      std::size_t end = i + 1;
      while (end < sql.size() && isName(sql[end])) ++end;
      std::string_view name = sql.substr(i + 1, end - i - 1);
      auto found = std::find(names.begin(), names.end(), name);
      bound.argument.push_back(static_cast<std::size_t>(found - names.begin()));
      if (found == names.end()) names.push_back(name);
      bound.text += ":p" + std::to_string(bound.argument.size());
      i = end - 1;
    } else {
      bound.text += c;
    }
  }
  return bound;
}

struct Slot {
  long long integer = 0;
  double real = 0;
  std::string text;
  soci::indicator indicator = soci::i_ok;
};

struct Prepared {
  explicit Prepared(soci::session& session) : statement(session) {}
  std::vector<std::size_t> argument;
  std::vector<char> kinds;
  std::vector<Slot> parameters;  // bound by address: never resized after binding
  std::vector<Slot> columns;
  std::vector<Value> row;
  soci::statement statement;     // destroyed first: it refers to the slots
};

/// LOWER of every letter, as PostgreSQL has it; SQLite's own knows ASCII only and would not find
/// "Äänekoski" when asked for "äänekoski".
void lowerText(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  std::string result;
  icu::StringByteSink<std::string> sink(&result, sqlite3_value_bytes(values[0]));
  UErrorCode error = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, icu::StringPiece(text, sqlite3_value_bytes(values[0])), sink, nullptr, error);
  sqlite3_result_text(context, result.data(), static_cast<int>(result.size()), SQLITE_TRANSIENT);
}

/// Before the process's first connection: no lock inside a connection, which one thread uses at a
/// time, and no counting of every allocation under a global one.
void configureSqlite() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  });
}

char kindOf(const Value& value) { return "nids"[value.index()]; }

}  // namespace

Address parseAddress(const std::string& url) {
  if (url.compare(0, kSqliteScheme.size(), kSqliteScheme) == 0 && url.size() > kSqliteScheme.size())
    return {Dialect::sqlite, url.substr(kSqliteScheme.size())};
  if (url.rfind("postgresql://", 0) == 0 || url.rfind("postgres://", 0) == 0) {
    // SOCI takes the text apart at '=' and needs at least one; a server that is away must not be
    // waited for longer than a reader would.
    if (url.find("connect_timeout=") != std::string::npos) return {Dialect::postgresql, url};
    return {Dialect::postgresql, url + (url.find('?') == std::string::npos ? "?" : "&") + "connect_timeout=5"};
  }
  throw std::invalid_argument("a database address is sqlite:FILE or postgresql://…");
}

struct Connection::Impl {
  using Clock = std::chrono::steady_clock;

  Dialect dialect;
  std::chrono::milliseconds patience{0};
  Clock::time_point waitingSince;
  soci::session session;
  std::unordered_map<std::string, std::unique_ptr<Prepared>> prepared;
  bool broken = false;
  sqlite3* lite = nullptr;
  PGconn* pg = nullptr;
  sqlite3_stmt* versionStatement = nullptr;
  std::string key;  // reused buffer for looking statements up

  /// Whether to ask once more for a lock that another has: SQLite calls it with how often it did.
  /// SQLite's own way sleeps up to 100 ms, in which a busy file is free many times.
  static int askAgain(void* self, int times) {
    Impl& impl = *static_cast<Impl*>(self);
    if (times == 0) impl.waitingSince = Clock::now();
    else if (Clock::now() - impl.waitingSince > impl.patience) return 0;
    std::this_thread::sleep_for(std::chrono::microseconds(std::min(200 + times * 20, 5'000)));
    return 1;
  }

  /// A new file becomes one with a log only while nobody else has it open, and SQLite does not ask
  /// again by itself for that.
  void keepLog(Connection& connection) {
    const auto end = Clock::now() + patience;
    for (;;) {
      try {
        connection.exec("PRAGMA journal_mode=WAL");
        return;
      } catch (const DatabaseFull&) {
        throw;
      } catch (const DatabaseUnavailable&) {
        if (broken || Clock::now() > end) throw;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  [[noreturn]] void fail(std::string_view name) {
    std::string where(name);
    try {
      throw;
    } catch (const soci::sqlite3_soci_error& e) {
      switch (e.result() & 0xff) {
        case SQLITE_FULL: throw DatabaseFull(where + ": the disk is full");
        case SQLITE_BUSY:
        case SQLITE_LOCKED: throw DatabaseUnavailable(where + ": the database is busy");
        case SQLITE_READONLY: throw DatabaseUnavailable(where + ": the database can not be written");
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
          broken = true;
          throw DatabaseUnavailable(where + ": " + sqlite3_errstr(e.result()));
        default: throw DatabaseError(where + ": " + e.get_error_message());
      }
    } catch (const soci::postgresql_soci_error& e) {
      failPostgresql(where, e.sqlstate());
    } catch (const soci::soci_error& e) {
      if (pg && PQstatus(pg) != CONNECTION_OK) {
        broken = true;
        throw ConnectionLost(where + ": connection lost");
      }
      throw DatabaseError(where + ": " + e.get_error_message().substr(0, 200));
    }
  }

  [[noreturn]] void failPostgresql(const std::string& where, std::string state) {
    state.resize(std::strlen(state.c_str()));
    if (state == "40001" || state == "40P01" || state == "55P03") throw LostRace(where + ": " + state);
    if (state.rfind("53", 0) == 0) {
      if (state == "53100") throw DatabaseFull(where + ": the disk is full");
      throw DatabaseUnavailable(where + ": " + state);
    }
    if (state == "25006") {
      broken = true;
      throw DatabaseUnavailable(where + ": the database is read-only");
    }
    if (state.rfind("08", 0) == 0 || state.rfind("57P", 0) == 0 || PQstatus(pg) != CONNECTION_OK) {
      broken = true;
      throw ConnectionLost(where + ": connection lost");
    }
    if (state == "22021") throw InvalidText(where + ": a text is not UTF-8");
    if (state == "57014") throw DatabaseUnavailable(where + ": took too long");
    throw DatabaseError(where + ": failed with SQLSTATE " + state);
  }

  Prepared& find(const Sql& sql, std::span<const Value> arguments, std::span<const ColumnType> columns) {
    key.assign(sql.name);
    key += '|';
    for (const Value& value : arguments) key += kindOf(value);
    auto found = prepared.find(key);
    if (found != prepared.end()) return *found->second;

    auto made = std::make_unique<Prepared>(session);
    Bound bound = bindOccurrences(dialect == Dialect::postgresql && !sql.postgresql.empty()
                                      ? sql.postgresql
                                      : sql.text);
    std::size_t wanted = 0;
    for (std::size_t a : bound.argument) wanted = std::max(wanted, a + 1);
    if (wanted != arguments.size())
      throw std::logic_error(std::string(sql.name) + ": takes " + std::to_string(wanted) +
                             " arguments, was given " + std::to_string(arguments.size()));
    made->argument = std::move(bound.argument);
    made->parameters.resize(made->argument.size());
    made->columns.resize(columns.size());
    made->row.resize(columns.size());
    soci::statement& statement = made->statement;
    statement.alloc();
    statement.prepare(bound.text);
    for (std::size_t i = 0; i < made->argument.size(); ++i) {
      Slot& slot = made->parameters[i];
      char kind = kindOf(arguments[made->argument[i]]);
      made->kinds.push_back(kind);
      if (kind == 'i') statement.exchange(soci::use(slot.integer, slot.indicator));
      else if (kind == 'd') statement.exchange(soci::use(slot.real, slot.indicator));
      else statement.exchange(soci::use(slot.text, slot.indicator));
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      Slot& slot = made->columns[i];
      if (columns[i] == ColumnType::integer) statement.exchange(soci::into(slot.integer, slot.indicator));
      else if (columns[i] == ColumnType::real) statement.exchange(soci::into(slot.real, slot.indicator));
      else statement.exchange(soci::into(slot.text, slot.indicator));
    }
    statement.define_and_bind();
    return *(prepared[key] = std::move(made));
  }

  void fill(Prepared& p, std::span<const Value> arguments) {
    for (std::size_t i = 0; i < p.argument.size(); ++i) {
      const Value& value = arguments[p.argument[i]];
      Slot& slot = p.parameters[i];
      slot.indicator = soci::i_ok;
      switch (p.kinds[i]) {
        case 'i': slot.integer = std::get<std::int64_t>(value); break;
        case 'd': slot.real = std::get<double>(value); break;
        case 's': slot.text = std::get<std::string>(value); break;
        default: slot.indicator = soci::i_null;
      }
    }
  }
};

Connection::Connection(const Address& address, std::chrono::milliseconds patience)
    : impl_(std::make_unique<Impl>()) {
  Impl& i = *impl_;
  i.dialect = address.dialect;
  i.patience = patience;
  try {
    if (address.dialect == Dialect::sqlite) {
      configureSqlite();
      i.session.open(*soci::factory_sqlite3(), "db=\"" + address.target + "\"");
      i.lite = static_cast<soci::sqlite3_session_backend*>(i.session.get_backend())->conn_;
      sqlite3_create_function_v2(i.lite, "lower", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                                 lowerText, nullptr, nullptr, nullptr);
      sqlite3_busy_handler(i.lite, Impl::askAgain, &i);
      i.keepLog(*this);
      exec("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
           "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;");
    } else {
      i.session.open(*soci::factory_postgresql(), address.target);
      i.pg = static_cast<soci::postgresql_session_backend*>(i.session.get_backend())->conn_;
      PQsetNoticeProcessor(i.pg, [](void*, const char*) {}, nullptr);
      exec("SET statement_timeout='15s'; SET lock_timeout='8s';"
           "SET idle_in_transaction_session_timeout='60s'; SET TIME ZONE 'UTC'");
    }
  } catch (const soci::soci_error&) {
    throw DatabaseUnavailable("the database can not be opened");
  }
}

Connection::~Connection() {
  if (impl_->versionStatement) sqlite3_finalize(impl_->versionStatement);
}

void Connection::setPatience(std::chrono::milliseconds patience) { impl_->patience = patience; }

Dialect Connection::dialect() const { return impl_->dialect; }

void Connection::exec(const std::string& sql) {
  if (impl_->lite) {
    char* message = nullptr;
    int result = sqlite3_exec(impl_->lite, sql.c_str(), nullptr, nullptr, &message);
    std::string text = message ? message : "";
    sqlite3_free(message);
    if (result != SQLITE_OK) {
      try {
        throw soci::sqlite3_soci_error(text, result);
      } catch (...) {
        impl_->fail("script");
      }
    }
    return;
  }
  PGresult* result = PQexec(impl_->pg, sql.c_str());
  ExecStatusType status = PQresultStatus(result);
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  std::string sqlstate = state ? state : "08000";
  std::string message = primary ? primary : "";
  PQclear(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return;
  // What a script says of itself has no bound values, so a syntax error may be told in full.
  if (sqlstate.rfind("42", 0) == 0) throw DatabaseError("script: " + message);
  impl_->failPostgresql("script", sqlstate);
}

void Connection::begin(bool write) {
  if (impl_->lite) exec(write ? "BEGIN IMMEDIATE" : "BEGIN");
  else exec(write ? "BEGIN ISOLATION LEVEL READ COMMITTED" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}
std::string Connection::beginReading() {
  if (impl_->lite) {
    exec("BEGIN");
    // Asking is the first reading, so the answer is that of the snapshot that the transaction has.
    return std::to_string(dataVersion());
  }
  // What a snapshot shows is decided by which transactions were over; their numbers are its name. Both
  // go in one message.
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(
      PQexec(impl_->pg, ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " + std::string(kSnapshot.text)).c_str()),
      &PQclear);
  if (PQresultStatus(result.get()) == PGRES_TUPLES_OK && PQntuples(result.get()) == 1)
    return PQgetvalue(result.get(), 0, 0);
  const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
  impl_->failPostgresql("begin", state ? state : "08000");
}
void Connection::commit() { exec("COMMIT"); }
void Connection::rollback() noexcept {
  try {
    exec("ROLLBACK");
  } catch (...) {
    impl_->broken = true;
  }
}

bool Connection::healthy() const noexcept {
  if (impl_->broken) return false;
  if (impl_->lite) return sqlite3_get_autocommit(impl_->lite) != 0;
  return PQstatus(impl_->pg) == CONNECTION_OK && PQtransactionStatus(impl_->pg) == PQTRANS_IDLE;
}

std::uint64_t statementsRun() { return ran; }

void Connection::query(const Sql& sql, std::span<const Value> arguments,
                       std::span<const ColumnType> columns,
                       const std::function<void(std::span<Value>)>& row) {
  ++ran;
  Prepared* p = nullptr;
  try {
    p = &impl_->find(sql, arguments, columns);
    impl_->fill(*p, arguments);
    bool more = p->statement.execute(true);
    while (more) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        Slot& slot = p->columns[i];
        if (slot.indicator == soci::i_null) p->row[i] = std::monostate{};
        else if (columns[i] == ColumnType::integer) p->row[i] = std::int64_t{slot.integer};
        else if (columns[i] == ColumnType::real) p->row[i] = slot.real;
        else p->row[i] = slot.text;
      }
      row(p->row);
      more = p->statement.fetch();
    }
  } catch (...) {
    // A statement left in the middle of its rows would hold its read transaction.
    if (p) impl_->prepared.erase(impl_->key);
    try {
      throw;
    } catch (const soci::soci_error&) {
      impl_->fail(sql.name);
    }
  }
}

std::int64_t Connection::execute(const Sql& sql, std::span<const Value> arguments) {
  ++ran;
  try {
    Prepared& p = impl_->find(sql, arguments, {});
    impl_->fill(p, arguments);
    p.statement.execute(true);
    return p.statement.get_affected_rows();
  } catch (const soci::soci_error&) {
    impl_->prepared.erase(impl_->key);
    impl_->fail(sql.name);
  }
}

std::int64_t Connection::dataVersion() {
  Impl& i = *impl_;
  if (!i.versionStatement &&
      sqlite3_prepare_v2(i.lite, "PRAGMA data_version", -1, &i.versionStatement, nullptr) != SQLITE_OK)
    throw DatabaseUnavailable("the database does not tell its version");
  int result = sqlite3_step(i.versionStatement);
  std::int64_t version = result == SQLITE_ROW ? sqlite3_column_int64(i.versionStatement, 0) : -1;
  sqlite3_reset(i.versionStatement);
  if (version < 0) throw DatabaseUnavailable("the database does not tell its version");
  return version;
}

int Connection::writerSlot() const { return impl_->pg ? PQbackendPID(impl_->pg) % 16 : 0; }

}  // namespace toimela::data
