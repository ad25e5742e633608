#include "search/documents.h"

#include <utility>

namespace toimela::search {

namespace {

constexpr int kThingsAtOnce = 500;

}  // namespace

Documents::Documents(data::Database& database, Warn warn, const Texts* texts)
    : database_(database), warn_(std::move(warn)), texts_(texts) {}

/// A source that throws harms only itself; a database that is away is everybody's trouble.
template <class F>
bool Documents::asked(const Source& source, F&& work) {
  try {
    database_.read(work);
    return true;
  } catch (const DatabaseUnavailable&) {
    throw;
  } catch (const std::exception& e) {
    const std::lock_guard lock(warning_);
    warn_(source.kind, e.what());
    return false;
  }
}

std::vector<std::int64_t> Documents::idsAfter(const Source& source, std::int64_t after) {
  std::vector<std::int64_t> ids;
  asked(source, [&](ReadTx& tx) { ids = source.list(tx, after, kThingsAtOnce); });
  if (!ids.empty() && ids.back() <= after) ids.clear();
  return ids;
}

std::optional<std::vector<Document>> Documents::read(const Source& source, const std::vector<std::int64_t>& ids) {
  std::vector<Document> documents;
  if (!asked(source, [&](ReadTx& tx) { documents = source.read(tx, ids); })) return std::nullopt;
  if (texts_)
    for (Document& document : documents)
      for (LocalText& subject : document.subjects) nameSubject(subject);
  return documents;
}

void Documents::nameSubject(LocalText& subject) const {
  if (const std::string key = subject.fi; subject == LocalText{key, key, key} && texts_->has(key))
    for (const Locale locale : kLocales) subject.in(locale) = texts_->get(locale, key);
}

}  // namespace toimela::search
