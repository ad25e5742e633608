// Everything that the plugin offers, in one list.
#include "events.h"

#include <memory>

#include "handlers/api.h"
#include "handlers/api_events.h"
#include "handlers/checkin.h"
#include "handlers/co_organisers.h"
#include "handlers/demo.h"
#include "handlers/feedback.h"
#include "handlers/feeds.h"
#include "handlers/figures.h"
#include "handlers/import.h"
#include "handlers/invitations.h"
#include "handlers/lapsing.h"
#include "handlers/mailings.h"
#include "handlers/managing.h"
#include "handlers/materials.h"
#include "handlers/own_events.h"
#include "handlers/own_registration.h"
#include "handlers/papers.h"
#include "handlers/participants.h"
#include "handlers/personal_data.h"
#include "handlers/own_answers.h"
#include "handlers/picture.h"
#include "handlers/programme.h"
#include "handlers/questions.h"
#include "handlers/registering.h"
#include "handlers/removing.h"
#include "handlers/retention.h"
#include "handlers/scheduled.h"
#include "handlers/search.h"
#include "handlers/series.h"
#include "handlers/visiting.h"
#include "handlers/yearly.h"
#include "operations/desk.h"
#include "operations/event_materials.h"
#include "operations/form_counts.h"
#include "operations/letters.h"
#include "operations/region_templates.h"
#include "operations/retention.h"
#include "store/scope.h"
#include "store/series.h"
#include "toimela/plugin.h"
#include "view/again_letter.h"
#include "view/invitation_letter.h"
#include "view/json.h"
#include "view/letters.h"
#include "view/retention.h"

namespace toimela::events {

namespace {

using namespace handlers;
using store::eventScope;
using store::ownEventScope;
using store::registrationScope;
using store::seriesScope;

/// Of the form of an event, whose texts are long, in bytes.
constexpr std::uint64_t kLargestEvent = 512 * 1024;
/// Of a form with a file, in bytes: the file may have 5 or 10 MiB (toimela/pictures.h, files.h).
constexpr std::uint64_t kLargestPicture = 6 * 1024 * 1024, kLargestMaterial = 11 * 1024 * 1024;
/// Of a form whose answers have files, in bytes: two of the largest and what else is sent.
constexpr std::uint64_t kLargestAnswers = (2 * kMostMegabytes + 1) * 1024 * 1024;

void registerPermissions(Registry& registry) {
  registry.permissions({
      {kOrganise,
       {Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson},
       "events.permission.organise"},
  });
}

/// What visitors and organisations do: find, register, change, cancel.
void registerVisiting(Registry& registry, const std::shared_ptr<operations::Desk>& desk) {
  const auto counts = std::make_shared<operations::FormCounts>();
  const auto form = [counts](const Request& request, Host& host) { return showRegister(request, host, *counts); };
  const auto submit = [desk, counts](const Request& request, Host& host) {
    return submitRegister(request, host, *desk, *counts);
  };
  registry.routes({
      get("/events", listEvents)
          .anyone().cached().described("Events of the whole country"),
      get("/regions/{region}/events", listRegionEvents)
          .anyone().cached().described("Events of a region"),
      get("/events/{event}", showEvent)
          .anyone().at(eventScope()).described("One event with its programme"),
      get("/events/{event}/register", form)
          .anyone().at(eventScope()).described("Form for registering"),
      post("/events/{event}/register", submit)
          .anyone().at(eventScope()).rate(RateClass::write).accepts(kLargestAnswers)
          .described("Registers people"),
      get("/events/{event}/registered", showRegistered)
          .anyone().at(eventScope()).described("What to do after registering without an account"),
  });
  // A private link says itself who may: the handlers compare its mark.
  const std::string own = "/events/registrations/{registration}/{token}";
  registry.routes({
      get(own, showRegistration)
          .anyone().at(registrationScope()).described("One's own registration"),
      post(own + "/confirm", confirmRegistration)
          .anyone().at(registrationScope()).rate(RateClass::write)
          .described("Confirms the address of a registration"),
      get(own + "/cancel", askCancel)
          .anyone().at(registrationScope()).described("Asks before cancelling"),
      post(own + "/cancel", cancelPlaces)
          .anyone().at(registrationScope()).rate(RateClass::write)
          .described("Cancels a place, or all of a registration"),
      get(own + "/participants/{participant}", editParticipant)
          .anyone().at(registrationScope()).described("Form of a participant"),
      get(own + "/answers", editAnswers)
          .anyone().at(registrationScope()).described("Form of what was answered once for a registration"),
      post(own + "/answers", saveAnswers)
          .anyone().at(registrationScope()).rate(RateClass::write).accepts(kLargestAnswers)
          .described("Saves what is answered once for a registration"),
      get(own + "/followup", askFollowUp)
          .anyone().at(registrationScope()).described("Form of what is asked of those who have a place"),
      post(own + "/followup", answerFollowUp)
          .anyone().at(registrationScope()).rate(RateClass::write).accepts(kLargestAnswers)
          .described("Saves what is asked of those who have a place"),
      get(own + "/files/{file}", showOwnFile)
          .anyone().at(registrationScope()).described("A file that was sent with a registration"),
      post(own + "/organisation", linkOwn)
          .signedIn().at(registrationScope()).rate(RateClass::write)
          .described("Counts a registration as that of an organisation one acts for"),
      post(own + "/participants/{participant}", saveParticipant)
          .anyone().at(registrationScope()).rate(RateClass::write).accepts(kLargestAnswers)
          .described("Saves a participant, or names who comes to a held place"),
      post(own + "/participants/{participant}/accept", acceptPlace)
          .anyone().at(registrationScope()).rate(RateClass::write)
          .described("Accepts a place that is offered"),
      get("/account/events", showOwnEvents)
          .signedIn().described("Registrations of oneself and one's organisations"),
  });
  registry.navigation({.path = "/account/events", .labelKey = "events.mine.title", .order = 5});
  registry.navigation({.path = "/events", .labelKey = "events.navigation", .order = 10});
  registry.navigation(
      {.path = "/regions/{region}/events", .labelKey = "events.navigation", .order = 10});
  registry.tile({Tile::Place::nation, "tile_events", fillNationTile, 10});
  registry.tile({Tile::Place::region, "tile_events", fillRegionTile, 10});
  registry.tile({Tile::Place::dashboard, "tile_own", fillOwnTile, 5});
  registry.search(eventSource());
  registry.letter({std::string(operations::kAgain), view::againLetter});
  registry.job(lapsing());
  report::offer<"events">(registry, 10, yearlyReport);
  registry.personalData(registrationData());
}

/// What organisers ask of those who register.
void registerQuestions(Registry& registry) {
  registry.routes({
      get("/events/{event}/questions", listQuestions)
          .needs(kOrganise).at(eventScope()).described("Questions of an event"),
      get("/events/{event}/questions/new", newQuestion)
          .needs(kOrganise).at(eventScope()).described("Form of a new question"),
      post("/events/{event}/questions/new", addQuestion)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).described("Adds a question"),
      post("/events/{event}/questions/ready", addReadyMade)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Adds a question that nearly every event asks"),
      get("/events/{event}/questions/{question}/edit", editQuestion)
          .needs(kOrganise).at(eventScope()).described("Form of a question"),
      post("/events/{event}/questions/{question}/edit", saveQuestion)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).described("Saves a question"),
      post("/events/{event}/questions/{question}/up", raiseQuestion)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).described("Moves a question up"),
      post("/events/{event}/questions/{question}/remove", removeQuestion)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).described("Removes a question"),
  });
}

/// What organisers do: events, programme, participants, the day itself.
void registerOrganising(Registry& registry) {
  registry.routes({
      get("/events/manage", listManaged)
          .needs(kOrganise).anywhere().described("Events of the regions where one organises"),
      get("/events/new", newEvent).needs(kOrganise).described("Form for a national event"),
      post("/events/new", addEvent)
          .needs(kOrganise).rate(RateClass::write).accepts(kLargestEvent)
          .described("Makes a draft of a national event"),
      get("/regions/{region}/events/new", newEvent)
          .needs(kOrganise).described("Form for an event of a region"),
      post("/regions/{region}/events/new", addEvent)
          .needs(kOrganise).rate(RateClass::write).accepts(kLargestEvent)
          .described("Makes a draft of an event of a region"),

      get("/events/{event}/manage", showManaged)
          .needs(kOrganise).at(eventScope()).described("An event and its figures"),
      get("/events/{event}/edit", editEvent)
          .needs(kOrganise).at(eventScope()).described("Form of an event"),
      post("/events/{event}/edit", saveEvent)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).accepts(kLargestEvent)
          .described("Saves an event"),
      post("/events/{event}/publish", publishEvent)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Opens a draft to its readers"),
      get("/events/{event}/cancel", askCancelEvent)
          .needs(kOrganise).at(eventScope()).described("Asks before calling an event off"),
      post("/events/{event}/cancel", cancelEvent)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Calls an event off and tells everybody"),
      get("/events/{event}/copy", askCopyEvent)
          .needs(kOrganise).at(eventScope()).described("Asks for the day of a copy"),
      post("/events/{event}/copy", copyEvent)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Makes a draft like an event, on another day"),
      post("/events/{event}/keep", keepEvent)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Keeps a copy of an event to make others of"),
      post("/events/{event}/remove", removeEvent)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Removes a draft"),

      get("/events/{event}/programme", showProgramme)
          .needs(kOrganise).at(eventScope()).described("Programme and quotas of an event"),
      get("/events/{event}/programme/new", newSession)
          .needs(kOrganise).at(eventScope()).described("Form for a session"),
      post("/events/{event}/programme/new", addSession)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).accepts(kLargestEvent)
          .described("Adds a session"),
      get("/events/{event}/programme/{session}/edit", editSession)
          .needs(kOrganise).at(eventScope()).described("Form of a session"),
      post("/events/{event}/programme/{session}/edit", saveSession)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).accepts(kLargestEvent)
          .described("Saves a session"),
      get("/events/{event}/programme/{session}/remove", askRemoveSession)
          .needs(kOrganise).at(eventScope()).described("Asks before removing a session"),
      post("/events/{event}/programme/{session}/remove", removeSession)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Removes a session and tells those who chose it"),
      get("/events/{event}/quotas/new", newQuota)
          .needs(kOrganise).at(eventScope()).described("Form for a quota"),
      post("/events/{event}/quotas/new", addQuota)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).described("Adds a quota"),
      get("/events/{event}/quotas/{quota}/edit", editQuota)
          .needs(kOrganise).at(eventScope()).described("Form of a quota"),
      post("/events/{event}/quotas/{quota}/edit", saveQuota)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).described("Saves a quota"),
      post("/events/{event}/quotas/{quota}/remove", removeQuota)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Removes a quota"),
      post("/events/{event}/restore", restorePart)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Undoes the removal of a draft or a part of an event, for who removed it just now"),

      get("/events/{event}/participants", listParticipants)
          .needs(kOrganise).at(eventScope()).described("Who comes to an event"),
      post("/events/{event}/participants", chooseDeed)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Approves those who are ticked, or asks for a reason or a text first"),
      post("/events/{event}/participants/do", doDeed)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Declines or cancels places with a reason"),
      get("/events/{event}/import", showImport)
          .needs(kOrganise).at(eventScope()).described("Form that imports participants from a table"),
      post("/events/{event}/import", previewImport)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).accepts(kLargestTable + 64 * 1024)
          .described("Shows row by row what an import would do"),
      post("/events/{event}/import/confirm", confirmImport)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Imports what the preview has shown"),
      get("/events/{event}/import/example", handlers::importExample)
          .needs(kOrganise).at(eventScope()).described("A table to fill in, as XLSX"),
      get("/events/{event}/participants/new", newEntry)
          .needs(kOrganise).at(eventScope()).described("Form that enters a participant"),
      post("/events/{event}/participants/new", addEntry)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Enters a participant with a reason"),
      get("/events/{event}/participants/{participant}", showParticipant)
          .needs(kOrganise).at(eventScope()).described("One participant"),
      post("/events/{event}/participants/{participant}/sessions", moveToSessions)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Moves a participant to other workshops"),
      post("/events/{event}/participants/{participant}/order", moveInList)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Moves who waits to another place in the list"),
      get("/events/{event}/participants/{participant}/files/{file}", showParticipantFile)
          .needs(kOrganise).at(eventScope()).described("A file that a participant has sent"),
      post("/events/{event}/participants/{participant}/organisation", linkParticipant)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Counts a registration as that of an organisation"),
      post("/events/{event}/followup/remind", remindFollowUp)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Asks those once more who have a place and have not answered"),
      get("/events/{event}/message", newMessage)
          .needs(kOrganise).at(eventScope()).described("Form for a message to participants"),
      post("/events/{event}/message", sendMessage)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Mails a message to a group of participants, at once or later"),
      post("/events/{event}/message/{message}/cancel", cancelScheduled)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Cancels a message that was to go out later"),
      post("/events/{event}/message/{message}/restore", restoreScheduled)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Undoes the cancelling of a message, for who cancelled it just now"),

      get("/events/{event}/checkin", showCheckin)
          .needs(kOrganise).at(eventScope()).described("Who has come to an event"),
      post("/events/{event}/checkin", noteAttendance)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Notes that somebody has come, or takes it back"),
      get("/events/{event}/checkin/{code}", showCode)
          .needs(kOrganise).at(eventScope()).described("The one whose QR code was read"),
      get("/events/{event}/papers/sheet", printSheet)
          .needs(kOrganise).at(eventScope()).described("A sheet to sign, as PDF"),
      get("/events/{event}/papers/badges", printBadges)
          .needs(kOrganise).at(eventScope()).described("Name badges, as PDF"),
      get("/events/{event}/papers/certificates", printCertificates)
          .needs(kOrganise).at(eventScope()).described("Certificates for those who came, as PDF"),
      get("/events/{event}/walk-in", newWalkIn)
          .needs(kOrganise).at(eventScope()).described("Form for who comes without having registered"),
      post("/events/{event}/walk-in", addWalkIn)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Lets somebody in if there is a place"),
  });
  registry.tile({Tile::Place::dashboard, "tile_organiser", fillOrganiserTile, 15});
  registry.job(forgettingRemoved());
}

/// What goes with an event: picture, materials, series, those who organise it too, its network.
void registerCompany(Registry& registry) {
  registry.routes({
      get("/events/{event}/picture/{file}", showPicture)
          .anyone().at(eventScope()).described("The picture of an event"),
      get("/events/{event}/picture", editPicture)
          .needs(kOrganise).at(eventScope()).described("Form of the picture of an event"),
      post("/events/{event}/picture", savePicture)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).accepts(kLargestPicture)
          .described("Gives an event a picture, or describes the one it has anew"),
      post("/events/{event}/picture/remove", removePicture)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Removes the picture of an event"),

      get("/events/{event}/files/{file}", sendMaterial)
          .anyone().at(eventScope()).described("A file that people take home from an event"),
      get("/events/materials/{participant}/{token}", showParticipantsMaterials)
          .anyone().described("Materials for one who took part, by a private link"),
      get("/events/materials/{participant}/{token}/{file}", sendParticipantsMaterial)
          .anyone().described("A file for one who took part, by a private link"),
      get("/events/{event}/materials", listMaterials)
          .needs(kOrganise).at(eventScope()).described("Materials of an event"),
      get("/events/{event}/materials/new", newMaterial)
          .needs(kOrganise).at(eventScope()).described("Form for a material"),
      post("/events/{event}/materials/new", addMaterial)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).accepts(kLargestMaterial)
          .described("Adds a link or a file"),
      get("/events/{event}/materials/{material}/edit", editMaterial)
          .needs(kOrganise).at(eventScope()).described("Form of a material"),
      post("/events/{event}/materials/{material}/edit", saveMaterial)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).described("Saves a material"),
      post("/events/{event}/materials/{material}/remove", removeMaterial)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).described("Removes a material"),
      post("/events/{event}/materials/mail", mailMaterials)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Mails those who took part where the materials are, once to each"),

      get("/events/series/{series}", showSeries)
          .anyone().at(seriesScope()).described("Events of a series"),
      get("/events/series/{series}/edit", editSeries)
          .needs(kOrganise).at(seriesScope()).described("Form of a series"),
      post("/events/series/{series}/edit", saveSeries)
          .needs(kOrganise).at(seriesScope()).rate(RateClass::write).described("Renames a series"),
      get("/events/{event}/series", planSeries)
          .needs(kOrganise).at(eventScope()).described("The series of an event"),
      post("/events/{event}/series", makeSeries)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Makes drafts like an event on several days, as a series"),
      post("/events/{event}/series/join", joinSeries)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Puts an event into a series"),
      post("/events/{event}/series/leave", leaveSeries)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Takes an event out of its series"),

      get("/events/{event}/co-organisers", editCoOrganisers)
          .needs(kOrganise).at(ownEventScope()).described("Form of who organises an event too"),
      post("/events/{event}/co-organisers", saveCoOrganisers)
          .needs(kOrganise).at(ownEventScope()).rate(RateClass::write)
          .described("Says who organises an event too"),
      post("/events/{event}/invite", inviteNetwork)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Mails an invitation to each member of the event's network, once"),
  });
  registry.letter({std::string(operations::kInvitation), view::invitationLetter});
  registry.on<RegionOpened>(operations::copyTemplates);
  registry.provide<EventMaterials>(std::make_shared<operations::MaterialsOfEvents>());
  registry.personalData(invitationData());
}

/// Letters, calendars and feeds.
void registerCalendars(Registry& registry) {
  for (Letter& letter : view::letters()) registry.letter(std::move(letter));
  registry.job({"remind", std::chrono::minutes(30), handlers::remindOfEvents});
  registry.job(handlers::sendingScheduled());
  registry.personalData(handlers::feedData());
  registry.routes({
      get("/events/calendar.ics", nationCalendar)
          .anyone().cached().described("Calendar of events of the whole country"),
      get("/regions/{region}/events/calendar.ics", regionCalendar)
          .anyone().cached().described("Calendar of events of a region"),
      get("/events/{event}/calendar.ics", eventCalendar)
          .anyone().at(eventScope()).described("One event as a calendar file"),
      get("/events/atom.xml", nationAtom)
          .anyone().cached().described("Atom feed of new events of the whole country"),
      get("/regions/{region}/events/atom.xml", regionAtom)
          .anyone().cached().described("Atom feed of new events of a region"),
      get("/events/embed", embeddedEvents)
          .anyone().cached().described("Coming events as a list for frames of other sites"),
      get("/events/feed", showOwnFeed).signedIn().described("Address of one's own calendar"),
      post("/events/feed/renew", renewOwnFeed)
          .signedIn().rate(RateClass::write).described("Makes the address of one's own calendar anew"),
      post("/events/feed/remove", removeOwnFeed)
          .signedIn().rate(RateClass::write).described("Removes the address of one's own calendar"),
      get("/events/registrations/{registration}/{token}/calendar.ics", registrationCalendar)
          .anyone().at(registrationScope()).described("The places of a registration as a calendar file"),
      get("/events/feed/{person}/{token}", handlers::ownCalendar)
          .anyone().described("A person's own calendar, by its secret address"),
  });
}

/// Figures, feedback and the report over events.
void registerFigures(Registry& registry) {
  registry.job({"ask_feedback", std::chrono::minutes(60), handlers::askForFeedback});
  registry.routes({
      get("/events/report", showReport)
          .needs(kOrganise).anywhere().described("Report on events that were held; format=xlsx or format=pdf as a file"),
      get("/events/{event}/figures", showEventFigures)
          .needs(kOrganise).at(eventScope()).described("Figures and feedback of an event"),
      post("/events/{event}/figures/names", chooseFeedbackNames)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Chooses whether feedback keeps names"),
      get("/events/feedback/{participant}/{token}", showFeedback)
          .anyone().described("Form for feedback, by a private link"),
      post("/events/feedback/{participant}/{token}", giveFeedback)
          .anyone().rate(RateClass::write).described("Gives feedback"),
  });
}

/// What is about people goes when its time is over.
void registerRetention(Registry& registry) {
  registry.job(retaining());
  registry.letter({std::string(operations::kRetention), view::retentionLetter});
  registry.personalData(asideData());
  registry.routes({
      get("/events/retention", listRetention)
          .needs(kOrganise).anywhere().described("Events whose people's data falls due, is put aside or erased"),
      get("/events/{event}/retention", showRetention)
          .needs(kOrganise).at(eventScope()).described("How long data about an event's people is kept"),
      post("/events/{event}/retention", takeBackRetention)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .described("Brings back what was put aside, with a reason"),
  });
}

/// The same for programs.
void registerApi(Registry& registry, const std::shared_ptr<operations::Desk>& desk) {
  view::addSchemas(registry);
  registry.routes({
      get("/api/v1/events", apiEvents)
          .anyone().cached().paged("EventsSummary").described("Events that everybody may see, by id"),
      get("/api/v1/events/{event}", apiEvent)
          .anyone().at(eventScope()).cached().answers("EventsEvent").described("One event"),
      get("/api/v1/events/{event}/sessions", apiSessions)
          .anyone().at(eventScope()).cached().paged("EventsSession")
          .described("The programme of an event"),
      post("/api/v1/events/{event}/registrations",
           [desk](const Request& request, Host& host) { return apiRegister(request, host, *desk); })
          .signedIn().at(eventScope()).rate(RateClass::write)
          .takes("EventsRegistrationNew").creates("EventsRegistration")
          .described("Registers one or several people; Idempotency-Key makes a repetition safe"),
      get("/api/v1/events/registrations", apiRegistrations)
          .signedIn().paged("EventsRegistration").described("One's own registrations, by id"),
      get("/api/v1/events/registrations/{registration}", apiRegistration)
          .needs(kOrganise).at(registrationScope()).orOwner()
          .answers("EventsRegistration").described("One registration with its places"),
      del("/api/v1/events/registrations/{registration}/participants/{participant}", apiCancel)
          .needs(kOrganise).at(registrationScope()).orOwner().rate(RateClass::write)
          .described("Cancels one place"),
      get("/api/v1/events/{event}/participants", apiParticipants)
          .needs(kOrganise).at(eventScope()).paged("EventsParticipant")
          .reads("state", "only those in this state").described("Everybody of an event, in the order of the list"),
      post("/api/v1/events/{event}/checkins", apiCheckIn)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsCheckIn").answers("EventsPlace").described("Notes that the one with this code has come"),

      post("/api/v1/events", apiAddEvent)
          .needs(kOrganise).anywhere().rate(RateClass::write)
          .takes("EventsEventNew").creates("EventsEvent")
          .described("Makes a draft; Idempotency-Key makes a repetition safe"),
      put("/api/v1/events/{event}", apiSaveEvent)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsEventEdit").answers("EventsEvent").described("Saves an event"),
      post("/api/v1/events/{event}/publish", apiPublishEvent)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .answers("EventsEvent").described("Opens a draft to its readers"),
      post("/api/v1/events/{event}/cancel", apiCancelEvent)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsReason").answers("EventsEvent").described("Calls an event off and tells everybody"),
      get("/api/v1/events/{event}/sessions/{session}", apiSession)
          .anyone().at(eventScope()).cached().answers("EventsSession").described("One part of a programme"),
      post("/api/v1/events/{event}/sessions", apiAddSession)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsSessionWish").creates("EventsSession")
          .described("Adds a part of the programme; Idempotency-Key makes a repetition safe"),
      put("/api/v1/events/{event}/sessions/{session}", apiSaveSession)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsSessionWish").answers("EventsSession").described("Saves a part of the programme"),
      post("/api/v1/events/{event}/sessions/{session}/remove", apiRemoveSession)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsReason").described("Removes a part of the programme and tells those who chose it"),
      post("/api/v1/events/{event}/materials", apiAddMaterial)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsMaterialWish").creates("EventsMaterial").described("Adds a link to the materials of an event"),
      del("/api/v1/events/{event}/materials/{material}", apiRemoveMaterial)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write).described("Removes a material of an event"),
      put("/api/v1/events/{event}/co-organisers", apiSetCoOrganisers)
          .needs(kOrganise).at(ownEventScope()).rate(RateClass::write)
          .takes("EventsCoOrganisers").answers("EventsEvent")
          .described("Says who organises an event beside the one it belongs to"),
      post("/api/v1/events/{event}/participants/{participant}/approve", apiApprove)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .answers("EventsPlace").described("Gives a place to one who waits for approval, or puts them on the list"),
      post("/api/v1/events/{event}/participants/{participant}/decline", apiDecline)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsReason").answers("EventsPlace").described("Declines one who waits for approval, with a reason"),
      post("/api/v1/events/{event}/participants/{participant}/cancel", apiCancelParticipant)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsReason").answers("EventsPlace").described("Cancels a place with a reason"),
      get("/api/v1/events/{event}/feedback", apiFeedback)
          .needs(kOrganise).at(eventScope()).answers("EventsFeedback").described("What was answered about an event"),
      post("/api/v1/events/feedback/{participant}/{token}", apiGiveFeedback)
          .anyone().withoutCsrf().rate(RateClass::write)
          .takes("EventsFeedbackNew").described("Gives feedback, by the private link of a letter"),
  });
}

void registerPlugin(Registry& registry) {
  const auto desk = std::make_shared<operations::Desk>();
  registerPermissions(registry);
  registerVisiting(registry, desk);
  registerOrganising(registry);
  registerQuestions(registry);
  registerCompany(registry);
  registerCalendars(registry);
  registerFigures(registry);
  registerRetention(registry);
  registerApi(registry, desk);
  registry.demo(loadDemo);
}

}  // namespace

}  // namespace toimela::events

TOIMELA_PLUGIN("events", "1.0.0", toimela::events::registerPlugin)
