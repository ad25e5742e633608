// A key and a certificate for tests of TLS.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <memory>
#include <string>

namespace toimela::testing {

struct CertificateFiles {
  std::string certificate, key;  ///< paths
};

/// Writes <base>.crt and <base>.key: a key made now, and a certificate that it signs itself, good
/// from now on for so many seconds.
inline CertificateFiles makeCertificate(const std::string& folder, const std::string& base, long seconds = 3600) {
  CertificateFiles files{folder + "/" + base + ".crt", folder + "/" + base + ".key"};
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, void (*)(X509*)> certificate(X509_new(), X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), seconds);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                             0);
  X509_set_issuer_name(certificate.get(), name);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  const std::unique_ptr<FILE, int (*)(FILE*)> keyFile(std::fopen(files.key.c_str(), "w"), std::fclose);
  PEM_write_PrivateKey(keyFile.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(files.certificate.c_str(), "w"), std::fclose);
  PEM_write_X509(file.get(), certificate.get());
  return files;
}

}  // namespace toimela::testing
