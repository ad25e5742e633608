#include "handlers/retention.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "handlers/organised.h"
#include "operations/retention.h"
#include "store/retention.h"
#include "toimela/directory.h"
#include "view/retention.h"

namespace toimela::events::handlers {

namespace {

/// What falls due within this is listed.
constexpr std::chrono::hours kListed{24 * 90};

Response show(const Request& request, Host& host, const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    view::showHead(view, event, "retention", words);
    view::showRetention(view, *store::holdingOf(tx, event.id), now(), words);
    return true;
  });
  view.group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "organise_retention", std::move(view), {.status = status});
}

}  // namespace

Response listRetention(const Request& request, Host& host) {
  const Territory territory = territoryOf(request, host);
  const auto codes = territory.codes();
  const view::Words words(request, host);
  auto holdings = host.read([](ReadTx& tx) { return store::holdings(tx, now() + kListed); });
  std::erase_if(holdings, [&](const store::Holding& holding) {
    if (!holding.region) return !territory.nation;
    return std::ranges::find(codes, *holding.region) == codes.end();
  });
  const Table table(view::retentionTable(), request);
  const auto found = view::select(std::move(holdings), table, now(), words);
  if (table.format())
    return table.file(request, host, view::retentionRows(found, now(), words), words.text("events.retention.file"));
  View view;
  view.group("table", table.view(request, host, view::retentionRows(pageOf(found, table), now(), words),
                                 static_cast<std::int64_t>(found.size())))
      .list("breadcrumbs", breadcrumbs({{"/events/manage", words.text("events.manage.title")},
                                        {"", words.text("events.retention.title")}},
                                       words));
  return host.page(request, "retention_list", std::move(view), {.title = words.text("events.retention.title")});
}

Response showRetention(const Request& request, Host& host) {
  return show(request, host, Form(view::takeBackFields()));
}

Response takeBackRetention(const Request& request, Host& host) {
  const EventId id = host.read([&](ReadTx& tx) { return requireOrganised(tx, request).id; });
  const Form form = Form::read(view::takeBackFields(), request.form);
  if (!form.ok()) return show(request, host, form, 422);
  const bool isDone = host.write(
      request, [&](WriteTx& tx) { return operations::takeBack(tx, id, form.text("reason")); });
  return host.redirect(request, view::pathOf(id) + "/retention",
                       isDone ? "events.retention.taken_back" : "events.retention.not_aside");
}

ScheduledJob retaining() {
  return {.name = "retention",
          .every = std::chrono::hours(1),
          // In every region: what was promised to people holds where the plugin was switched off.
          .run = [](Host& host, const JobTurn& turn) {
            const auto holdings =
                host.read([](ReadTx& tx) { return store::holdings(tx, now() + kToldBefore); });
            for (const store::Holding& holding : holdings) {
              if (turn.stop.stop_requested()) return;
              if (stepOf(holding.retention, now()) != RetentionStep::none)
                host.writeAs(std::nullopt,
                             [&](WriteTx& tx) { return operations::advanceRetention(tx, holding.id); });
            }
          }};
}

PersonalData asideData() {
  return {.section = "events_put_aside",
          .exporter =
              [](ReadTx& tx, PersonId id) {
                const auto person = directory::findPerson(tx, id);
                auto records = nlohmann::json::array();
                for (const auto& record : store::asideOf(tx, id, person ? person->email.key() : "")) {
                  auto answers = nlohmann::json::parse(record.answers, nullptr, false);
                  records.push_back({{"event", {{"id", record.event.value}, {"title", record.title}}},
                                     {"registered_others_or_self", record.isRegistrant},
                                     {"name", record.name},
                                     {"email", record.email},
                                     {"phone", record.phone},
                                     {"organisation", record.organisation},
                                     {"state", record.state},
                                     {"answers", answers.is_discarded() ? nlohmann::json::object() : answers}});
                }
                return nlohmann::json{{"records", records}}.dump();
              },
          .eraser =
              [](WriteTx& tx, PersonId id) {
                const auto person = directory::findPerson(tx, id);
                store::forgetAside(tx, id, person ? person->email.key() : "");
              },
          .columns = {"events_aside_registration.person_id", "events_aside_registration.followup_asked_at",
                      "events_aside_participant.followup_at", "events_aside_registration.organisation_id",
                      "events_aside_registration.organisation_name", "events_aside_registration.sector",
                      "events_aside_registration.name", "events_aside_registration.email",
                      "events_aside_registration.email_key", "events_aside_registration.phone",
                      "events_aside_registration.locale", "events_aside_registration.answers",
                      "events_aside_registration.created_at", "events_aside_participant.name",
                      "events_aside_participant.email", "events_aside_participant.email_key",
                      "events_aside_participant.state", "events_aside_participant.sessions",
                      "events_aside_participant.answers", "events_aside_participant.attended_at",
                      "events_aside_participant.changed_at", "events_aside_feedback.participant_id",
                      "events_aside_feedback.answer",
                      "events_aside_invitation.person_id", "events_aside_invitation.invited_at"}};
}

}  // namespace toimela::events::handlers
