#include "connectors/engine/sigv4.hpp"

#include <algorithm>
#include <map>

#include "connectors/engine/placeholders.hpp"
#include "connectors/engine/url.hpp"
#include "core/digest.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

struct Target {
  std::string host, path, query;
};

// The host as it stands in the Host header: without the scheme's own port.
Target target_of(const std::string& url) {
  const auto begin = std::min(url.find("://"), url.size() - 3) + 3;
  const auto end = std::min(url.find_first_of("/?", begin), url.size());
  const auto mark = std::min(url.find('?', end), url.size());
  Target made{url.substr(begin, end - begin), url.substr(end, mark - end), mark < url.size() ? url.substr(mark + 1) : ""};
  for (const auto& [scheme, port] : {std::pair{"https:", ":443"}, {"http:", ":80"}}) {
    if (url.starts_with(scheme) && made.host.ends_with(port)) made.host.resize(made.host.size() - std::string_view(port).size());
  }
  if (made.path.empty()) made.path = "/";
  return made;
}

// The path is encoded once more than it is sent, as every service but S3 has it.
std::string canonical_path(const std::string& path, bool again) {
  if (!again) return path;
  std::string out;
  for (const auto segment : split(path, '/')) out += (out.empty() && segment.empty() ? "" : "/") + percent_encode(segment);
  return out.starts_with('/') ? out : "/" + out;
}

std::string canonical_query(const std::string& query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto pair : split(query, '&')) {
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    const auto value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view{};
    pairs.emplace_back(percent_encode(percent_decode(pair.substr(0, equals))), percent_encode(percent_decode(value)));
  }
  std::ranges::sort(pairs);
  std::string out;
  for (const auto& [name, value] : pairs) out += (out.empty() ? "" : "&") + name + "=" + value;
  return out;
}

struct Stamp {
  std::string day, time;  // 20150830, 20150830T123600Z
};

Stamp stamp_of(Instant at) {
  Stamp made;
  for (const char c : format_time(std::chrono::floor<std::chrono::seconds>(at))) {
    if (c != '-' && c != ':') made.time += c;
  }
  made.day = made.time.substr(0, 8);
  return made;
}

std::string bytes_of(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

std::string signing_key(const SigningKey& key, const std::string& day) {
  auto made = bytes_of(hmac_sha256("AWS4" + key.secret, day));
  for (const auto& part : {key.region, key.service, std::string("aws4_request")}) made = bytes_of(hmac_sha256(made, part));
  return made;
}

}  // namespace

Headers sigv4_headers(const HttpRequest& request, const SigningKey& key, Instant at) {
  const auto target = target_of(request.url);
  const auto stamp = stamp_of(at);
  const auto body = hex(sha256(request.body));
  const bool names_body = key.service == "s3" || key.service == "aoss";
  Headers added{{"X-Amz-Date", stamp.time}};
  if (names_body) added.emplace_back("X-Amz-Content-Sha256", body);
  if (!key.session_token.empty()) added.emplace_back("X-Amz-Security-Token", key.session_token);
  std::map<std::string, std::string> headers{{"host", target.host}};
  for (const auto& [name, value] : added) headers[lower(name)] = value;
  for (const auto& [name, value] : request.headers) {
    if (same_word(name, "Content-Type")) headers["content-type"] = std::string(trim(value));
  }
  std::string lines, names;
  for (const auto& [name, value] : headers) {
    lines += name + ":" + value + "\n";
    names += (names.empty() ? "" : ";") + name;
  }
  const auto canonical = request.method + "\n" + canonical_path(target.path, key.service != "s3") + "\n" + canonical_query(target.query) + "\n" +
                         lines + "\n" + names + "\n" + body;
  const auto scope = stamp.day + "/" + key.region + "/" + key.service + "/aws4_request";
  const auto signature =
      hex(hmac_sha256(signing_key(key, stamp.day), "AWS4-HMAC-SHA256\n" + stamp.time + "\n" + scope + "\n" + hex(sha256(canonical))));
  added.emplace_back("Authorization",
                     "AWS4-HMAC-SHA256 Credential=" + key.id + "/" + scope + ", SignedHeaders=" + names + ", Signature=" + signature);
  return added;
}

}  // namespace akashi
