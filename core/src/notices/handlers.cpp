#include "notices/handlers.h"

#include <algorithm>

#include "notices/notice_store.h"
#include "toimela/bookkeeping.h"

namespace toimela::notices {

namespace {

std::string wordOf(const Texts& texts, Locale locale, Pace pace) {
  return texts.get(locale, "notices.pace." + std::string(code(pace)));
}

std::vector<View> paceChoices(const Request& request, Host& host, std::optional<Pace> chosen) {
  std::vector<View> views;
  for (const Pace pace : kPaces) {
    View view;
    view.set("code", std::string(code(pace)))
        .set("label", wordOf(host.texts(), request.locale, pace))
        .flag("selected", pace == chosen);
    views.push_back(std::move(view));
  }
  return views;
}

View rowOf(const Request& request, Host& host, const Chosen& chosen, std::size_t number) {
  View row;
  row.set("number", number)
      .set("key", chosen.topic.key)
      .text("name", chosen.topic.name, request.locale)
      .set("href", request.link(chosen.topic.path))
      .list("paces", paceChoices(request, host, chosen.pace));
  return row;
}

/// The topics of a link that the person still has.
std::vector<Chosen> topicsOf(ReadTx& tx, const Link& link) {
  auto choices = choicesOf(tx, link.person);
  std::erase_if(choices, [&](const Chosen& chosen) {
    return std::ranges::find(link.topics, chosen.topic.key) == link.topics.end();
  });
  return choices;
}

Link requireLink(ReadTx& tx, const Request& request) {
  auto link = findLink(tx, request.parameters.text("token"));
  if (!link) throw NotFound();
  return std::move(*link);
}

Response unsubscribePage(const Request& request, Host& host, const std::vector<Chosen>& topics,
                         bool isDone) {
  std::vector<View> rows;
  for (const Chosen& chosen : topics) {
    View row;
    row.text("name", chosen.topic.name, request.locale);
    rows.push_back(std::move(row));
  }
  const std::string title = host.texts().get(
      request.locale, isDone ? "notices.unsubscribe.done" : "notices.unsubscribe.title");
  View view;
  view.set("title", title)
      .set("token", request.parameters.text("token"))
      .flag("is_done", isDone)
      .flag("has_topics", !rows.empty())
      .list("topics", std::move(rows));
  return host.page(request, "notices_unsubscribe", std::move(view), {.title = title});
}

}  // namespace

Response showChoices(const Request& request, Host& host) {
  auto choices = host.read([&](ReadTx& tx) { return choicesOf(tx, *request.actor.person); });
  // What is switched off is told by nobody, and its page is not there.
  std::erase_if(choices, [&](const Chosen& chosen) {
    return !host.active(pluginOf(chosen.topic), chosen.topic.region);
  });
  std::vector<View> rows;
  for (const Chosen& chosen : choices) rows.push_back(rowOf(request, host, chosen, rows.size()));
  View view;
  view.flag("has_topics", !rows.empty())
      .flag("has_many", rows.size() > 1)
      .list("topics", std::move(rows))
      .list("paces", paceChoices(request, host, std::nullopt));
  return host.page(request, "notices", std::move(view),
                   {.title = host.texts().get(request.locale, "notices.title")});
}

Response saveChoices(const Request& request, Host& host) {
  const auto keys = request.form.every("topic"), paces = request.form.every("pace");
  if (keys.size() != paces.size())
    throw RequestError(400, "error.400.text", "topics and paces do not go together");
  const PersonId person = *request.actor.person;
  host.write(request, [&](WriteTx& tx) {
    for (const Chosen& chosen : choicesOf(tx, person)) {
      const auto at = std::ranges::find(keys, chosen.topic.key);
      if (at == keys.end()) continue;
      const auto pace = parsePace(paces[static_cast<std::size_t>(at - keys.begin())]);
      if (!pace) throw RequestError(400, "error.400.text", "no such pace");
      setPace(tx, person, chosen.topic, *pace);
    }
    bookkeeping(tx, "nothing was chosen");
  });
  return host.redirect(request, "/account/notices", "notices.saved");
}

Response saveOnePace(const Request& request, Host& host) {
  const auto pace = parsePace(request.form.text("pace"));
  if (!pace) throw RequestError(400, "error.400.text", "no such pace");
  const PersonId person = *request.actor.person;
  host.write(request, [&](WriteTx& tx) {
    for (const Chosen& chosen : choicesOf(tx, person)) setPace(tx, person, chosen.topic, *pace);
    bookkeeping(tx, "nothing was chosen");
  });
  return host.redirect(request, "/account/notices", "notices.saved");
}

Response askUnsubscribe(const Request& request, Host& host) {
  const auto topics = host.read([&](ReadTx& tx) { return topicsOf(tx, requireLink(tx, request)); });
  return unsubscribePage(request, host, topics, false);
}

Response unsubscribe(const Request& request, Host& host) {
  const auto topics = host.write(request, [&](WriteTx& tx) {
    const Link link = requireLink(tx, request);
    auto ended = topicsOf(tx, link);
    for (const Chosen& chosen : ended) setPace(tx, link.person, chosen.topic, Pace::never);
    bookkeeping(tx, "the topics are no more");
    return ended;
  });
  return unsubscribePage(request, host, topics, true);
}

}  // namespace toimela::notices
