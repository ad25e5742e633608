#include "view/form_counts.h"

#include <algorithm>

#include "toimela/wording.h"

namespace toimela::events::view {

namespace {

using Counts = std::map<FormStep, std::int64_t>;

std::int64_t in(const Counts& counts, FormStep step) {
  const auto found = counts.find(step);
  return found == counts.end() ? 0 : found->second;
}

/// Begun and never sent at all, not even with something wrong in it.
std::int64_t neverSent(const Counts& counts) {
  std::int64_t left = in(counts, FormStep::begun) - in(counts, FormStep::registered);
  for (const auto& [step, number] : counts)
    if (isTrouble(step)) left -= number;
  return std::max<std::int64_t>(0, left);
}

View row(std::string label, std::int64_t number) {
  View view;
  view.set("label", std::move(label)).set("number", number);
  return view;
}

}  // namespace

void showForms(View& view, const std::vector<store::DayOfForms>& days, const Words& words) {
  Counts all;
  for (const auto& day : days)
    for (const auto& [step, number] : day.counts) all[step] += number;
  std::vector<View> rows;
  for (const FormStep step : kFormSteps) {
    // What always happens is always said, also when it did not.
    if (in(all, step) > 0 || !isTrouble(step))
      rows.push_back(row(words.text("events.forms." + std::string(code(step))), in(all, step)));
    if (step == FormStep::registered) rows.push_back(row(words.text("events.forms.given_up"), neverSent(all)));
  }
  if (days.empty()) rows.clear();
  setList(view, "forms", std::move(rows));
  setList(view, "form_days", each(days, [&](const store::DayOfForms& day) {
            View each;
            each.set("day", showDate(day.day, words.locale()))
                .set("begun", in(day.counts, FormStep::begun))
                .set("registered", in(day.counts, FormStep::registered))
                .set("unconfirmed", in(day.counts, FormStep::unconfirmed));
            return each;
          }));
}

}  // namespace toimela::events::view
