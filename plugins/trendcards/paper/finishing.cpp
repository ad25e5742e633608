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

/// Tells every figure below `element` what it shows, in the order of the document.
void describe(Object element, const std::vector<std::string>& alternatives, std::size_t& next) {
  if (element.isArray()) {
    for (int i = 0; i < element.getArrayNItems(); ++i) describe(element.getArrayItem(i), alternatives, next);
    return;
  }
  if (!element.isDictionary() || !element.hasKey("/K")) return;
  if (element.getKey("/S").isNameAndEquals("/Figure") && next < alternatives.size()) {
    element.replaceKey("/Alt", Object::newUnicodeString(alternatives[next++]));
    return;
  }
  describe(element.getKey("/K"), alternatives, next);
}

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
  root.replaceKey("/Lang", Object::newUnicodeString(std::string(code(finishing.language))));
  // Readers name the window by the title, not by the file.
  root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
  std::size_t next = 0;
  describe(root.getKey("/StructTreeRoot"), finishing.alternatives, next);
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
