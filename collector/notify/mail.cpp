#include "collector/notify/mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>

#include "collector/notify/notifier.hpp"
#include "connectors/engine/url.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t word_bytes_max = 42;  // as base64 with its frame: less than 75 characters, room for "Subject: "
constexpr std::size_t base64_line = 76;

bool is_plain(std::string_view text) {
  return text.size() <= 60 && std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; }) && text.find("=?") == std::string_view::npos;
}

std::string domain_of(const std::string& address) { return address.substr(address.find('@') + 1); }

std::string folded_list(const std::vector<std::string>& addresses) {
  std::string all;
  for (const std::string& one : addresses) all += (all.empty() ? "" : ",\r\n ") + one;
  return all;
}

std::string body_text(const Message& message) {
  std::string lines;
  for (const std::string& line : message.lines) lines += line + "\r\n";
  const std::string coded = base64(lines);
  std::string out;
  for (std::size_t at = 0; at < coded.size(); at += base64_line) out += coded.substr(at, base64_line) + "\r\n";
  return out;
}

class Mailer final : public Notifier {
 public:
  Mailer(NotifierParts parts, CurlMulti& multi) : parts_(std::move(parts)), multi_(multi) {}

  Sending send(const Outgoing& row, Instant now, const std::stop_token& stop) override {
    const Alert& alert = row.event.change.alert;
    const MailHead head{parts_.config.from, parts_.config.to, "akashi." + row.key, fmt::format("akashi.alert.{}.{}", alert.id, to_ns(alert.opened)),
                        row.key};
    return mail(mail_text(head, message(row.event.change, parts_.voice), now), true, stop);
  }
  Sending test(Instant now, const std::stop_token& stop) override {
    const MailHead head{parts_.config.from, parts_.config.to, fmt::format("akashi.test.{}", to_ns(now)), {}, "test"};
    return mail(mail_text(head, test_message(parts_.config.name, parts_.voice), now), true, stop);
  }
  std::optional<Status> probe(Instant, const std::stop_token& stop) override { return mail({}, false, stop).status; }

 private:
  Sending mail(std::string text, bool with_message, const std::stop_token& stop) {
    MailRequest request;
    request.url = parts_.config.url;
    request.clear_text = parts_.config.clear_text;
    if (parts_.config.auth == "basic") {
      request.user = parts_.config.user;
      request.password = parts_.secret;
    }
    request.from = parts_.config.from;
    if (with_message) request.to = parts_.config.to;
    request.message = std::move(text);
    LineSettings line;
    line.ca_file = parts_.config.ca_file;
    auto promise = std::make_shared<std::promise<Result<WireAnswer>>>();
    auto answer = promise->get_future();
    const auto id =
        multi_.begin(std::move(request), std::move(line), [promise](Result<WireAnswer> result) { promise->set_value(std::move(result)); });
    const std::stop_callback ends(stop, [this, id] { multi_.cancel(id); });
    return meaning(answer.get());
  }

  [[nodiscard]] Sending meaning(const Result<WireAnswer>& answer) const {
    const std::string where = "receiver " + parts_.config.name;
    const auto no = [&](ErrorKind kind, std::string what, std::string mend) {
      return Sending{fail(kind, where, std::move(what), std::move(mend)), {}};
    };
    if (!answer) return no(answer.error().kind, answer.error().what, answer.error().mend);
    const int code = answer->status;
    if (code < 400) return {};
    const std::string what = fmt::format("the mail server answered {}", code);
    if (code == 530 || code == 534 || code == 535 || code == 538) return no(ErrorKind::auth, what, "check user and secret");
    if (code < 500) return no(ErrorKind::transient, what, "it is tried again");
    return no(ErrorKind::config, what, "check from and to, and what this server may relay for us");
  }

  NotifierParts parts_;
  CurlMulti& multi_;
};

}  // namespace

std::string encoded_word(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const auto part = cut(text, word_bytes_max);
    const auto taken = part.empty() ? text.substr(0, word_bytes_max) : part;
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(taken) + "?=";
    text.remove_prefix(taken.size());
  }
  return out;
}

std::string mail_date(Instant at) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  return fmt::format("{}, {:02} {} {} {} +0000", days.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                     months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()), format_time(at).substr(11, 8));
}

std::string mail_text(const MailHead& head, const Message& message, Instant date) {
  const std::string domain = domain_of(head.from);
  std::string text;
  const auto line = [&](std::string_view name, const std::string& value) { text += fmt::format("{}: {}\r\n", name, value); };
  line("Date", mail_date(date));
  line("From", "Akashi <" + head.from + ">");
  line("To", folded_list(head.to));
  line("Subject", encoded_word(message.subject));
  line("Message-ID", fmt::format("<{}@{}>", head.id, domain));
  if (!head.thread.empty()) line("References", fmt::format("<{}@{}>", head.thread, domain));
  line("X-Akashi-Key", head.key);
  line("Auto-Submitted", "auto-generated");
  line("MIME-Version", "1.0");
  line("Content-Type", "text/plain; charset=UTF-8");
  line("Content-Transfer-Encoding", "base64");
  return text + "\r\n" + body_text(message);
}

std::unique_ptr<Notifier> make_mail(NotifierParts parts, CurlMulti& multi, Clock&) { return std::make_unique<Mailer>(std::move(parts), multi); }

}  // namespace akashi
