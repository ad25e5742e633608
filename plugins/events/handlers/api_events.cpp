#include "handlers/api_events.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>

#include <algorithm>
#include <array>

#include "events.h"
#include "handlers/api.h"
#include "handlers/organised.h"
#include "handlers/visible.h"
#include "operations/co_organisers.h"
#include "operations/materials.h"
#include "operations/organising.h"
#include "operations/places.h"
#include "store/events.h"
#include "store/feedback.h"
#include "store/made_with.h"
#include "store/places.h"
#include "toimela/directory.h"
#include "toimela/idempotency.h"
#include "view/co_organisers.h"
#include "view/event_form.h"
#include "view/json.h"
#include "view/materials.h"
#include "view/programme.h"

namespace toimela::events::handlers {

namespace {

constexpr int kAnswers = 500;

/// A field of a page's form, and what the API calls it.
struct Name {
  std::string_view page, api;
};
constexpr std::array kEventNames{
    Name{"title", "title"}, Name{"summary", "summary"}, Name{"description", "description"},
    Name{"kind", "kind"}, Name{"visibility", "visibility"}, Name{"starts", "starts_at"},
    Name{"ends", "ends_at"}, Name{"attendance", "attendance"}, Name{"place", "place"},
    Name{"address", "address"}, Name{"municipality", "municipality"},
    Name{"accessibility", "accessibility"}, Name{"online_link", "online_link"},
    Name{"opens", "opens_at"}, Name{"closes", "closes_at"}, Name{"capacity", "capacity"},
    Name{"ceiling", "ceiling"}, Name{"has_waiting_list", "waiting_list"},
    Name{"offer_hours", "offer_hours"}, Name{"approves_first", "approves_first"},
    Name{"contact_name", "contact_name"}, Name{"contact_email", "contact_email"},
    Name{"contact_phone", "contact_phone"}, Name{"project", "project"},
    Name{"retention_days", "retention_days"}, Name{"revision", "revision"}};
constexpr std::array kSessionNames{
    Name{"title", "title"}, Name{"text", "text"}, Name{"speakers", "speakers"}, Name{"room", "room"},
    Name{"starts", "starts_at"}, Name{"ends", "ends_at"}, Name{"is_chosen", "chosen"},
    Name{"capacity", "capacity"}};

/// Moments come as RFC 3339 has them; forms take the time that clocks in Finland show.
std::string localMoment(std::string_view text) {
  Poco::DateTime moment;
  int zone = 0;
  if (!Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::ISO8601_FORMAT, std::string(text), moment, zone) &&
      !Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::ISO8601_FRAC_FORMAT, std::string(text), moment, zone))
    return std::string(text);
  moment.makeUTC(zone);
  return helsinkiText(Instant(std::chrono::milliseconds(moment.timestamp().epochMicroseconds() / 1000)));
}

/// A form of a page under the names of the API: read under these, used under those.
template <std::size_t N>
class Translated {
 public:
  Translated(const std::array<Name, N>& names, FormSpec page, const Fields& sent)
      : names_(names), spec_(std::move(page)), form_(Form::read(renamed(), values(sent))) {}

  Form& form() { return form_; }
  /// The form of the page with what was sent; errors that are found there go back with take().
  Form page() const {
    Form page(spec_);
    for (const Field& field : spec_) {
      const std::string_view api = apiNameOf(field.name);
      if (field.kind == Field::Kind::localText || field.kind == Field::Kind::localMultiline)
        page.fill(field.name, form_.localText(api));
      else
        page.fill(field.name, form_.text(api));
    }
    return page;
  }
  void take(const Form& page) {
    for (const Form::Error& error : page.errors())
      form_.error(apiNameOf(error.field), error.key, error.arguments);
  }

 private:
  std::string_view apiNameOf(std::string_view pageName) const {
    for (const Name& name : names_)
      if (name.page == pageName) return name.api;
    return {};
  }
  FormSpec renamed() {
    std::erase_if(spec_, [&](const Field& field) { return apiNameOf(field.name).empty(); });
    FormSpec fields = spec_;
    for (Field& field : fields) field.name = apiNameOf(field.name);
    return fields;
  }
  Fields values(const Fields& sent) const {
    Fields values;
    for (const auto& [name, value] : sent.all())
      values.add(name, name.ends_with("_at") ? localMoment(value) : value);
    return values;
  }

  const std::array<Name, N>& names_;
  FormSpec spec_;
  Form form_;
};

Translated<kEventNames.size()> eventForm(const Request& request, Host& host, const Event& base, const Fields& sent) {
  const auto municipalities = host.read(
      [&](ReadTx& tx) { return directory::municipalitiesOf(tx, base.region, Date::today()); });
  const view::Words words(request, host);
  return {kEventNames, view::allFields(view::eventGroups(base, {municipalities}, words)), sent};
}

/// The event as it was sent, or nothing with errors in the form.
std::optional<Event> readEvent(const Request& request, Host& host, Translated<kEventNames.size()>& sent,
                               const Event& base) {
  std::optional<OrganisationId> organiser;
  if (const auto text = request.form.text("organiser"); !text.empty()) {
    const auto id = parseId(text);
    const auto found = id ? host.read([&](ReadTx& tx) { return directory::findOrganisation(tx, OrganisationId{*id}); })
                          : std::nullopt;
    if (found)
      organiser = found->id;
    else
      sent.form().error("", "events.api.organiser");
  }
  if (organiser != base.organiser && !owns(request, host, base)) sent.form().error("", "events.error.not_owner");
  if (!sent.form().ok()) return std::nullopt;
  Form page = sent.page();
  Event event = view::readEvent(page, base);
  event.organiser = organiser;
  view::explain(page, problemsOf(event));
  sent.take(page);
  return sent.form().ok() ? std::optional(std::move(event)) : std::nullopt;
}

/// Of two repetitions at the same moment one makes it; the other is told to ask again.
void note(WriteTx& tx, const std::string& key, const store::Made& made) {
  if (!store::noteMadeWith(tx, key, made))
    throw RequestError(409, "error.idempotency_running", "the same request is under way");
}

Response eventAnswer(const Request& request, Host& host, EventId id, int status = 200) {
  Response answer = host.json(host.read([&](ReadTx& tx) {
                                return view::eventJson(partsOf(tx, request, host, *store::findEvent(tx, id)));
                              }),
                              status);
  if (status == 201) answer.headers.set("Location", "/api/v1/events/" + id.text());
  return answer;
}

Event organised(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
}

Form reasonForm(const Request& request, bool isRequired) {
  Field reason = Field::multiline("reason", "events.organise.reason").longest(500);
  return Form::read({isRequired ? std::move(reason).required() : std::move(reason)}, request.form);
}

/// Nothing when it was done, else 409 with the sentence.
Response conflict(const Request& request, Host& host, Form form, const char* key) {
  form.error("", key);
  return host.problem(request, form, 409);
}

/// Regions that could organise with the event's own.
std::vector<Choice> regionsBeside(Host& host, const Event& event) {
  std::vector<Choice> choices;
  for (const Region& region : host.regions())
    if (region.code != event.region && host.active(kPlugin, region.code))
      choices.push_back({region.code.text(), region.name.fi, true});
  return choices;
}

/// The region that the body names, if the person organises there.
std::optional<RegionCode> regionOf(const Request& request, Host& host, Form& form) {
  const std::string_view text = request.form.text("region");
  const Region* region = host.region(text);
  if (!region)
    if (const auto code = RegionCode::parse(text)) region = host.region(*code);
  const auto code = region ? std::optional(region->code) : std::nullopt;
  if ((!text.empty() && !region) || !host.active(kPlugin, code)) form.error("region", "events.api.region");
  else if (!host.allowed(request.actor, kOrganise, Scope{.region = code}))
    form.error("region", "events.api.not_organiser");
  return code;
}

using SessionForm = Translated<kSessionNames.size()>;

Response sessionAnswer(Host& host, EventId event, SessionId id, int status = 200) {
  Response answer = host.json(host.read([&](ReadTx& tx) {
                                for (const Session& session : store::sessionsOf(tx, event))
                                  if (session.id == id) return view::sessionJson(session);
                                throw NotFound();
                              }),
                              status);
  if (status == 201)
    answer.headers.set("Location", "/api/v1/events/" + event.text() + "/sessions/" + id.text());
  return answer;
}

Response placeAnswer(Host& host, EventId event, ParticipantId id) {
  return host.json(host.read(
      [&](ReadTx& tx) { return view::participantJson(*store::findParticipant(tx, event, id)); }));
}

struct Place {
  EventId event;
  ParticipantId participant;
};
Place placeOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    return Place{event.id, requireParticipant(tx, request, event).id};
  });
}

}  // namespace

Response apiAddEvent(const Request& request, Host& host) {
  Form place({Field::text("region", "events.manage.region")});
  const auto region = regionOf(request, host, place);
  if (!place.ok()) return host.problem(request, place);
  Event base{.region = region, .status = EventStatus::draft};
  Fields fields = request.form;
  // What a draft on a page begins with.
  if (!fields.has("retention_days")) fields.add("retention_days", std::to_string(base.retentionDays));
  auto sent = eventForm(request, host, base, fields);
  const auto event = readEvent(request, host, sent, base);
  if (!event) return host.problem(request, sent.form());
  const auto key = idempotencyKey(request);
  bool isRepeated = false;
  const EventId id = host.write(request, [&](WriteTx& tx) {
    isRepeated = false;
    if (const auto made = key ? store::madeWith(tx, *key) : std::nullopt) {
      isRepeated = true;
      tx.unaudited("it was made before with this key");
      return made->event;
    }
    const EventId added = operations::addEvent(tx, *event);
    if (key) note(tx, *key, {added, std::nullopt});
    return added;
  });
  return eventAnswer(request, host, id, isRepeated ? 200 : 201);
}

Response apiSaveEvent(const Request& request, Host& host) {
  const Event stored = organised(request, host);
  auto sent = eventForm(request, host, stored, request.form);
  const auto event = readEvent(request, host, sent, stored);
  if (!event) return host.problem(request, sent.form());
  const auto problem = host.write(request, [&](WriteTx& tx) { return operations::saveEvent(tx, *event); });
  if (!problem) return eventAnswer(request, host, stored.id);
  view::explain(sent.form(), *problem);
  return host.problem(request, sent.form(),
                      problem->why == operations::SaveProblem::Why::stale ? 409 : 422);
}

Response apiPublishEvent(const Request& request, Host& host) {
  const EventId id = organised(request, host).id;
  if (!host.write(request, [&](WriteTx& tx) { return operations::publish(tx, id); }))
    return conflict(request, host, Form(FormSpec{}), "events.done.not_draft");
  return eventAnswer(request, host, id);
}

Response apiCancelEvent(const Request& request, Host& host) {
  const EventId id = organised(request, host).id;
  const Form form = reasonForm(request, false);
  if (!form.ok()) return host.problem(request, form);
  if (!host.write(request, [&](WriteTx& tx) { return operations::cancelEvent(tx, id, form.text("reason")); }))
    return conflict(request, host, form, "events.done.not_published");
  return eventAnswer(request, host, id);
}

Response apiSession(const Request& request, Host& host) {
  return host.json(host.read([&](ReadTx& tx) {
    return view::sessionJson(requireSession(tx, request, requireVisibleEvent(tx, request, host)));
  }));
}

Response apiAddSession(const Request& request, Host& host) {
  const Event event = organised(request, host);
  SessionForm sent(kSessionNames, view::sessionFields(), request.form);
  if (!sent.form().ok()) return host.problem(request, sent.form());
  Form page = sent.page();
  const Session session = view::readSession(page, event, {});
  sent.take(page);
  if (!sent.form().ok()) return host.problem(request, sent.form());
  const auto key = idempotencyKey(request);
  bool isRepeated = false;
  const SessionId id = host.write(request, [&](WriteTx& tx) {
    isRepeated = false;
    if (const auto made = key ? store::madeWith(tx, *key) : std::nullopt; made && made->session) {
      isRepeated = true;
      tx.unaudited("it was made before with this key");
      return *made->session;
    }
    const SessionId added = operations::addSession(tx, event.id, session);
    if (key) note(tx, *key, {event.id, added});
    return added;
  });
  return sessionAnswer(host, event.id, id, isRepeated ? 200 : 201);
}

Response apiSaveSession(const Request& request, Host& host) {
  const auto [event, stored] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    Session session = requireSession(tx, request, found);
    return std::pair{std::move(found), std::move(session)};
  });
  SessionForm sent(kSessionNames, view::sessionFields(), request.form);
  if (!sent.form().ok()) return host.problem(request, sent.form());
  Form page = sent.page();
  const Session session = view::readSession(page, event, stored);
  sent.take(page);
  if (!sent.form().ok()) return host.problem(request, sent.form());
  const auto problem = host.write(
      request, [&, id = event.id](WriteTx& tx) { return operations::saveSession(tx, id, session); });
  if (problem == operations::PartProblem::gone) throw NotFound();
  if (problem) {
    sent.form().error("capacity", "events.error.session_too_small");
    return host.problem(request, sent.form());
  }
  return sessionAnswer(host, event.id, session.id);
}

Response apiRemoveSession(const Request& request, Host& host) {
  const auto [event, session] = host.read([&](ReadTx& tx) {
    const Event found = requireOrganised(tx, request);
    return std::pair{found.id, requireSession(tx, request, found).id};
  });
  const Form form = reasonForm(request, true);
  if (!form.ok()) return host.problem(request, form);
  const auto removal = host.write(request, [&, id = event, part = session](WriteTx& tx) {
    return operations::removeSession(tx, id, part, form.text("reason"));
  });
  if (!removal.isDone) throw NotFound();
  return Response::noContent();
}

Response apiApprove(const Request& request, Host& host) {
  const Place place = placeOf(request, host);
  const auto problem = host.write(
      request, [&](WriteTx& tx) { return operations::approve(tx, place.event, place.participant); });
  if (problem) return conflict(request, host, Form(FormSpec{}), "events.error.not_there");
  return placeAnswer(host, place.event, place.participant);
}

Response apiDecline(const Request& request, Host& host) {
  const Place place = placeOf(request, host);
  const Form form = reasonForm(request, true);
  if (!form.ok()) return host.problem(request, form);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::decline(tx, place.event, place.participant, form.text("reason"));
  });
  if (problem) return conflict(request, host, form, "events.error.not_there");
  return placeAnswer(host, place.event, place.participant);
}

Response apiCancelParticipant(const Request& request, Host& host) {
  const Place place = placeOf(request, host);
  const Form form = reasonForm(request, true);
  if (!form.ok()) return host.problem(request, form);
  const auto done = host.write(request, [&](WriteTx& tx) {
    return operations::cancel(tx, place.event, std::span(&place.participant, 1), operations::By::organiser,
                              form.text("reason"));
  });
  if (done == 0) return conflict(request, host, form, "events.error.not_there");
  return placeAnswer(host, place.event, place.participant);
}

Response apiAddMaterial(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto [event, sessions] = host.read([&](ReadTx& tx) {
    const Event found = requireOrganised(tx, request);
    return std::pair{found.id, store::sessionsOf(tx, found.id)};
  });
  Form form = Form::read(view::materialFields(sessions, {}, true, words), request.form);
  Material material = view::readMaterial(form, {}, false);
  if (!form.ok()) return host.problem(request, form);
  material.id = host.write(request, [&, id = event](WriteTx& tx) {
    return operations::addMaterial(tx, id, material, std::nullopt);
  });
  return host.json(view::materialJson(event, {material, std::nullopt}), 201);
}

Response apiRemoveMaterial(const Request& request, Host& host) {
  const EventId event = organised(request, host).id;
  const auto material = request.parameters.id<MaterialId>("material");
  if (!material) throw NotFound();
  const auto removal =
      host.write(request, [&](WriteTx& tx) { return operations::removeMaterial(tx, event, *material); });
  if (!removal.isDone) throw NotFound();
  return Response::noContent();
}

Response apiSetCoOrganisers(const Request& request, Host& host) {
  const Event event = organised(request, host);
  Form form = Form::read({Field::several("regions", "events.co.regions", regionsBeside(host, event)),
                          Field::text("organisations", "").longest(20)},
                         request.form);
  CoOrganisers others;
  for (const std::string& text : form.texts("regions"))
    if (const auto region = RegionCode::parse(text)) others.regions.push_back(*region);
  host.read([&](ReadTx& tx) {
    for (const std::string_view text : request.form.every("organisations")) {
      const auto id = parseId(text);
      if (id && directory::findOrganisation(tx, OrganisationId{*id}))
        others.organisations.push_back(OrganisationId{*id});
      else
        form.error("organisations", "events.api.organiser");
    }
    return true;
  });
  if (std::ssize(others.organisations) > view::kMostCoOrganisations)
    form.error("organisations", "events.api.co_organisers", {{"most", std::to_string(view::kMostCoOrganisations)}});
  if (!form.ok()) return host.problem(request, form);
  host.write(request, [&](WriteTx& tx) { operations::setCoOrganisers(tx, event.id, others); });
  return eventAnswer(request, host, event.id);
}

Response apiFeedback(const Request& request, Host& host) {
  return host.json(host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    return view::feedbackJson(store::feedbackOf(tx, event.id, kAnswers), store::isNamed(tx, event.id));
  }));
}

}  // namespace toimela::events::handlers
