// What the plugin tells in the yearly report.
#pragma once

#include "toimela/report.h"

namespace toimela::contacts::handlers {

report::Part yearlyReport(ReadTx& tx, Host& host, const report::Question& question);

}  // namespace toimela::contacts::handlers
