// PDFs made for tests: a sound one, and the ways in which one can be broken or hostile.
#pragma once

#include <zlib.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace toimela::testing {

/// A PDF of these objects, numbered from 1; the first is the catalogue.
inline std::string pdfOf(const std::vector<std::string>& objects, const std::string& trailer = "",
                         std::size_t xrefShift = 0) {
  std::string pdf = "%PDF-1.4\n";
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    places.push_back(pdf.size());
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::size_t xref = pdf.size();
  pdf += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t place : places) {
    char line[32];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", place);
    pdf += line;
  }
  return pdf + "trailer\n<< /Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R " + trailer +
         " >>\nstartxref\n" + std::to_string(xref + xrefShift) + "\n%%EOF\n";
}

inline std::string stream(const std::string& content, const std::string& entries = "") {
  return "<< /Length " + std::to_string(content.size()) + " " + entries + " >>\nstream\n" + content + "\nendstream";
}

/// One page with these words, which are ASCII without parentheses.
inline std::string soundPdf(const std::string& words, const std::string& contents = "", const std::string& trailer = "") {
  return pdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                "/Resources << /Font << /F1 5 0 R >> >> >>",
                contents.empty() ? stream("BT /F1 24 Tf 72 700 Td (" + words + ") Tj ET") : contents,
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"},
               trailer);
}

inline std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9);
  packed.resize(size);
  return packed;
}

inline std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

/// By name, what must harm nothing.
inline std::map<std::string, std::string> hostilePdfs() {
  const std::string sound = soundPdf("Kokous");
  std::map<std::string, std::string> corpus;
  corpus["cut in the middle"] = sound.substr(0, sound.size() / 2) + "\n%%EOF\n";
  corpus["no objects at all"] = "%PDF-1.7\nstartxref\n0\n%%EOF\n";
  corpus["xref far outside"] = pdfOf({"<< /Type /Catalog >>"}, "", 4'000'000'000);
  corpus["xref that leads to itself"] =
      pdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"}, "/Prev 9");
  corpus["pages that contain themselves"] =
      pdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"});
  corpus["a billion pages"] =
      pdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>",
             "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>"});
  corpus["nested a hundred thousand deep"] =
      pdfOf({"<< /Type /Catalog /Pages " + repeated("[", 100'000) + repeated("]", 100'000) + " >>"});
  corpus["dictionaries nested deep"] = pdfOf({repeated("<< /A ", 100'000) + "1" + repeated(" >>", 100'000)});
  corpus["a bomb of a gigabyte"] = soundPdf(
      "", stream(deflated(deflated(std::string(1'000'000'000, ' '))), "/Filter [/FlateDecode /FlateDecode]"));
  corpus["a page as large as a country"] =
      pdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e30 1e30] >>"});
  corpus["a form that draws itself"] =
      pdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
             "/Resources << /XObject << /X 5 0 R >> >> >>",
             stream("/X Do"),
             stream("/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")});
  corpus["a length that is a promise"] = soundPdf("", "<< /Length 999999999999 >>\nstream\nBT ET\nendstream");
  corpus["a predictor of huge rows"] = soundPdf(
      "", stream(deflated(std::string(100'000, 'x')),
                 "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 >>"));
  corpus["an external file"] = soundPdf("", "<< /Length 0 /F (/etc/passwd) /FFilter /ASCIIHexDecode >>\nstream\n\nendstream");
  return corpus;
}

}  // namespace toimela::testing
