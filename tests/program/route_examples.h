// Values for the parameters of every route, on the demonstration content.
#pragma once

#include <map>
#include <string>

#include "board_examples.h"
#include "demo_site.h"
#include "event_examples.h"
#include "publication_examples.h"
#include "route_table.h"
#include "trendcards_examples.h"

namespace toimela::program_tests {

/// Those of core and of networks; what plugins add to them stands in headers of their own.
inline std::map<std::string, std::string> exampleValues(Backstage& backstage) {
  const std::string network =
      backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM contacts_network WHERE region = '06'");
  return {{"region", "pirkanmaa"},
          {"network", network},
          {"member",
           backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM contacts_member WHERE network_id = " +
                          network)},
          {"application", "1"},
          {"invitation", "1"},
          {"organisation", backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM core_organisation")},
          {"person", backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM core_person")},
          {"grant", backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM core_grant")},
          {"plugin", "contacts"},
          {"session", "nosuchsession"},
          {"token", "nosuchtoken"},
          {"message", "1"},
          {"claim", "1"},
          {"file*", "nothing.css"}};
}

}  // namespace toimela::program_tests
