#include "collector/config/setting.hpp"

#include <array>

namespace akashi {

namespace {

constexpr std::array top{
    Setting{"cdc", "", "the cyber defence centre this store belongs to", "このストアが属するCDC"},
    Setting{"store", "", "where evidence is kept", "証拠の保管先"},
    Setting{"people", "", "the roster: who your people are, with their accounts in each tool", "名簿: 担当者と各ツールのアカウント"},
    Setting{
        "people_file", "", "a CSV file (UTF-8 or Shift_JIS) with the same columns, and one for each source or accounts: source=account; ...",
        "名簿のCSVファイル(UTF-8 または Shift_JIS)。列は people の項目と同じ。アカウントは接続先ごとの列、または accounts 列に 接続先=アカウント; …"},
    Setting{"services", "", "the profile and your own scores, per service", "サービスごとのプロファイルと自己採点"},
    Setting{"sources", "", "the tools to read", "読み取るツール"},
    Setting{"alerts", "", "who is told when a service goes unexercised or a tool cannot be read, and when nobody wants to be called",
            "サービスが行われなくなったときやツールを読み取れないときの通知先と、通知を控える時間帯"},
    Setting{"policy", "", "when a changed rung is proposed, and what may be accepted without a person looking at each",
            "変化した段をいつ提案するか、人が一件ずつ見ずに採用してよいものは何か"},
};

constexpr std::array cdc{
    Setting{"name", "", "shown on reports", "帳票に出す名称"},
    Setting{"language", "", "en or ja; without it the locale decides", "en または ja。省略時はロケールに従う"},
    Setting{"assessments", "", "days of assessments, e.g. [2026-03-31]: work that was only done in the two weeks before one is asked about",
            "評価の実施日。例 [2026-03-31]。その直前2週間だけに集中した作業があれば確認を促す"},
};

constexpr std::array store{
    Setting{"path", "akashi.db", "the SQLite file; relative to this file", "SQLiteファイル(この設定ファイルからの相対パス)"},
    Setting{"actors", "pseudonym", "pseudonym (keyed, counts people without naming them) or clear",
            "pseudonym(鍵付き仮名。人数は数えるが名指ししない)または clear"},
    Setting{"key_file", "akashi.key", "key of the pseudonyms, mode 0600, made when missing; keep it, or one person becomes two",
            "仮名の鍵(0600)。無ければ作る。失うと同じ人が別人になるので保管すること"},
};

constexpr std::array service{
    Setting{"level", "", "unnecessary, basic, standard, advanced or optional: your own weight",
            "unnecessary / basic / standard / advanced / optional(推奨レベル)"},
    Setting{"assignment", "", "insource, outsource, combined or unassigned", "insource / outsource / combined / unassigned(割り当て)"},
    Setting{"team", "", "responsible team (insource, combined); only its people count", "責任チーム(内製・併用)。このチームの人の仕事だけを数える"},
    Setting{"provider", "", "contractor (outsource, combined)", "委託先(外部委託・併用)"},
    Setting{"owner", "", "inside owner", "社内の主管"},
    Setting{"applicable", "true", "false: decided not to do it in this form (N/A)", "false: この形では行わないと決めた(適用外)"},
    Setting{"as_is", "", "your own as-is score 1-5; never overwritten", "自己採点の現状スコア1〜5。上書きされない"},
    Setting{"as_is_outsource", "", "of a combined service: your own as-is score of what the provider does; never overwritten",
            "併用の場合: 委託先が行う部分の自己採点1〜5。上書きされない"},
    Setting{"to_be", "", "target score 1-5", "目標スコア1〜5"},
    Setting{"warn", "", "silent for longer is late (or a drill reminder), e.g. 35d", "これより長く途絶えると遅れ(訓練の督促)。例 35d"},
    Setting{"stale", "", "silent for longer is unexercised (or a drill overdue)", "これより長く途絶えると未実施(訓練の期限切れ)"},
    Setting{"agreed", "", "agreed time from demand to exercise; later is a missed demand", "要請から実施までの合意時間。超えると対応漏れ"},
    Setting{"reports", "", "how often the provider reports, e.g. 31d; unset: monthly, of services on demand with cases only",
            "委託先の報告の間隔。例 31d。省略時は毎月(需要に応じるサービスは案件ごと)"},
    Setting{"review_within", "14d", "in which time somebody inside looks at a report", "報告を社内で確認するまでの期間"},
    Setting{"look_back", "", "how far back work counts, e.g. 90d", "さかのぼって数える期間。例 90d"},
};

constexpr std::array source{
    Setting{"name", "", "short name, used in reports and in people's accounts", "短い名前(帳票や accounts で使う)"},
    Setting{"connector", "", "the product: rt, redmine, ...", "製品: rt, redmine など"},
    Setting{"url", "", "address of the tool, as in a browser", "ツールのアドレス"},
    Setting{"auth", "", "how the read-only account signs in", "読み取り専用アカウントの認証"},
    Setting{"interval", "5m", "how often it is polled", "ポーリング間隔"},
    Setting{"start", "460d", "how far back the first contact reads", "初回にさかのぼる期間"},
    Setting{"ca_file", "", "private CA, PEM; relative to this file", "プライベートCA(PEM)。この設定ファイルからの相対パス"},
    Setting{"tls", "", "our own certificate, where the tool wants one", "ツールがクライアント証明書を求める場合の証明書"},
    Setting{"proxy", "", "HTTP proxy; none unless named", "HTTPプロキシ(指定がなければ使わない)"},
    Setting{"params", "", "the connector's own parameters, e.g. queues: [Incidents]", "コネクター固有の項目。例 queues: [Incidents]"},
    Setting{"streams", "", "what is read; all of the connector's streams that are not optional",
            "読み取るストリーム。指定がなければ任意指定でないもの全部"},
    Setting{"timeout", "60s", "an answer that takes longer is given up", "これより長くかかる応答は打ち切る"},
    Setting{"answer_bytes_max", "33554432", "larger answers are refused", "これより大きい応答は拒む(バイト)"},
    Setting{"classify", "", "what queues, trackers, statuses and fields mean here", "キュー・トラッカー・ステータス・項目の意味"},
    Setting{"classify_file", "", "the same as a CSV file, a row a place (UTF-8 or Shift_JIS): place, matter, services, asked, working, done, ...",
            "同じ内容のCSVファイル。1行に1つの場所(UTF-8 か Shift_JIS): 場所, 用途, サービス, 未着手, 対応中, 完了 など"},
    Setting{"documents", "", "where procedures live and how they name services", "手順書の場所と、対象サービスの書き方"},
    Setting{"approvals", "", "how an approval names its document and version", "承認が文書と版を示す書き方"},
};

constexpr std::array auth_list{
    Setting{"scheme", "", "what the connector knows of none, basic, bearer, header, query, body, oauth2_client, session, sigv4, mtls",
            "none / basic / bearer / header / query / body / oauth2_client / session / sigv4 / mtls のうちコネクターが対応するもの"},
    Setting{"user", "", "for basic, session; the client's id (oauth2_client) or the access key's id (sigv4)",
            "利用者名(basic, session)、クライアントID(oauth2_client)、アクセスキーID(sigv4)"},
    Setting{"header", "", "for header: the header's name", "header のヘッダー名"},
    Setting{"token_url", "", "for oauth2_client: where tokens are given, when not where the connector says",
            "oauth2_client のトークン取得先(コネクターの既定と違う場合)"},
    Setting{"region", "", "for sigv4: the region that the tool is in", "sigv4 のリージョン"},
    Setting{"session_token_file", "", "for sigv4 with temporary credentials: file that holds the session token",
            "sigv4 で一時認証情報を使う場合のセッショントークンのファイル"},
    Setting{"file", "", "file that holds the secret, relative to this file", "秘密を置いたファイル(この設定ファイルからの相対パス)"},
    Setting{"env", "", "environment variable that holds the secret", "秘密を持つ環境変数"},
    Setting{"credential", "", "systemd credential that holds the secret", "秘密を持つ systemd credential"},
};

constexpr std::array tls{
    Setting{"certificate", "", "our own certificate, PEM; relative to this file", "こちらのクライアント証明書(PEM)"},
    Setting{"key", "", "its key, PEM, without a passphrase, mode 0600", "その秘密鍵(PEM、パスフレーズなし、0600)"},
    Setting{"ca", "", "private CA, PEM; the same as ca_file", "プライベートCA(PEM)。ca_file と同じ"},
};

}  // namespace

std::span<const Setting> top_settings() { return top; }
std::span<const Setting> cdc_settings() { return cdc; }
std::span<const Setting> store_settings() { return store; }
std::span<const Setting> service_settings() { return service; }
std::span<const Setting> source_settings() { return source; }
std::span<const Setting> auth_settings() { return auth_list; }
std::span<const Setting> tls_settings() { return tls; }

std::vector<std::string_view> keys(std::span<const Setting> settings) {
  std::vector<std::string_view> names;
  names.reserve(settings.size());
  for (const Setting& setting : settings) names.push_back(setting.key);
  return names;
}

}  // namespace akashi
