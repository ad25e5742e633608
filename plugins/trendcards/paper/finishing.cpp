#include "paper/finishing.h"

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <array>

namespace toimela::trendcards::paper {

namespace {

using Object = QPDFObjectHandle;

Object number(long long value) { return Object::newInteger(value); }

/// The rows of a PNG are compressed and filtered as PDF knows it (ISO 32000-1, 7.4.4.4).
void embed(Object image, const Picture& picture) {
  Object dictionary = image.getDict();
  dictionary.replaceKey("/Width", number(picture.width));
  dictionary.replaceKey("/Height", number(picture.height));
  dictionary.replaceKey("/BitsPerComponent", number(picture.bits));
  dictionary.replaceKey("/Interpolate", Object::newBool(true));
  dictionary.removeKey("/SMask");
  Object space = Object::newName(picture.components == 3 ? "/DeviceRGB" : "/DeviceGray");
  if (!picture.palette.empty())
    space = Object::newArray({Object::newName("/Indexed"), Object::newName("/DeviceRGB"),
                              number(static_cast<long long>(picture.palette.size() / 3) - 1),
                              Object::newString(picture.palette)});
  dictionary.replaceKey("/ColorSpace", space);
  Object parameters = Object::newNull();
  if (!picture.isJpeg) {
    parameters = Object::newDictionary();
    parameters.replaceKey("/Predictor", number(15));
    parameters.replaceKey("/Colors", number(picture.components));
    parameters.replaceKey("/BitsPerComponent", number(picture.bits));
    parameters.replaceKey("/Columns", number(picture.width));
  }
  image.replaceStreamData(picture.data, Object::newName(picture.isJpeg ? "/DCTDecode" : "/FlateDecode"), parameters);
}

void embedAll(QPDF& pdf, const std::vector<Picture>& pictures) {
  for (auto& page : QPDFPageDocumentHelper(pdf).getAllPages())
    page.forEachImage(true, [&](Object& image, Object&, std::string const&) {
      Object dictionary = image.getDict();
      const auto index = static_cast<std::size_t>(dictionary.getKey("/Width").getIntValue() - 1);
      if (dictionary.getKey("/Height").getIntValue() == kPlaceHeight && index < pictures.size())
        embed(image, pictures[index]);
    });
}

Object nameOf(Locale language) { return Object::newUnicodeString(std::string(code(language))); }

/// Tells every figure what it shows, and every section what other language than the document's it is in.
class Describer {
 public:
  explicit Describer(const Finishing& finishing) : finishing_(finishing) {}

  /// All below `element`, in the order of the document.
  void describe(Object element) {
    if (element.isArray()) {
      for (int i = 0; i < element.getArrayNItems(); ++i) describe(element.getArrayItem(i));
      return;
    }
    if (!element.isDictionary() || !element.hasKey("/K")) return;
    Object kind = element.getKey("/S");
    if (kind.isNameAndEquals("/Figure") && figure_ < finishing_.alternatives.size()) {
      element.replaceKey("/Alt", Object::newUnicodeString(finishing_.alternatives[figure_++]));
      return;
    }
    if (kind.isNameAndEquals("/Sect") && section_ < finishing_.sections.size()) {
      const Locale language = finishing_.sections[section_++];
      if (language != finishing_.language) element.replaceKey("/Lang", nameOf(language));
    }
    describe(element.getKey("/K"));
  }

 private:
  const Finishing& finishing_;
  std::size_t figure_ = 0, section_ = 0;
};

void setBox(QPDFPageObjectHelper& page, const char* name, const std::optional<Box>& box) {
  if (box)
    page.getObjectHandle().replaceKey(
        name, Object::newFromRectangle(Object::Rectangle(box->left, box->bottom, box->right, box->top)));
}

}  // namespace

std::string finished(const std::string& source, const Finishing& finishing) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("cards", source.data(), source.size());
  embedAll(pdf, finishing.pictures);
  Object root = pdf.getRoot();
  root.replaceKey("/Lang", nameOf(finishing.language));
  // Readers name the window by the title, not by the file.
  root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
  Describer(finishing).describe(root.getKey("/StructTreeRoot"));
  for (auto& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
    setBox(page, "/TrimBox", finishing.trim);
    setBox(page, "/BleedBox", finishing.bleed);
  }
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_generate);
  // What is compressed stays as it is.
  writer.setDecodeLevel(qpdf_dl_none);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace toimela::trendcards::paper
