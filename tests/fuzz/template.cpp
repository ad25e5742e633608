// A template, as a plugin may bring it: read or refused, and what is read is balanced.
#include "pages/template_source.h"
#include "promise.h"

using namespace toimela;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::Folder folder;
  const auto text = fuzz::textOf(data, size);
  for (const char* name : {"page.mustache", "mail.txt.mustache"}) {
    try {
      const pages::TemplateSource source = pages::readTemplate("", folder.write(name, text));
      int open = 0;
      for (const pages::Token& token : source.tokens) {
        using enum pages::Token::Kind;
        if (token.kind == section || token.kind == inverted) ++open;
        if (token.kind == end) --open;
        fuzz::promise(open >= 0 && token.line >= 0);
      }
      fuzz::promise(open == 0);
    } catch (const std::runtime_error&) {
    }
  }
  return 0;
}
