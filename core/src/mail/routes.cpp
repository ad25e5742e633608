// Every page of the mail room.
#include "host/core_host.h"
#include "mail/handlers.h"
#include "mail/personal_data.h"

namespace toimela::mail {

void contribute(Registry& registry) {
  registry.permissions({{kView, {Role::nationalAdmin}, "mail.permission.view"}});
  registry.navigation({"/admin/mail", "mail.title", kView, 50});
  registry.personalData(personalData());
  registry.routes({
      get("/admin/mail", showOutbox).needs(kView).described("Mail that was sent or waits"),
      get("/admin/mail/{message}", showMessage).needs(kView).described("One mail with its text"),
  });
}

}  // namespace toimela::mail
