#include "operations/letters.h"

namespace toimela::contacts::operations {

MailMessage letterTo(const Person& reader, Host& host, const Network& network,
                     const Letter& letter) {
  const Locale locale = reader.language;
  const std::string key = "contacts.letter." + std::string(letter.name);
  const std::vector<TextArgument> arguments{{"network", network.name.pick(locale).text},
                                            {"person", letter.person}};
  View view;
  view.set("subject", host.texts().format(locale, key + ".subject", arguments))
      .set("text", host.texts().format(locale, key + ".text", arguments))
      .set("quote", letter.quote)
      .set("link", host.absolute(locale, letter.path));
  return host.composeMail(reader.email, reader.name(), locale, "letter", std::move(view));
}

}  // namespace toimela::contacts::operations
