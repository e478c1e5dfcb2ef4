// Signature Version 4 against the vectors that AWS publishes for it, and its example of IAM.
#include "connectors/engine/sigv4.hpp"

#include "catch.hpp"
#include "connectors/engine/answers.hpp"

namespace akashi {
namespace {

const Instant august = *parse_time("2015-08-30T12:36:00Z");

SigningKey example() { return {"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", "us-east-1", "service"}; }

std::string signature(const HttpRequest& request, const SigningKey& key) {
  const auto authorization = header_of(sigv4_headers(request, key, august), "Authorization");
  return authorization.substr(authorization.find("Signature=") + 10);
}

HttpRequest request(const std::string& method, const std::string& rest) {
  HttpRequest made;
  made.method = method;
  made.url = "https://example.amazonaws.com" + rest;
  return made;
}

}  // namespace

TEST_CASE("a plain request is signed as in AWS's own vectors") {
  CHECK(signature(request("GET", "/"), example()) == "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  CHECK(signature(request("GET", ""), example()) == "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  CHECK(signature(request("POST", "/"), example()) == "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  CHECK(signature(request("GET", "/?Param2=value2&Param1=value1"), example()) == "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
  const auto headers = sigv4_headers(request("GET", "/"), example(), august);
  CHECK(header_of(headers, "X-Amz-Date") == "20150830T123600Z");
  CHECK(
      header_of(headers, "Authorization")
          .starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature="));
}

TEST_CASE("the type of a body and the body itself are signed") {
  auto form = request("POST", "/");
  form.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  form.body = "Param1=value1";
  CHECK(signature(form, example()) == "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  auto iam = request("GET", "/?Action=ListUsers&Version=2010-05-08");
  iam.url = "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08";
  iam.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  auto key = example();
  key.service = "iam";
  CHECK(signature(iam, key) == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

TEST_CASE("what is not in the vectors is signed by the same rule: ports, encoded paths, temporary credentials") {
  const auto plain = signature(request("GET", "/"), example());
  auto with_port = request("GET", "/");
  with_port.url = "https://example.amazonaws.com:443/";
  CHECK(signature(with_port, example()) == plain);  // the Host header leaves the scheme's own port out
  with_port.url = "https://example.amazonaws.com:9200/";
  CHECK(signature(with_port, example()) != plain);
  CHECK(signature(request("GET", "/a%20b"), example()) != signature(request("GET", "/a"), example()));
  CHECK(signature(request("GET", "/?a=%7e"), example()) == signature(request("GET", "/?a=~"), example()));  // one form of each parameter
  auto temporary = example();
  temporary.session_token = "token+of/an=hour";
  const auto headers = sigv4_headers(request("GET", "/"), temporary, august);
  CHECK(header_of(headers, "X-Amz-Security-Token") == "token+of/an=hour");
  CHECK(header_of(headers, "Authorization").find("SignedHeaders=host;x-amz-date;x-amz-security-token") != std::string::npos);
  auto serverless = example();
  serverless.service = "aoss";
  CHECK(header_of(sigv4_headers(request("GET", "/"), serverless, august), "X-Amz-Content-Sha256") ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace akashi
