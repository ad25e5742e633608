// All members of a network in one table, to be sorted, filtered and taken along.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

/// For those who take part in the network; addresses and telephone numbers as each person has chosen.
Response showMemberTable(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
