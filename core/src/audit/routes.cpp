// Every page of the audit room.
#include "audit/handlers.h"
#include "audit/personal_data.h"
#include "host/core_host.h"

namespace toimela::audit {

void contribute(Registry& registry) {
  registry.permissions(
      {{kView, {Role::nationalAdmin, Role::regionalAdmin}, "audit.permission.view"}});
  registry.navigation({"/admin/audit", "audit.title", kView, 60});
  registry.personalData(personalData());
  registry.routes({
      get("/admin/audit", showLog).needs(kView).anywhere().described("The audit log"),
  });
}

}  // namespace toimela::audit
