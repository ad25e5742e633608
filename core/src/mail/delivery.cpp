// Sending: from rows that are due to a server that has taken them.
#include <array>
#include <optional>

#include "mail/message.h"
#include "mail/outbox.h"
#include "mail/outbox_store.h"
#include "mail/smtp.h"
#include "toimela/bookkeeping.h"

namespace toimela::mail {

namespace {

using std::chrono::minutes;

constexpr std::array<minutes, 6> kWaits{minutes(1),  minutes(5),   minutes(15),
                                        minutes(60), minutes(120), minutes(240)};
constexpr std::chrono::hours kLongestTry{48};
/// Longer than a message can take with every step at its deadline.
constexpr minutes kLease{15};
constexpr int kBatch = 20;
constexpr int kMostARun = 200;

/// Not in the audit log and no reason to make pages anew: the change was audited when it queued the
/// mail.
constexpr std::string_view kWhyUnaudited = "delivery of mail that was queued by an audited change";
const data::Author kPostman{std::nullopt, "core"};

class Delivery {
 public:
  Delivery(data::Database& database, const SmtpOptions& options, const std::stop_token& stop)
      : database_(database), options_(options), stop_(stop) {}

  int run() {
    for (int tried = 0; tried < kMostARun;) {
      const auto due = database_.get([](ReadTx& tx) { return dueMails(tx, now(), kBatch); });
      if (due.empty()) break;
      for (const StoredMail& mail : due) {
        if (stop_.stop_requested() || !connected(due)) return sent_;
        if (lease(mail)) send(mail);
        ++tried;
      }
    }
    return sent_;
  }

 private:
  /// Without a server every message that was due waits; none of them is to blame.
  bool connected(const std::vector<StoredMail>& due) {
    if (connection_) return true;
    try {
      connection_.emplace(options_);
      return true;
    } catch (const SmtpUnavailable& e) {
      const std::string reason = e.what();
      for (const StoredMail& mail : due)
        if (lease(mail)) tryLater(mail, reason);
      return false;
    }
  }

  bool lease(const StoredMail& mail) {
    bool taken = false;
    write([&](WriteTx& tx) { taken = leaseMail(tx, mail, tx.time() + kLease); });
    return taken;
  }

  void send(const StoredMail& mail) {
    using Kind = SmtpConnection::Outcome::Kind;
    try {
      const auto outcome = connection_->send(mail.recipient, compose(mail, options_.from));
      switch (outcome.kind) {
        case Kind::sent:
          write([&](WriteTx& tx) { markSent(tx, mail.id, tx.time()); });
          ++sent_;
          break;
        case Kind::refused:
          write([&](WriteTx& tx) { markFailed(tx, mail.id, tx.time(), outcome.answer); });
          break;
        case Kind::laterAgain: tryLater(mail, outcome.answer); break;
      }
    } catch (const SmtpUnavailable& e) {
      connection_.reset();
      tryLater(mail, e.what());
    }
  }

  void tryLater(const StoredMail& mail, const std::string& reason) {
    write([&](WriteTx& tx) {
      if (tx.time() - mail.createdAt >= kLongestTry) {
        markFailed(tx, mail.id, tx.time(), reason);
      } else {
        const auto attempt = std::min<std::size_t>(mail.attempts, kWaits.size() - 1);
        postpone(tx, mail.id, tx.time() + kWaits[attempt], reason);
      }
    });
  }

  template <class Work>
  void write(Work&& work) {
    database_.write(kPostman, [&](WriteTx& tx) {
      work(tx);
      bookkeeping(tx, kWhyUnaudited);
    });
  }

  data::Database& database_;
  const SmtpOptions& options_;
  const std::stop_token& stop_;
  std::optional<SmtpConnection> connection_;
  int sent_ = 0;
};

}  // namespace

int sendDue(data::Database& database, const SmtpOptions& options, const std::stop_token& stop) {
  if (options.host.empty()) return 0;
  return Delivery(database, options, stop).run();
}

}  // namespace toimela::mail
