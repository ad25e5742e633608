// The whole kit in one include; also what plugins precompile.
#pragma once

#include "toimela/access.h"
#include "toimela/data.h"
#include "toimela/directory.h"
#include "toimela/form.h"
#include "toimela/host.h"
#include "toimela/http.h"
#include "toimela/plugin.h"
#include "toimela/registry.h"
#include "toimela/request.h"
#include "toimela/route.h"
#include "toimela/texts.h"
#include "toimela/types.h"
#include "toimela/view.h"
