// What the plugin tells in the yearly report.
#pragma once

#include "toimela/report.h"

namespace toimela::trendcards::handlers {

report::Part yearlyReport(ReadTx& tx, Host& host, const report::Question& question);

}  // namespace toimela::trendcards::handlers
