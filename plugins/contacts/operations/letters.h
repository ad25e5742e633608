// The mails of networks, each in the language of the one who gets it.
#pragma once

#include <string>
#include <string_view>

#include "domain/network.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::contacts::operations {

/// What a letter says: texts "contacts.letter.<name>.subject" and "….text" with {network} and
/// {person} in them, a passage that somebody wrote, and the page it is about.
struct Letter {
  std::string_view name;    ///< "application_new"
  std::string person = {};  ///< whom it is about
  std::string quote = {};   ///< words of people, shown as they are
  std::string path;         ///< without language
};

MailMessage letterTo(const Person& reader, Host& host, const Network& network,
                     const Letter& letter);

}  // namespace toimela::contacts::operations
