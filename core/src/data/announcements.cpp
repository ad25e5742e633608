#include "data/announcements.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>

namespace toimela::data {

WakeUp::WakeUp() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (fd_ < 0) throw std::runtime_error("no file descriptor is left for waking up");
}
WakeUp::~WakeUp() { ::close(fd_); }

void WakeUp::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
}

bool WakeUp::sleep(std::chrono::milliseconds limit) const {
  pollfd woken{fd_, POLLIN, 0};
  return ::poll(&woken, 1, static_cast<int>(limit.count())) == 0;
}

struct Announcements::Impl {
  explicit Impl(const Address& address) {
    // A server that has gone without a word is noticed within a minute.
    const char* const names[] = {"dbname", "application_name", "keepalives_idle", "keepalives_interval",
                                 "keepalives_count", nullptr};
    const char* const values[] = {address.target.c_str(), "toimela events", "30", "10", "3", nullptr};
    pg = PQconnectdbParams(names, values, 1);
    PQsetNoticeProcessor(pg, [](void*, const char*) {}, nullptr);
  }
  ~Impl() { PQfinish(pg); }

  [[noreturn]] static void lost() { throw DatabaseUnavailable("events: the connection is lost"); }

  PGconn* pg = nullptr;
};

Announcements::Announcements(const Address& address, const std::string& channel)
    : impl_(std::make_unique<Impl>(address)) {
  if (PQstatus(impl_->pg) != CONNECTION_OK)
    throw DatabaseUnavailable("events: the database can not be opened");
  PGresult* result = PQexec(impl_->pg, ("LISTEN " + channel).c_str());
  const bool listens = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  if (!listens) Impl::lost();
}

Announcements::~Announcements() = default;

std::vector<std::string> Announcements::wait(const WakeUp& wakeUp) {
  PGconn* pg = impl_->pg;
  std::vector<std::string> payloads;
  while (true) {
    while (PGnotify* heard = PQnotifies(pg)) {
      payloads.emplace_back(heard->extra);
      PQfreemem(heard);
    }
    if (!payloads.empty()) return payloads;
    pollfd ready[] = {{PQsocket(pg), POLLIN, 0}, {wakeUp.fd(), POLLIN, 0}};
    if (::poll(ready, 2, -1) < 0 && errno != EINTR) Impl::lost();
    if (ready[1].revents != 0) return payloads;
    if (PQconsumeInput(pg) != 1) Impl::lost();
  }
}

}  // namespace toimela::data
