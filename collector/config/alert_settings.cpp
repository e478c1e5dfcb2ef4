// The settings of alerts:, each said once.
#include <array>

#include "collector/config/setting.hpp"

namespace akashi {

namespace {

constexpr std::array alerts{
    Setting{"receivers", "", "who is told", "通知先"},
    Setting{"levels", "",
            "by kind (late, unexercised, missed_demand, drill_due, blind, approval_expiring, approval_expired, drift): off, info, warning or alarm",
            "種類ごと(late / unexercised / missed_demand / drill_due / blind / approval_expiring / approval_expired / drift)の重さ: off / info / "
            "warning / alarm"},
    Setting{"blind_after", "1h", "a source that cannot be read for as long is alerted", "この時間読み取れない接続先を警告する"},
    Setting{"blind_alarm_after", "1d", "and from then on it is an alarm", "この時間を過ぎると警報にする"},
    Setting{"approval_warning", "30d", "so long before an approval expires it is told", "承認の期限切れをどれだけ前に知らせるか"},
    Setting{"calendar", "", "the organisation's own days", "組織の暦"},
    Setting{"quiet", "", "windows in which notifications wait; none is lost", "通知を控える時間帯(後でまとめて届く。失われない)"},
};

constexpr std::array calendar{
    Setting{"japan", "false", "true: Japan's holidays are holidays, and the clock is Japan's", "true なら日本の祝日を休日とし、時刻を日本時間とする"},
    Setting{"offset", "+00:00", "the organisation's clock, from UTC", "UTCからの時差"},
    Setting{"holidays", "", "days off of your own: 2026-12-29/2027-01-03", "独自の休業日。例 2026-12-29/2027-01-03"},
    Setting{"business_days", "", "services that work on business days only; their alerts of absence wait as many business days",
            "営業日だけ行うサービス。その未実施の警告は営業日で数える"},
};

constexpr std::array quiet{
    Setting{"days", "", "days of the week: sat, sun", "曜日。例 sat, sun"},
    Setting{"dates", "", "days: 2026-12-29/2027-01-03", "日付。例 2026-12-29/2027-01-03"},
    Setting{"holidays", "false", "true: also on holidays", "true なら休日も"},
    Setting{"hours", "", "\"20:00-08:00\"; without it the whole day", "\"20:00-08:00\"。省略時は終日"},
    Setting{"up_to", "alarm", "the gravest level that waits", "控える最も重い段階"},
};

constexpr std::array receiver{
    Setting{"name", "", "short name; `akashi alerts test NAME` sends a test", "短い名前。`akashi alerts test 名前` で試し送りする"},
    Setting{"kind", "", "webhook, slack, smtp or alertmanager", "webhook / slack / smtp / alertmanager"},
    Setting{"url", "", "https://..., or smtp://host:587 (STARTTLS), smtps://host",
            "https://...。メールは smtp://host:587(STARTTLS)または smtps://host"},
    Setting{"level", "warning", "info, warning or alarm: this and graver", "info / warning / alarm: これ以上の重さを送る"},
    Setting{"only", "", "services or categories: [D, B-1]; sources always", "サービスまたはカテゴリー。例 [D, B-1]。接続先の警告は常に送る"},
    Setting{"language", "", "en or ja; without it the centre's", "en または ja。省略時は cdc の言語"},
    Setting{"auth", "", "how we sign in there", "通知先への認証"},
    Setting{"sign", "", "webhook: key for X-Akashi-Signature (HMAC-SHA256 of the body)", "webhook: X-Akashi-Signature(本文のHMAC-SHA256)の鍵"},
    Setting{"from", "", "mail: the sender", "メールの差出人"},
    Setting{"to", "", "mail: to whom", "メールの宛先"},
    Setting{"tls", "starttls", "mail over smtp://: starttls, or none", "smtp:// のとき: starttls または none"},
    Setting{"resend", "1m", "alertmanager: what is still so is said again", "alertmanager: 続いている警告を送り直す間隔"},
    Setting{"ca_file", "", "private CA, PEM; relative to this file", "プライベートCA(PEM)。この設定ファイルからの相対パス"},
    Setting{"proxy", "", "HTTP proxy; none unless named", "HTTPプロキシ(指定がなければ使わない)"},
};

constexpr std::array auth{
    Setting{"scheme", "none", "none, basic, bearer, header, or url (the address itself is the secret)",
            "none / basic / bearer / header / url(アドレス自体が秘密)"},
    Setting{"user", "", "for basic", "利用者名(basic)"},
    Setting{"header", "", "for header: the header's name", "header のヘッダー名"},
    Setting{"file", "", "file that holds the secret, relative to this file", "秘密を置いたファイル(この設定ファイルからの相対パス)"},
    Setting{"env", "", "environment variable that holds the secret", "秘密を持つ環境変数"},
    Setting{"credential", "", "systemd credential that holds the secret", "秘密を持つ systemd credential"},
};

}  // namespace

std::span<const Setting> alerts_settings() { return alerts; }
std::span<const Setting> calendar_settings() { return calendar; }
std::span<const Setting> quiet_settings() { return quiet; }
std::span<const Setting> receiver_settings() { return receiver; }
std::span<const Setting> receiver_auth_settings() { return auth; }
std::span<const Setting> signing_settings() { return std::span(auth).subspan(3); }

}  // namespace akashi
