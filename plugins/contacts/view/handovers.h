// Pages about a place that passes from one to the next.
#pragma once

#include <optional>
#include <vector>

#include "domain/handover.h"
#include "store/applications.h"
#include "store/handovers.h"
#include "store/members.h"
#include "toimela/directory.h"
#include "toimela/form.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::contacts::view {

FormSpec notesFields();
/// `people`: who can follow, without the one who leaves.
FormSpec successionFields(const std::vector<Person>& people);
Succession readSuccession(const Form& form, OrganisationId organisation);
void explain(Form& form, HandoverProblem problem);

struct HandoverPage {
  Network network;
  store::MemberRow row;
  std::vector<store::ApplicationRow> applications;  ///< open, while the leaver coordinates
  std::vector<store::PinnedRow> pinned;             ///< posts of the leaver
  bool isCoordinator = false;                       ///< the one who leaves is
  bool editsMembers = false;                        ///< the reader may name the successor
};
View handoverPage(const HandoverPage& page, const Form& notes, const Form& succession,
                  const Words& words);

View historyPage(const Network& network, std::optional<RegionCode> region,
                 const std::vector<store::HolderRow>& holders, Date today, const Words& words);

}  // namespace toimela::contacts::view
