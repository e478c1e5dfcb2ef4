// Each way an answer goes wrong has one sentence and one kind.
#include "catch.hpp"
#include "collector/http_rig.hpp"

namespace akashi {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ServerAnswer json(std::string body) {
  return {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body), .raw = {}, .mischief = {}};
}
ServerAnswer raw(std::string bytes) {
  ServerAnswer answer;
  answer.raw = std::move(bytes);
  return answer;
}
ServerAnswer spoilt(Mischief mischief) {
  ServerAnswer answer = json(std::string(5000, 'x'));
  answer.mischief = mischief;
  return answer;
}

ServerAnswer encoded(std::string body, const std::string& encoding) {
  ServerAnswer answer = json(std::move(body));
  answer.headers.emplace_back("Content-Encoding", encoding);
  return answer;
}

struct Fault {
  const char* title;
  ServerAnswer answer;
  const char* sentence;
};

std::vector<Fault> faults() {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n";
  const std::string cut = "the connection was cut before the answer was complete; the tool or something between closed it";
  const std::string packed = gzipped(std::string(4000, 'a'));
  return {
      {"drips slower than agreed", spoilt({.stall = {}, .stall_after = {}, .drip_bytes = 5, .cut_after = {}}),
       "transient: URL/a: the answer drips slower than 1000 bytes/s for 1 s; the tool or the line is overloaded"},
      {"cut in the body", spoilt({.stall = {}, .stall_after = {}, .cut_after = 2000}),
       "transient: URL/a: the answer is shorter than its header promised; the tool or something between cut it"},
      {"reset in the body", spoilt({.stall = {}, .stall_after = {}, .cut_after = 2000, .reset = true}),
       "transient: URL/a: the connection was cut before the answer was complete; the tool or something between closed it"},
      {"closed without a byte", spoilt({.stall = {}, .stall_after = {}, .cut_after = 0}),
       "transient: URL/a: the connection was cut before the answer was complete; the tool or something between closed it"},
      {"cut in the header", spoilt({.stall = {}, .stall_after = {}, .cut_after = 30}),
       "transient: URL/a: the connection was cut inside the header of the answer; the tool or something between closed it"},
      {"cut between chunks", raw(chunked), "transient: URL/a: the answer is shorter than its header promised; the tool or something between cut it"},
      {"empty 200", json(""), "transient: URL/a: empty answer with status 200; an empty answer is not an empty result; something between cut it"},
      {"not HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n"), "schema: URL/a: the answer is not HTTP; check the port and scheme in url"},
      {"header without end", raw(head + "X: " + std::string(9000, 'x') + "\r\n\r\n{}"),
       "schema: URL/a: the header of the answer is larger than header_bytes_max (4096 bytes); check that url names the tool's API"},
      {"larger than allowed, and says so", json(std::string(70000, 'x')),
       "schema: URL/a: the answer is larger than answer_bytes_max (50000 bytes); ask for smaller pages, or raise answer_bytes_max for this source"},
      {"larger than allowed, without saying", raw(head + "\r\n" + std::string(70000, 'x')),
       "schema: URL/a: the answer is larger than answer_bytes_max (50000 bytes); ask for smaller pages, or raise answer_bytes_max for this source"},
      {"gzip bomb", encoded(gzipped(std::string(20 << 20, '\0')), "gzip"),
       "schema: URL/a: the answer is larger than answer_bytes_max (50000 bytes); ask for smaller pages, or raise answer_bytes_max for this source"},
      {"cut gzip", encoded(packed.substr(0, packed.size() / 2), "gzip"),
       "transient: URL/a: the compressed answer cannot be read: damaged or cut; something between damaged or cut it"},
      {"gzip with something behind", encoded(packed + "x", "gzip"),
       "transient: URL/a: the compressed answer cannot be read: bytes after its end; something between damaged or cut it"},
      {"an encoding nobody asked for", encoded("zz", "br\x1b[2J"),
       "schema: URL/a: the answer is encoded as \"br?[2J\", which was not asked for; check what stands between the tool and this machine"},
  };
}

}  // namespace

TEST_CASE("each way an answer goes wrong has its sentence and its kind") {
  for (const Fault& fault : faults()) {
    INFO(fault.title);
    HttpRig rig;
    LoopbackServer server([&](const ServerRequest&) { return fault.answer; });
    HttpRequest request = HttpRig::request(server.url() + "/a?token=s3cret#s3cret");
    request.answer_bytes_max = 50000;
    const auto answer = rig.send(request);
    CHECK(told(answer, server.url()) == fault.sentence);
    CHECK(told(answer, {}).find("s3cret") == std::string::npos);
  }
}

TEST_CASE("a server that says nothing is given up after the request's time") {
  HttpRig rig;
  rig.line.slow_time_max = seconds(30);
  LoopbackServer server([](const ServerRequest&) { return spoilt({.stall = seconds(60), .stall_after = {}, .cut_after = {}}); });
  HttpRequest request = HttpRig::request(server.url() + "/a");
  request.time_max = milliseconds(300);
  CHECK(told(rig.send(request), server.url()) ==
        "transient: URL/a: no complete answer within 0.3 s; the tool is slow or stalled; raise the time limit if such answers are normal");
}

TEST_CASE("a port where nobody listens") {
  HttpRig rig;
  std::string url;
  {
    LoopbackServer gone([](const ServerRequest&) { return ServerAnswer{}; });
    url = gone.url();
  }
  CHECK(told(rig.get(url + "/a"), url) ==
        "transient: URL/a: cannot connect; check host and port in url, that the tool is running, and the firewalls between");
}

TEST_CASE("a host that does not exist") {
  HttpRig rig;
  CHECK(told(rig.get("http://nobody.invalid/a?q=1"), "http://nobody.invalid") ==
        "transient: URL/a: the host name cannot be resolved; check the host in url, and the name service of this machine");
}

TEST_CASE("requests that must not leave this machine") {
  HttpRig rig;
  const auto refused = [&](HttpRequest request) { return told(rig.send(request), {}); };
  HttpRequest request = HttpRig::request("http://127.0.0.1:9/");
  request.method = "DELETE";
  CHECK(refused(request) ==
        "config: http://127.0.0.1:9/: the request cannot be sent: only GET, and POST for reading, are ever sent; correct url or the descriptor");
  CHECK(refused(HttpRig::request("http://me:s3cret@127.0.0.1:9/x")) ==
        "config: http://127.0.0.1:9/x: the request cannot be sent: its address holds a user name or a password; these belong under auth; correct url "
        "or the descriptor");
  CHECK(refused(HttpRig::request("file:///etc/passwd")) ==
        "config: (no http address): the request cannot be sent: it has no http or https address; correct url or the descriptor");
  request = HttpRig::request("http://127.0.0.1:9/");
  request.headers = {{"Accept", "x\r\nX-Other: y"}};
  CHECK(refused(request) == "config: http://127.0.0.1:9/: the request cannot be sent: a header of it is not one line; correct url or the descriptor");
}

TEST_CASE("a stop ends a stalled request at once") {
  HttpRig rig;
  rig.line.slow_time_max = seconds(60);
  std::stop_source stop;
  LoopbackServer server([&](const ServerRequest&) {
    stop.request_stop();
    return spoilt({.stall = seconds(600), .stall_after = {}, .cut_after = {}});
  });
  HttpRequest request = HttpRig::request(server.url() + "/a");
  request.time_max = seconds(500);  // far longer than the test may take: it comes back because of the stop or not at all
  CHECK(told(rig.send(request, stop.get_token()), server.url()) == "transient: URL/a: stopped before the answer was complete");
  CHECK(told(rig.send(request, stop.get_token()), server.url()) == "transient: URL/a: stopped before the answer was complete");
}

TEST_CASE("ending the client ends what is under way") {
  auto multi = std::make_unique<CurlMulti>(1);
  LoopbackServer server([](const ServerRequest&) { return spoilt({.stall = seconds(600), .stall_after = {}, .cut_after = {}}); });
  std::atomic<int> ended = 0;
  for (int i = 0; i < 3; ++i) {  // one running, two waiting for its place
    multi->begin(HttpRig::request(server.url() + "/a"), {}, [&](const Result<WireAnswer>& answer) { ended += answer ? 100 : 1; });
  }
  multi.reset();
  CHECK(ended == 3);
}

}  // namespace akashi
