#include "collector/tls_server.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <thread>

namespace akashi {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Key new_key() { return Key(EVP_EC_gen("P-256"), EVP_PKEY_free); }

void add(X509* certificate, X509* issuer, int extension, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* made = X509V3_EXT_conf_nid(nullptr, &context, extension, value.c_str());
  X509_add_ext(certificate, made, -1);
  X509_EXTENSION_free(made);
}

Certificate new_certificate(const std::string& common_name, EVP_PKEY* key, const TlsIdentity& identity, long serial) {
  Certificate certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), identity.begins.count());
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), identity.ends.count());
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
  return certificate;
}

template <class Write>
std::string pem(Write write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
  write(memory.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

struct TlsServer::Inside {
  asio::io_context context{1};
  asio::ssl::context tls{asio::ssl::context::tls_server};
  tcp::acceptor acceptor{context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
  std::string authority;
  std::thread thread;

  void make_certificates(const TlsIdentity& identity) {
    const Key ca_key = new_key(), key = new_key();
    const Certificate ca = new_certificate(identity.authority, ca_key.get(), {}, 1);
    X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get()));
    add(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(ca.get(), ca_key.get(), EVP_sha256());
    const Certificate own = new_certificate("tool", key.get(), identity, 2);
    X509_set_issuer_name(own.get(), X509_get_subject_name(ca.get()));
    const bool address = identity.name.find_first_not_of("0123456789.") == std::string::npos;
    add(own.get(), ca.get(), NID_subject_alt_name, (address ? "IP:" : "DNS:") + identity.name);
    X509_sign(own.get(), ca_key.get(), EVP_sha256());
    authority = pem([&](BIO* out) { PEM_write_bio_X509(out, ca.get()); });
    const std::string chain = pem([&](BIO* out) { PEM_write_bio_X509(out, own.get()); });
    const std::string secret = pem([&](BIO* out) { PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    tls.use_certificate_chain(asio::buffer(chain));
    tls.use_private_key(asio::buffer(secret), asio::ssl::context::pem);
  }

  struct Session {
    Session(tcp::socket socket, asio::ssl::context& tls) : stream(std::move(socket), tls) {}
    asio::ssl::stream<tcp::socket> stream;
    std::string asked;
    std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
  };

  void accept() {
    acceptor.async_accept([this](boost::system::error_code error, tcp::socket socket) {
      if (error) return;
      const auto session = std::make_shared<Session>(std::move(socket), tls);
      session->stream.async_handshake(asio::ssl::stream_base::server, [session](boost::system::error_code failed) {
        if (failed) return;
        asio::async_read_until(
            session->stream, asio::dynamic_buffer(session->asked), "\r\n\r\n", [session](boost::system::error_code bad, std::size_t) {
              if (!bad) asio::async_write(session->stream, asio::buffer(session->answer), [session](boost::system::error_code, std::size_t) {});
            });
      });
      accept();
    });
  }
};

TlsServer::TlsServer(const TlsIdentity& identity) : inside_(std::make_unique<Inside>()) {
  inside_->make_certificates(identity);
  inside_->accept();
  inside_->thread = std::thread([inside = inside_.get()] { inside->context.run(); });
}

TlsServer::~TlsServer() {
  inside_->context.stop();
  inside_->thread.join();
}

int TlsServer::port() const { return inside_->acceptor.local_endpoint().port(); }
std::string TlsServer::ca_pem() const { return inside_->authority; }

}  // namespace akashi
