// From what waits for a person to one mail.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "notices/notice_store.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::notices {

/// How many notices a mail has at most; of the rest it tells the number.
inline constexpr std::size_t kMostLines = 50;

/// The notices of one mail by topic: the topic with the newest one first, and so within.
struct Digest {
  struct Part {
    Topic topic;
    std::vector<Waiting> notices;
  };
  std::vector<Part> parts;
  std::size_t more = 0;             ///< notices beyond kMostLines
  std::vector<std::string> topics;  ///< keys of all, also of those without a line

  std::size_t shown() const;
};

/// Of notices that come newest first.
Digest digestOf(std::span<const Waiting> notices);

/// The mail in the person's language. `token` is what the link that ends such mail ends with.
MailMessage digestMail(Host& host, const Person& person, const Digest& digest,
                       std::string_view token);

}  // namespace toimela::notices
