// MediaWiki: pages with all their versions, read as anybody may.
#include <fmt/format.h>

#include <algorithm>

#include "collector/json_writer.hpp"
#include "sites.hpp"

namespace akashi::simulator {

namespace {

class WikiSite final : public Site {
 public:
  explicit WikiSite(const Desk& desk) : desk_(desk) {}
  [[nodiscard]] ServerAnswer answer(const ServerRequest& request, Instant now, bool) const override {
    const auto asks = [&](const char* key, const char* value) { return request.parameter(key).value_or("") == value; };
    if (asks("generator", "allpages")) return pages(now);
    if (asks("prop", "revisions")) return revisions(number_in(request.parameter("pageids").value_or(""), 0), now);
    if (asks("list", "allusers")) return json_answer(R"({"batchcomplete":true,"query":{"allusers":[]}})");
    if (asks("list", "logevents")) return json_answer(R"({"batchcomplete":true,"query":{"logevents":[]}})");
    return json_answer(R"({"error":{"code":"badvalue","info":"unknown"}})");
  }

 private:
  [[nodiscard]] Instant told(Instant at) const { return at + desk_.skew; }
  [[nodiscard]] std::string address(const Page& page) const { return fmt::format("{}/index.php?curid={}", desk_.base, page.number); }
  [[nodiscard]] ServerAnswer pages(Instant now) const;
  [[nodiscard]] ServerAnswer revisions(int id, Instant now) const;

  const Desk& desk_;
};

ServerAnswer WikiSite::pages(Instant now) const {
  JsonWriter out;
  out.object().member("batchcomplete", true);
  bool any = false;
  for (const Page& page : desk_.pages) {
    const Edit* last = nullptr;
    for (const Edit& edit : page.edits)
      if (edit.at <= now) last = &edit;
    if (last == nullptr) continue;
    if (!any) out.key("query").object().key("pages").array();
    any = true;
    out.object().member("pageid", page.number).member("ns", 0).member("title", page.title).member("touched", format_time(told(last->at)));
    out.member("canonicalurl", address(page)).end_object();
  }
  if (any) out.end_array().end_object();
  out.end_object();
  return json_answer(out.text());
}

ServerAnswer WikiSite::revisions(int id, Instant now) const {
  const auto page = std::ranges::find(desk_.pages, id, &Page::number);
  if (page == desk_.pages.end())
    return json_answer(fmt::format(R"({{"batchcomplete":true,"query":{{"pages":[{{"pageid":{},"missing":true}}]}}}})", id));
  JsonWriter out;
  out.object().member("batchcomplete", true).key("query").object().key("pages").array().object();
  out.member("pageid", page->number).member("ns", 0).member("title", page->title).key("revisions").array();
  int number = 0;
  for (const Edit& edit : page->edits) {
    ++number;
    if (edit.at > now) continue;
    out.object().member("revid", page->number * 100 + number).member("user", edit.who).member("timestamp", format_time(told(edit.at)));
    out.member("comment", "").member("minor", false).key("tags").array().end_array();
    out.key("slots").object().key("main").object().member("content", edit.text).end_object().end_object().end_object();
  }
  out.end_array().end_object().end_array().end_object().end_object();
  return json_answer(out.text());
}

}  // namespace

std::unique_ptr<Site> mediawiki_site(const Desk& desk) { return std::make_unique<WikiSite>(desk); }

}  // namespace akashi::simulator
