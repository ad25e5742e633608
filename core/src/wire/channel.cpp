#include "wire/channel.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace toimela::wire {

namespace {

constexpr std::size_t kRecord = 16 * 1024;  // the largest TLS record

IoResult outcome(ssize_t result) {
  if (result >= 0) return {IoResult::Status::ok, static_cast<std::size_t>(result)};
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
    return {IoResult::Status::blocked, 0};
  return {IoResult::Status::failed, 0};
}

}  // namespace

IoResult Channel::read(char* to, std::size_t count) {
  if (tls_) return tls_->read(to, count);
  ssize_t got;
  do {
    got = ::recv(socket_.get(), to, count, 0);
  } while (got < 0 && errno == EINTR);
  if (got == 0) return {Status::end, 0};
  return outcome(got);
}

IoResult Channel::write(const iovec* pieces, int count, bool more, std::vector<char>& scratch) {
  if (!tls_) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces);
    message.msg_iovlen = static_cast<std::size_t>(count);
    ssize_t sent;
    do {
      sent = ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
    } while (sent < 0 && errno == EINTR);
    return outcome(sent);
  }
  scratch.resize(kRecord);
  std::size_t gathered = 0;
  for (int i = 0; i < count && gathered < kRecord; ++i) {
    const std::size_t part = std::min(pieces[i].iov_len, kRecord - gathered);
    std::memcpy(scratch.data() + gathered, pieces[i].iov_base, part);
    gathered += part;
  }
  return tls_->write(scratch.data(), gathered);
}

IoResult Channel::writeFile(int file, std::uint64_t offset, std::size_t count,
                            std::vector<char>& scratch) {
  if (!tls_) {
    auto position = static_cast<off_t>(offset);
    ssize_t sent;
    do {
      sent = ::sendfile(socket_.get(), file, &position, count);
    } while (sent < 0 && errno == EINTR);
    // A file that became shorter can't be sent as promised.
    if (sent == 0) return {Status::failed, 0};
    return outcome(sent);
  }
  scratch.resize(kRecord);
  const ssize_t got =
      ::pread(file, scratch.data(), std::min(count, kRecord), static_cast<off_t>(offset));
  if (got <= 0) return {Status::failed, 0};
  return tls_->write(scratch.data(), static_cast<std::size_t>(got));
}

std::size_t Channel::untaken() const {
  int bytes = 0;
  return ::ioctl(socket_.get(), SIOCOUTQ, &bytes) == 0 && bytes > 0
             ? static_cast<std::size_t>(bytes)
             : 0;
}

void Channel::shutDownWriting() {
  if (tls_) tls_->sayGoodbye();
  ::shutdown(socket_.get(), SHUT_WR);
}

void Channel::resetOnClose() {
  const linger atOnce{1, 0};
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

}  // namespace toimela::wire
