#include "wire/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <stdexcept>

namespace toimela::wire {

namespace {

constexpr unsigned char kProtocols[] = "\x08http/1.1";
constexpr unsigned char kSessionContext[] = "toimela";

/// Agrees on HTTP/1.1 when the client names it; a client that names only others gets no protocol
/// and finds out from the first bytes.
int chooseProtocol(SSL*, const unsigned char** out, unsigned char* outLength,
                   const unsigned char* in, unsigned int inLength, void*) {
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, outLength, kProtocols, sizeof kProtocols - 1, in, inLength) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

[[noreturn]] void fail(const std::string& what) {
  const unsigned long code = ERR_get_error();
  const char* reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
  ERR_clear_error();
  throw std::runtime_error(what + (reason != nullptr ? std::string(": ") + reason : std::string()));
}

std::shared_ptr<SSL_CTX> makeContext(const Tls& files) {
  const std::shared_ptr<SSL_CTX> made(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX* context = made.get();
  if (context == nullptr) fail("Cannot set up TLS");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // Forward secrecy and authenticated encryption only.
  if (SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1)
    fail("Cannot set up TLS");
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_id_context(context, kSessionContext, sizeof kSessionContext - 1);
  SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
  if (SSL_CTX_use_certificate_chain_file(context, files.certificateFile.c_str()) != 1) {
    fail("Cannot use the certificate " + files.certificateFile);
  }
  if (SSL_CTX_use_PrivateKey_file(context, files.keyFile.c_str(), SSL_FILETYPE_PEM) != 1) {
    fail("Cannot use the key " + files.keyFile);
  }
  if (SSL_CTX_check_private_key(context) != 1) {
    fail("The key " + files.keyFile + " does not belong to the certificate " +
         files.certificateFile);
  }
  return made;
}

}  // namespace

TlsContext::TlsContext(const Tls& files) : files_(files), context_(makeContext(files_)) {}

std::unique_ptr<TlsSession> TlsContext::accept(int fd) const {
  const std::lock_guard lock(mutex_);
  return std::make_unique<TlsSession>(context_.get(), fd);
}

void TlsContext::reload() {
  auto fresh = makeContext(files_);
  const std::lock_guard lock(mutex_);
  context_ = std::move(fresh);
}

TlsSession::TlsSession(ssl_ctx_st* context, int fd) : session_(SSL_new(context)) {
  if (!session_ || SSL_set_fd(session_.get(), fd) != 1) fail("Cannot begin a TLS session");
  SSL_set_accept_state(session_.get());
}

void TlsSession::Free::operator()(ssl_st* session) const { SSL_free(session); }

IoResult TlsSession::outcome(int result, std::size_t bytes) {
  if (result > 0) return {IoResult::Status::ok, bytes};
  const int error = SSL_get_error(session_.get(), result);
  ERR_clear_error();
  switch (error) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return {IoResult::Status::blocked, 0};
    case SSL_ERROR_ZERO_RETURN:
      return {IoResult::Status::end, 0};
    default:
      return {IoResult::Status::failed, 0};
  }
}

IoResult TlsSession::handshake() {
  ERR_clear_error();
  return outcome(SSL_do_handshake(session_.get()), 0);
}

IoResult TlsSession::read(char* to, std::size_t count) {
  ERR_clear_error();
  std::size_t bytes = 0;
  const int result = SSL_read_ex(session_.get(), to, count, &bytes);
  return outcome(result, bytes);
}

IoResult TlsSession::write(const char* from, std::size_t count) {
  ERR_clear_error();
  std::size_t bytes = 0;
  const int result = SSL_write_ex(session_.get(), from, count, &bytes);
  return outcome(result, bytes);
}

void TlsSession::sayGoodbye() {
  ERR_clear_error();
  if (SSL_is_init_finished(session_.get()) == 1) SSL_shutdown(session_.get());
  ERR_clear_error();
}

}  // namespace toimela::wire
