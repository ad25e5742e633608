#include "pages/templates.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <vector>

#include "pages/escape.h"
#include "pages/program.h"
#include "pages/template_source.h"

namespace toimela::pages {

namespace {

constexpr std::string_view kLayout = "layout";
constexpr std::string_view kContent = "content";

using Sources = std::map<std::string, TemplateSource, std::less<>>;

/// Makes one program out of a template, its partials and the texts of one language.
class Compiler {
 public:
  Compiler(const Sources& sources, const Catalogue& catalogue, const Assets& assets, Locale locale)
      : sources_(sources), catalogue_(catalogue), assets_(assets), locale_(locale) {}

  /// `content` goes where a layout has {{> content}}.
  std::unique_ptr<Program> compile(const TemplateSource& outer, const TemplateSource* content) {
    program_ = std::make_unique<Program>();
    content_ = content;
    put(outer);
    try {
      program_->compile();
    } catch (const std::runtime_error& error) {
      (content ? content : &outer)->refuse(1, error.what());
    }
    return std::move(program_);
  }

 private:
  void put(const TemplateSource& source) {
    inside_.push_back(&source);
    for (const Token& token : source.tokens) put(source, token);
    inside_.pop_back();
  }

  void put(const TemplateSource& source, const Token& token) {
    using Kind = Token::Kind;
    const auto escaped = source.isPlainText ? Program::Shown::plain : Program::Shown::escaped;
    switch (token.kind) {
      case Kind::text:
        program_->text(token.value);
        return;
      case Kind::variable:
        program_->value(token.value, escaped);
        return;
      case Kind::address:
        program_->value(token.value, Program::Shown::address);
        return;
      case Kind::html:
        program_->value(token.value, Program::Shown::html);
        return;
      case Kind::section:
        program_->sectionBegins(token.value, false);
        return;
      case Kind::inverted:
        program_->sectionBegins(token.value, true);
        return;
      case Kind::end:
        program_->sectionEnds();
        return;
      case Kind::interfaceText:
        putText(source, token);
        return;
      case Kind::asset:
        putAsset(source, token);
        return;
      case Kind::partial:
        putPartial(source, token);
        return;
    }
  }

  void putText(const TemplateSource& source, const Token& token) {
    if (!catalogue_.has(token.value)) {
      source.refuse(token.line, "there is no text for the key \"" + token.value + "\"");
    }
    if (catalogue_.hasArguments(token.value)) {
      source.refuse(token.line, "the text \"" + token.value +
                                    "\" has something to fill in: format it in the handler");
    }
    putSafely(source, catalogue_.get(locale_, token.value));
  }

  void putAsset(const TemplateSource& source, const Token& token) {
    try {
      putSafely(source, assets_.address(token.value));
    } catch (const std::runtime_error& error) {
      source.refuse(token.line, error.what());
    }
  }

  void putSafely(const TemplateSource& source, const std::string& text) {
    if (source.isPlainText) return program_->text(text);
    std::string safe;
    appendEscaped(safe, text);
    program_->text(safe);
  }

  void putPartial(const TemplateSource& source, const Token& token) {
    const TemplateSource* partial = find(source, token.value);
    if (!partial) source.refuse(token.line, "there is no template \"" + token.value + "\"");
    if (partial->isPlainText != source.isPlainText) {
      source.refuse(token.line, "a page and a plain text can not have parts of each other");
    }
    if (std::find(inside_.begin(), inside_.end(), partial) != inside_.end()) {
      source.refuse(token.line, "the template \"" + token.value + "\" contains itself");
    }
    put(*partial);
  }

  const TemplateSource* find(const TemplateSource& from, const std::string& name) const {
    if (content_ && from.plugin.empty() && name == kContent) return content_;
    if (!from.plugin.empty()) {
      const auto own = sources_.find(from.plugin + "/" + name);
      if (own != sources_.end()) return &own->second;
    }
    const auto cores = sources_.find(name);
    return cores == sources_.end() ? nullptr : &cores->second;
  }

  const Sources& sources_;
  const Catalogue& catalogue_;
  const Assets& assets_;
  Locale locale_;
  std::unique_ptr<Program> program_;
  const TemplateSource* content_ = nullptr;
  std::vector<const TemplateSource*> inside_;
};

void requireOneContent(const TemplateSource& layout) {
  const auto count =
      std::count_if(layout.tokens.begin(), layout.tokens.end(), [](const Token& token) {
        return token.kind == Token::Kind::partial && token.value == kContent;
      });
  if (count != 1) layout.refuse(1, "must have {{> content}} exactly once");
}

}  // namespace

struct Templates::Impl {
  using Programs = std::array<std::unique_ptr<Program>, kLocales.size()>;
  struct Compiled {
    Programs alone, inLayout;
  };

  const Catalogue& catalogue;
  const Assets& assets;
  Sources sources;
  std::map<std::string, Compiled, std::less<>> compiled;

  std::string render(std::string_view name, Locale locale, const View& view,
                     Programs Compiled::*programs) const {
    const auto found = compiled.find(name);
    if (found == compiled.end())
      throw std::runtime_error("there is no template \"" + std::string(name) + "\"");
    const auto& program = (found->second.*programs)[static_cast<std::size_t>(locale)];
    if (!program)
      throw std::runtime_error("there is no layout for the page \"" + std::string(name) + "\"");
    return program->render(view);
  }
};

Templates::Templates(const Catalogue& catalogue, const Assets& assets)
    : impl_(new Impl{catalogue, assets, {}, {}}) {}
Templates::~Templates() = default;

void Templates::add(const std::string& plugin, const std::filesystem::path& folder) {
  const std::string owner = plugin == "core" ? "" : plugin;
  if (!std::filesystem::exists(folder)) return;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".mustache") continue;
    const std::string name = entry.path().stem().string();
    TemplateSource source = readTemplate(owner, entry.path());
    impl_->sources.insert_or_assign(owner.empty() ? name : owner + "/" + name, std::move(source));
  }
}

void Templates::compile() {
  const auto layout = impl_->sources.find(kLayout);
  const bool hasLayout = layout != impl_->sources.end();
  if (hasLayout) requireOneContent(layout->second);
  for (const auto& [name, source] : impl_->sources) {
    if (name == kLayout) continue;
    Impl::Compiled compiled;
    try {
      for (const Locale locale : kLocales) {
        const auto i = static_cast<std::size_t>(locale);
        Compiler compiler(impl_->sources, impl_->catalogue, impl_->assets, locale);
        compiled.alone[i] = compiler.compile(source, nullptr);
        if (hasLayout && !source.isPlainText) {
          compiled.inLayout[i] = compiler.compile(layout->second, &source);
        }
      }
    } catch (const std::runtime_error& e) {
      const auto slash = name.find('/');
      throw BrokenTemplate(slash == std::string::npos ? "core" : name.substr(0, slash), e.what());
    }
    impl_->compiled.insert_or_assign(name, std::move(compiled));
  }
}

bool Templates::has(std::string_view name) const { return impl_->compiled.contains(name); }

std::string Templates::renderPage(std::string_view name, Locale locale, View& view) const {
  return impl_->render(name, locale, view, &Impl::Compiled::inLayout);
}

std::string Templates::render(std::string_view name, Locale locale, View& view) const {
  return impl_->render(name, locale, view, &Impl::Compiled::alone);
}

}  // namespace toimela::pages
