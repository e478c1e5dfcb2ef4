// A TLS server whose certificate is right or wrong in a chosen way, made when it starts: no key lies in the tree.
#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace akashi {

struct TlsIdentity {
  std::string name = "127.0.0.1";  // the address or host name in the certificate
  std::string authority = "Test authority";
  std::chrono::seconds begins{-3600}, ends{3600};  // from now
};

class TlsServer {
 public:
  explicit TlsServer(const TlsIdentity& identity);  // answers every request with {} on 127.0.0.1
  ~TlsServer();
  [[nodiscard]] int port() const;
  [[nodiscard]] std::string ca_pem() const;  // of the authority that signed its certificate

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace akashi
