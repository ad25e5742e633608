#include "handlers/card_pictures.h"

#include <fstream>
#include <iterator>

#include "domain/png.h"
#include "operations/packages.h"

namespace toimela::trendcards::handlers {

namespace {

const char* messageOf(PictureFault fault) {
  switch (fault) {
    case PictureFault::notPng: return "trendcards.error.picture_kind";
    case PictureFault::otherFormat: return "trendcards.error.picture_format";
    case PictureFault::tooManyPixels: return "trendcards.error.picture_pixels";
    case PictureFault::tooHeavy: return "trendcards.error.picture_heavy";
  }
  return "trendcards.error.picture_kind";
}

std::optional<PictureFault> faultIn(const UploadedFile& sent) {
  if (sent.content->size() > kHeaviestPicture) return PictureFault::tooHeavy;
  std::ifstream in(sent.content->path(), std::ios::binary);
  return faultOf(std::string(std::istreambuf_iterator<char>(in), {}));
}

}  // namespace

std::optional<files::Incoming> takePicture(Host& host, const UploadedFile& sent, Form& form, const char* field) {
  if (const auto fault = faultIn(sent)) form.error(field, messageOf(*fault));
  if (!form.ok()) return std::nullopt;
  auto outcome = files::receive(host, sent, operations::pictureRules());
  if (auto* incoming = std::get_if<files::Incoming>(&outcome)) return std::move(*incoming);
  form.error(field, "trendcards.error.picture_kind");
  return std::nullopt;
}

}  // namespace toimela::trendcards::handlers
