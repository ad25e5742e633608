#include "wire/mailbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <stdexcept>

namespace toimela::wire {

Mailbox::Mailbox() : wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (!wake_) throw std::runtime_error("Cannot make an eventfd");
}

void Mailbox::post(Message message) {
  {
    const std::lock_guard lock(mutex_);
    if (shut_) return;
    messages_.push_back(std::move(message));
    if (signalled_) return;
    signalled_ = true;
  }
  const std::uint64_t one = 1;
  // The counter can't overflow: at most one signal is outstanding.
  [[maybe_unused]] const ssize_t written = ::write(wake_.get(), &one, sizeof one);
}

void Mailbox::take(std::vector<Message>& messages) {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = ::read(wake_.get(), &count, sizeof count);
  const std::lock_guard lock(mutex_);
  messages.swap(messages_);
  signalled_ = false;
}

void Mailbox::shut() {
  std::vector<Message> unread;
  const std::lock_guard lock(mutex_);
  shut_ = true;
  unread.swap(messages_);
}

void FreshBatch::ready() {
  if (!claim()) return;
  if (std::this_thread::get_id() == loop_ && inside_) {
    readyInside_ = true;
    return;
  }
  mailbox_->post(Fresh{shared_from_this()});
}

}  // namespace toimela::wire
