#include "notices/sending.h"

#include "access/passwords.h"
#include "notices/digest.h"
#include "notices/notice_store.h"
#include "notices/schedule.h"
#include "toimela/bookkeeping.h"
#include "toimela/directory.h"

namespace toimela::notices {

namespace {

constexpr int kPeopleAtOnce = 200;
/// What has waited longer, for a plugin that is off, is no news any more.
constexpr std::chrono::days kNewsLasts{60};
/// Mail is kept, and its link must go on working.
constexpr std::chrono::days kLinksLast{730};

/// Another process has taken one of the notices, or it has changed since it was read.
struct Lost : std::runtime_error {
  Lost() : std::runtime_error("a notice was taken meanwhile") {}
};

struct Due {
  std::optional<Person> person;
  std::vector<Waiting> notices;
};

Due readDue(Host& host, PersonId id, const DueUntil& due) {
  return host.read([&](ReadTx& tx) {
    return Due{directory::findPerson(tx, id), dueNotices(tx, id, due)};
  });
}

bool sendTo(Host& host, PersonId id, const DueUntil& until) {
  Due due = readDue(host, id, until);
  std::erase_if(due.notices, [&](const Waiting& notice) {
    return !host.active(pluginOf(notice.topic), notice.topic.region);
  });
  if (!due.person || due.notices.empty()) return false;
  const Digest digest = digestOf(due.notices);
  const std::string token = access::randomToken();
  const MailMessage mail = digestMail(host, *due.person, digest, token);
  try {
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      for (const Waiting& notice : due.notices)
        if (!take(tx, notice)) throw Lost();
      addLink(tx, token, {id, digest.topics});
      tx.mail(mail);
      bookkeeping(tx, "notices that were made by audited changes are mailed");
    });
  } catch (const Lost&) {
    return false;  // what is left is read again at the next run
  }
  return true;
}

}  // namespace

int sendDue(Host& host, Instant now, const std::stop_token& stop) {
  const DueUntil until = dueUntil(now);
  int sent = 0;
  PersonId after{};
  while (!stop.stop_requested()) {
    const auto people =
        host.read([&](ReadTx& tx) { return peopleWithDue(tx, until, after, kPeopleAtOnce); });
    if (people.empty()) break;
    for (const PersonId person : people) sent += sendTo(host, person, until) ? 1 : 0;
    after = people.back();
  }
  return sent;
}

void sweepOld(Host& host, Instant now) {
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    sweep(tx, now - kLinksLast, now - kNewsLasts);
    bookkeeping(tx, "what has run out is swept");
  });
}

}  // namespace toimela::notices
