#include "view/oai.h"

#include "view/words.h"
#include "view/xml.h"

namespace toimela::publications::view {

namespace {

constexpr const char* kXsi = "http://www.w3.org/2001/XMLSchema-instance";

void open(Xml& xml, const OaiHead& head, bool withArguments) {
  xml.begin("OAI-PMH", {{"xmlns", "http://www.openarchives.org/OAI/2.0/"},
                        {"xmlns:xsi", kXsi},
                        {"xsi:schemaLocation",
                         "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"}});
  xml.text("responseDate", oai::datestamp(head.at));
  if (withArguments) xml.text("request", head.address, head.arguments);
  else xml.text("request", head.address);
}

struct Prefix {
  const char* prefix;
  const char* schema;
  const char* space;
};
Prefix about(oai::Format format) {
  if (format == oai::Format::oaiDc)
    return {"oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"};
  return {"oai_qdc", "http://dublincore.org/schemas/xmls/qdc/2008/02/11/qualifieddc.xsd",
          "http://dublincore.org/schemas/xmls/qdc/2008/02/11/"};
}

/// In every language that it has.
void localText(Xml& xml, const char* name, const LocalText& text) {
  for (const Locale locale : kLocales) xml.maybe(name, text.in(locale), {{"xml:lang", std::string(code(locale))}});
}

struct Record {
  const Publication& p;
  const std::vector<Series>& series;
  const Host& host;
};

void subjects(Xml& xml, const Record& record) {
  for (const std::string& subject : record.p.subjects)
    for (const Locale locale : kLocales)
      xml.text("dc:subject", record.host.texts().get(locale, "publications.subject." + subject),
               {{"xml:lang", std::string(code(locale))}});
  for (const std::string& keyword : record.p.keywords) xml.text("dc:subject", keyword);
}

template <class F>
void placements(const Record& record, F&& show) {
  for (const Placement& placement : record.p.placements)
    for (const Series& each : record.series)
      if (each.id == placement.series)
        show(each.title.pick(Locale::fi).text + (placement.issue.empty() ? "" : " " + placement.issue));
}

/// What both formats have, in their common vocabulary.
void dublinCore(Xml& xml, const Record& record) {
  const Publication& p = record.p;
  localText(xml, "dc:title", p.title);
  for (const Contributor& each : p.contributors)
    xml.text(each.role == Credit::creator ? "dc:creator" : "dc:contributor", each.name);
  subjects(xml, record);
  xml.maybe("dc:publisher", p.publisher);
  xml.text("dc:language", p.language);
}

void oaiDc(Xml& xml, const Record& record) {
  const Publication& p = record.p;
  xml.begin("oai_dc:dc", {{"xmlns:oai_dc", about(oai::Format::oaiDc).space},
                          {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                          {"xmlns:xsi", kXsi},
                          {"xsi:schemaLocation", std::string(about(oai::Format::oaiDc).space) + " " + about(oai::Format::oaiDc).schema}});
  dublinCore(xml, record);
  localText(xml, "dc:description", p.abstract);
  xml.text("dc:date", p.issued->text());
  xml.text("dc:type", dcmiType(p.kind));
  xml.text("dc:type", code(p.kind));
  xml.text("dc:identifier", shortAddress(p, record.host));
  xml.maybe("dc:identifier", p.identifier ? p.identifier->text() : "");
  xml.maybe("dc:identifier", p.isbn ? "URN:ISBN:" + p.isbn->text() : "");
  xml.maybe("dc:identifier", p.issn ? "URN:ISSN:" + p.issn->text() : "");
  placements(record, [&](const std::string& name) { xml.text("dc:relation", name); });
  for (const Related& each : p.relations) xml.text("dc:relation", each.target.text());
  if (p.region) xml.text("dc:coverage", record.host.region(*p.region)->name.fi);
  xml.text("dc:rights", url(p.licence));
  xml.end("oai_dc:dc");
}

/// Dublin Core with the refinements of DCMI Metadata Terms.
void oaiQdc(Xml& xml, const Record& record) {
  const Publication& p = record.p;
  const std::string uri = "dcterms:URI";
  xml.begin("oai_qdc:qualifieddc", {{"xmlns:oai_qdc", about(oai::Format::oaiQdc).space},
                                    {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                                    {"xmlns:dcterms", "http://purl.org/dc/terms/"},
                                    {"xmlns:xsi", kXsi},
                                    {"xsi:schemaLocation", std::string(about(oai::Format::oaiQdc).space) + " " + about(oai::Format::oaiQdc).schema}});
  dublinCore(xml, record);
  localText(xml, "dcterms:abstract", p.abstract);
  xml.text("dcterms:issued", p.issued->text(), {{"xsi:type", "dcterms:W3CDTF"}});
  if (p.embargo) xml.text("dcterms:available", p.embargo->text(), {{"xsi:type", "dcterms:W3CDTF"}});
  xml.text("dc:type", dcmiType(p.kind), {{"xsi:type", "dcterms:DCMIType"}});
  xml.text("dc:type", code(p.kind));
  xml.text("dc:identifier", shortAddress(p, record.host), {{"xsi:type", uri}});
  if (p.identifier) xml.text("dc:identifier", p.identifier->text(), {{"xsi:type", uri}});
  xml.maybe("dc:identifier", p.isbn ? "URN:ISBN:" + p.isbn->text() : "");
  xml.maybe("dc:identifier", p.issn ? "URN:ISSN:" + p.issn->text() : "");
  placements(record, [&](const std::string& name) { xml.text("dcterms:isPartOf", name); });
  for (const Related& each : p.relations) {
    const char* name = each.relation == Relation::versionOf     ? "dcterms:isVersionOf"
                       : each.relation == Relation::translationOf ? "dcterms:source"
                                                                  : "dcterms:references";
    xml.text(name, each.target.text(), {{"xsi:type", uri}});
  }
  if (p.region) xml.text("dcterms:spatial", record.host.region(*p.region)->name.fi);
  if (!p.project.empty()) xml.text("dcterms:provenance", p.project);
  xml.text("dcterms:license", url(p.licence), {{"xsi:type", uri}});
  xml.end("oai_qdc:qualifieddc");
}

void header(Xml& xml, const OaiHead& head, const Publication& p) {
  if (p.state == State::withdrawn) xml.begin("header", {{"status", "deleted"}});
  else xml.begin("header");
  xml.text("identifier", oai::identifier(p.id, head.host));
  xml.text("datestamp", oai::datestamp(p.changedAt));
  if (p.region) xml.text("setSpec", oai::spec({*p.region}));
  xml.text("setSpec", oai::spec({p.kind}));
  for (const Placement& placement : p.placements) xml.text("setSpec", oai::spec({placement.series}));
  xml.end("header");
}

std::string finish(Xml& xml) {
  xml.end("OAI-PMH");
  return xml.finish();
}

}  // namespace

std::string oaiErrors(const OaiHead& head, const std::vector<oai::Refusal>& refusals) {
  bool isUnderstood = true;
  for (const oai::Refusal& each : refusals)
    if (each.error == oai::Error::badVerb || each.error == oai::Error::badArgument) isUnderstood = false;
  Xml xml;
  open(xml, head, isUnderstood);
  for (const oai::Refusal& each : refusals)
    xml.text("error", each.message, {{"code", std::string(oai::code(each.error))}});
  return finish(xml);
}

std::string oaiIdentify(const OaiHead& head, std::string_view email, Instant earliest) {
  Xml xml;
  open(xml, head, true);
  xml.begin("Identify");
  xml.text("repositoryName", "Toimela");
  xml.text("baseURL", head.address);
  xml.text("protocolVersion", "2.0");
  xml.text("adminEmail", email);
  xml.text("earliestDatestamp", oai::datestamp(earliest));
  xml.text("deletedRecord", "persistent");
  xml.text("granularity", "YYYY-MM-DDThh:mm:ssZ");
  xml.text("compression", "gzip");
  xml.begin("description");
  xml.begin("oai-identifier",
            {{"xmlns", "http://www.openarchives.org/OAI/2.0/oai-identifier"},
             {"xsi:schemaLocation",
              "http://www.openarchives.org/OAI/2.0/oai-identifier http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"}});
  xml.text("scheme", "oai");
  xml.text("repositoryIdentifier", head.host);
  xml.text("delimiter", ":");
  xml.text("sampleIdentifier", oai::identifier(PublicationId{1}, head.host));
  xml.end("oai-identifier");
  xml.end("description");
  xml.end("Identify");
  return finish(xml);
}

std::string oaiFormats(const OaiHead& head) {
  Xml xml;
  open(xml, head, true);
  xml.begin("ListMetadataFormats");
  for (const oai::Format format : oai::kFormats) {
    xml.begin("metadataFormat");
    xml.text("metadataPrefix", about(format).prefix);
    xml.text("schema", about(format).schema);
    xml.text("metadataNamespace", about(format).space);
    xml.end("metadataFormat");
  }
  xml.end("ListMetadataFormats");
  return finish(xml);
}

std::string oaiSets(const OaiHead& head, const std::vector<Region>& regions, const std::vector<Series>& series,
                    const Host& host) {
  Xml xml;
  open(xml, head, true);
  xml.begin("ListSets");
  const auto set = [&](const std::string& spec, const std::string& name) {
    xml.begin("set");
    xml.text("setSpec", spec);
    xml.text("setName", name);
    xml.end("set");
  };
  for (const Region& region : regions) set(oai::spec({region.code}), region.name.fi);
  for (const Kind kind : kKinds)
    set(oai::spec({kind}), host.texts().get(Locale::en, "publications.kind." + std::string(code(kind))));
  for (const Series& each : series) set(oai::spec({each.id}), each.title.pick(Locale::fi).text);
  xml.end("ListSets");
  return finish(xml);
}

std::string oaiRecords(const OaiHead& head, oai::Verb verb, oai::Format format, const OaiList& list, const Host& host) {
  Xml xml;
  open(xml, head, true);
  xml.begin(std::string(oai::name(verb)));
  for (const Publication& p : list.records) {
    if (verb == oai::Verb::listIdentifiers) {
      header(xml, head, p);
      continue;
    }
    xml.begin("record");
    header(xml, head, p);
    if (p.state != State::withdrawn) {
      xml.begin("metadata");
      const Record record{p, list.series, host};
      if (format == oai::Format::oaiDc) oaiDc(xml, record);
      else oaiQdc(xml, record);
      xml.end("metadata");
    }
    xml.end("record");
  }
  if (list.next) {
    Xml::Attributes about{{"cursor", std::to_string(list.before)}};
    if (list.total) about.insert(about.begin(), {"completeListSize", std::to_string(*list.total)});
    xml.text("resumptionToken", *list.next, about);
  }
  xml.end(std::string(oai::name(verb)));
  return finish(xml);
}

}  // namespace toimela::publications::view
