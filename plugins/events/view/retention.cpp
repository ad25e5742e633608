#include "view/retention.h"

#include <algorithm>

#include "store/events.h"
#include "store/managing.h"
#include "toimela/directory.h"
#include "toimela/texts.h"
#include "view/participants.h"

namespace toimela::events::view {

namespace {

std::string dayText(Instant instant, const Words& words) {
  return showDate(Date::of(instant), words.locale());
}

/// The day of what comes next; for what is erased, when that was.
Instant nextOf(const Retention& retention, Instant now) {
  switch (stageOf(retention)) {
    case RetentionStage::aside: return retention.erasedFrom();
    case RetentionStage::erased: return *retention.erasedAt;
    default: return retention.goesAt(now);
  }
}

std::string_view tagOf(RetentionStage stage) {
  switch (stage) {
    case RetentionStage::kept: return "tag";
    case RetentionStage::told: return "tag tag--warn";
    case RetentionStage::aside: return "tag tag--warn";
    case RetentionStage::erased: return "tag tag--off";
  }
  return "tag";
}

/// Whom to write to about an event.
struct Addressee {
  EmailAddress email;
  std::string name;
  Locale locale = Locale::fi;
};
std::optional<Addressee> addresseeOf(ReadTx& tx, const Event& event) {
  if (const auto email = EmailAddress::parse(event.contactEmail)) {
    const auto person = directory::findPerson(tx, *email);
    return Addressee{*email, event.contactName, person ? person->language : Locale::fi};
  }
  const auto maker = store::makerOf(tx, event.id);
  const auto person = maker ? directory::findPerson(tx, *maker) : std::nullopt;
  if (!person) return std::nullopt;
  return Addressee{person->email, person->name(), person->language};
}

}  // namespace

TableSpec retentionTable() {
  TableSpec spec{.id = "retention",
                 .path = "/events/retention",
                 .captionKey = "events.retention.caption",
                 .searchKey = "events.manage.search",
                 .columns = {TableColumn::text("title", "events.details.title").sorts().heads(),
                             TableColumn::text("ended", "events.retention.ended").sorts(),
                             TableColumn::text("region", "events.manage.region"),
                             TableColumn::number("people", "events.retention.people"),
                             TableColumn::text("stage", "events.retention.stage"),
                             TableColumn::text("next", "events.retention.next").sorts()},
                 .sort = "next",
                 .emptyKey = "events.retention.empty",
                 .emptyTextKey = "events.retention.empty_text"};
  TableFilter stages{"stage", "events.retention.stage", "events.retention.every_stage", {}};
  for (const RetentionStage stage : kRetentionStages)
    stages.choices.push_back({std::string(code(stage)), "events.retention.stage." + std::string(code(stage))});
  spec.filters.push_back(std::move(stages));
  return spec;
}

std::vector<store::Holding> select(std::vector<store::Holding> holdings, const Table& table, Instant now,
                                   const Words& words) {
  std::erase_if(holdings, [&](const store::Holding& holding) {
    const auto stage = stageOf(holding.retention);
    if (!table.filter("stage").empty() && table.filter("stage") != code(stage)) return true;
    return !isFound(holding.title.fi + " " + holding.title.sv + " " + holding.title.en, table.words());
  });
  std::ranges::stable_sort(holdings, [&](const auto& a, const auto& b) {
    const auto &first = table.isDescending() ? b : a, &second = table.isDescending() ? a : b;
    if (table.sort() == "title")
      return sortsBefore(words.pick(first.title), words.pick(second.title), words.locale());
    if (table.sort() == "ended") return first.retention.endsAt < second.retention.endsAt;
    // What is erased already comes last: there is nothing left to look at.
    const bool isFirstGone = stageOf(first.retention) == RetentionStage::erased;
    const bool isSecondGone = stageOf(second.retention) == RetentionStage::erased;
    if (isFirstGone != isSecondGone) return isSecondGone;
    return nextOf(first.retention, now) < nextOf(second.retention, now);
  });
  return holdings;
}

std::vector<TableRow> retentionRows(const std::vector<store::Holding>& holdings, Instant now, const Words& words) {
  std::vector<TableRow> rows;
  for (const store::Holding& holding : holdings) {
    const auto stage = stageOf(holding.retention);
    rows.push_back(
        {{TableCell(holding.title, words.locale()).linked(words.link(pathOf(holding.id) + "/retention")),
          spreadsheet::Cell(Date::of(holding.retention.endsAt)), words.place(holding.region),
          spreadsheet::Cell(holding.people),
          TableCell(words.word("retention.stage", stage)).tagged(std::string(tagOf(stage))),
          spreadsheet::Cell(Date::of(nextOf(holding.retention, now)))}});
  }
  return rows;
}

void showRetention(View& view, const store::Holding& holding, Instant now, const Words& words) {
  const Retention& retention = holding.retention;
  const auto stage = stageOf(retention);
  const bool isThere = stage == RetentionStage::kept || stage == RetentionStage::told;
  std::vector<View> facts;
  const auto add = [&](std::string_view key, std::string value) {
    View fact;
    fact.set("label", words.text(std::string("events.retention.").append(key))).set("value", std::move(value));
    facts.push_back(std::move(fact));
  };
  add("ended", dayText(retention.endsAt, words));
  add("chosen", words.count("events.manage.retention", retention.days));
  add("people", std::to_string(holding.people));
  if (isThere) add("goes", dayText(retention.goesAt(now), words));
  if (retention.asideAt) add("went", dayText(*retention.asideAt, words));
  if (retention.asideAt) add("erased_from", dayText(retention.erasedFrom(), words));
  if (retention.erasedAt) add("erased_at", dayText(*retention.erasedAt, words));
  view.set("stage", words.word("retention.stage", stage))
      .set("stage_tag", std::string(tagOf(stage)))
      .set("stage_text", words.text("events.retention.text." + std::string(code(stage))))
      .flag("is_aside", stage == RetentionStage::aside)
      .list("facts", std::move(facts));
}

FormSpec takeBackFields() {
  return {Field::multiline("reason", "events.retention.reason")
              .required()
              .hint("events.retention.reason_hint")
              .longest(500)};
}

std::optional<MailMessage> retentionLetter(ReadTx& tx, Host& host, std::int64_t about) {
  const auto event = store::findEvent(tx, EventId{about});
  const auto holding = event ? store::holdingOf(tx, event->id) : std::nullopt;
  const auto addressee = event ? addresseeOf(tx, *event) : std::nullopt;
  if (!addressee || !holding->retention.hasPeople) return std::nullopt;
  const Words words(addressee->locale, host);
  const std::vector<TextArgument> arguments{
      {"event", words.pick(event->title)},
      {"name", addressee->name},
      {"people", holding->people},
      {"day", dayText(holding->retention.goesAt(now()), words)},
      {"days", static_cast<std::int64_t>(std::chrono::duration_cast<std::chrono::days>(kPutAside).count())}};
  View view;
  view.set("subject", words.format("events.letter.retention.subject", arguments))
      .set("greeting", words.format("events.letter.greeting", arguments))
      .set("text", words.format("events.letter.retention.text", arguments))
      .set("title", words.pick(event->title))
      .set("action", words.text("events.letter.way.retention"))
      .set("link", host.absolute(words.locale(), pathOf(event->id) + "/retention"))
      .set("note", std::string())
      .set("contact", std::string())
      .flag("has_people", false);
  View when;
  when.set("label", words.text("events.letter.fact.when")).set("value", words.time(event->startsAt, event->endsAt));
  std::vector<View> facts;
  facts.push_back(std::move(when));
  view.list("facts", std::move(facts));
  return host.composeMail(addressee->email, addressee->name, words.locale(), "letter", std::move(view));
}

}  // namespace toimela::events::view
