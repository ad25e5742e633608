#include "handlers/yearly.h"

#include "store/yearly.h"
#include "view/session_words.h"
#include "view/words.h"

namespace toimela::trendcards::handlers {

namespace {

using HeldByExercise = std::map<Exercise, store::HeldSessions>;

Chart exerciseChart(const HeldByExercise& held, const view::Words& words) {
  Chart chart{.kind = Chart::Kind::barAcross,
              .title = words.text("trendcards.yearly.by_exercise"),
              .category = words.text("trendcards.yearly.exercise"),
              .series = {words.text("trendcards.yearly.sessions")},
              .rows = {}};
  for (const auto& [exercise, sums] : held)
    chart.rows.push_back({view::sessionWord<kExercises>(words, "exercise", exercise), {sums.sessions}});
  return chart;
}

report::Things editionList(const std::vector<store::PublishedEdition>& editions, const view::Words& words) {
  report::Things list{.title = words.text("trendcards.yearly.list"), .things = {}, .all = std::ssize(editions)};
  for (const store::PublishedEdition& edition : editions) {
    if (std::ssize(list.things) == report::kMostThings) break;
    LocalText title;
    title.in(edition.language) = edition.title;
    list.things.push_back({std::move(title), view::pathOf(edition.deck), Date::of(edition.at)});
  }
  return list;
}

}  // namespace

report::Part yearlyReport(ReadTx& tx, Host& host, const report::Question& question) {
  const view::Words words(question.locale, host);
  const HeldByExercise held = store::heldSessions(tx, question.region, question.begins(), question.ends(), now());
  store::HeldSessions all;
  for (const auto& [exercise, sums] : held) {
    all.sessions += sums.sessions;
    all.participants += sums.participants;
  }
  const auto editions = store::publishedEditions(tx, question.region, question.begins(), question.ends());
  report::Part part{.title = words.text("trendcards.yearly.title")};
  part.figures = {
      report::count("sessions", words.text("trendcards.yearly.sessions"), all.sessions),
      report::people("participants", words.text("trendcards.yearly.participants"), all.participants),
      report::count("decks_sent", words.text("trendcards.yearly.decks_sent"),
                    store::decksSent(tx, question.region, question.begins(), question.ends())),
      report::count("editions", words.text("trendcards.yearly.editions"), std::ssize(editions))};
  if (question.figuresOnly) return part;
  if (!held.empty()) part.charts.push_back(exerciseChart(held, words));
  part.lists.push_back(editionList(editions, words));
  part.path = "/trendcards/needs";
  part.pathLabel = words.text("trendcards.yearly.more");
  return part;
}

}  // namespace toimela::trendcards::handlers
