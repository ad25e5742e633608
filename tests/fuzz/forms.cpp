// Bodies of forms, of any kind: the first line is the Content-Type, the rest is the body.
#include "promise.h"
#include "routing/body.h"
#include "toimela/host.h"

using namespace toimela;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::Folder folder;
  auto body = fuzz::textOf(data, size);
  std::string type(fuzz::cut(body, '\n'));
  Headers headers;
  try {
    headers.set("Content-Type", type);
  } catch (const std::invalid_argument&) {
    return 0;
  }
  try {
    const routing::FormBody form = routing::parseForm(headers, std::string(body), folder.path().string());
    fuzz::promise(form.fields.all().size() + form.files.size() <= 2001);
    for (const UploadedFile& file : form.files) fuzz::promise(file.content != nullptr);
  } catch (const RequestError& refused) {
    fuzz::promise(refused.status == 400);
  }
  return 0;
}
