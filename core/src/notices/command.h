// "toimela digest send": mails what waits before its hour has come.
#pragma once

#include "toimela/registry.h"

namespace toimela::notices {

Command digestCommand();

}  // namespace toimela::notices
