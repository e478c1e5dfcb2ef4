// Whom we trust: only who can prove its name with a certificate of an authority we know. There is no way around it.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "collector/http_rig.hpp"
#include "collector/tls_server.hpp"

namespace akashi {
namespace {

// A file for the time of a test.
class TestFile {
 public:
  explicit TestFile(const std::string& content) { std::ofstream(path_) << content; }
  ~TestFile() { std::filesystem::remove(path_); }
  TestFile(const TestFile&) = delete;
  TestFile& operator=(const TestFile&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() / ("akashi-test-" + std::to_string(::getpid()) + ".pem");
};

std::string asked(const TlsServer& server, const std::string& ca_pem, const std::string& host = "127.0.0.1") {
  const TestFile file(ca_pem);
  HttpRig rig;
  if (!ca_pem.empty()) rig.line.ca_file = file.path();
  const std::string address = "https://" + host + ":" + std::to_string(server.port());
  std::string text = told(rig.get(address + "/a"), address);
  if (const auto at = text.find(file.path()); at != std::string::npos) text.replace(at, file.path().size(), "FILE");
  if (const auto at = text.find(std::to_string(server.port())); at != std::string::npos)
    text.replace(at, std::to_string(server.port()).size(), "PORT");
  return text;
}

}  // namespace

TEST_CASE("a certificate of a private authority is trusted when its file is named") {
  const TlsServer server({});
  CHECK(asked(server, server.ca_pem()) == "ok 200");
}

TEST_CASE("each way a certificate fails has its sentence") {
  using std::chrono::seconds;
  const TlsServer good({}), other({.name = "127.0.0.1", .authority = "Another authority"});
  CHECK(asked(good, "") ==
        "config: URL/a: the certificate is signed by nobody this machine trusts; name the file with the CA's certificate in ca_file");
  CHECK(asked(good, other.ca_pem()) ==
        "config: URL/a: the certificate is signed by nobody this machine trusts; name the file with the CA's certificate in ca_file");
  const TlsServer renamed({.name = "tool.example", .authority = "Test authority", .begins = seconds(-3600), .ends = seconds(3600)});
  CHECK(asked(renamed, renamed.ca_pem()) ==
        "config: URL/a: the certificate is for another name than 127.0.0.1:PORT; use the name that stands in the certificate in url");
  const TlsServer old({.name = "127.0.0.1", .authority = "Test authority", .begins = seconds(-7200), .ends = seconds(-60)});
  CHECK(asked(old, old.ca_pem()) == "config: URL/a: the certificate has expired; renew it on the tool's side, and check this machine's date");
  const TlsServer young({.name = "127.0.0.1", .authority = "Test authority", .begins = seconds(3600), .ends = seconds(7200)});
  CHECK(asked(young, young.ca_pem()) == "config: URL/a: the certificate is not valid yet; check the date of this machine and of the certificate");
  CHECK(asked(good, "no certificate at all") == "config: URL/a: ca_file FILE cannot be read as certificates; name a readable PEM file");
}

TEST_CASE("https on a port that speaks plain HTTP, and the other way round") {
  HttpRig rig;
  LoopbackServer plain([](const ServerRequest&) { return ServerAnswer{}; });
  const std::string address = "https://127.0.0.1:" + std::to_string(plain.port());
  CHECK(told(rig.get(address + "/a"), address) == "config: URL/a: TLS cannot be agreed on; check that the port in url speaks TLS 1.2 or newer");
  const TlsServer tls({});
  const std::string naked = "http://127.0.0.1:" + std::to_string(tls.port());
  const auto answer = rig.get(naked + "/a");
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::transient);
}

}  // namespace akashi
