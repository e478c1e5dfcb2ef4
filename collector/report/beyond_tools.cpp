// What no tool's interface shows of a service: the part that stays with documents and people (mappings/rules/README.md has the whole list).
#include <algorithm>
#include <array>

#include "collector/report/matrix_list.hpp"

namespace akashi {

namespace {

struct Sentence {
  std::string_view service, en, ja;
};

constexpr auto sentences = std::to_array<Sentence>({
    {"B-1", "who watched in which shift and what was handed over: a shift log or a hand-over note",
     "どの直で誰が監視し何を引き継いだか: 当直記録か引き継ぎ簿"},
    {"B-2", "that sources, gaps and retention were checked against what is required: a record of the check, or an old event fetched on request",
     "収集元・欠落・保管期間を要件と照合したこと: 点検記録、または古いイベントを取り出した記録"},
    {"B-3", "which responsible person was warned of what and confirmed it: the list of warnings with their receivers",
     "誰に何を警告し、受領を確認したか: 宛先つきの警告一覧"},
    {"B-4", "who asked what about which report, and what was answered: a queue for enquiries, or the letters themselves",
     "誰がどのレポートについて何を尋ね、何と答えたか: 問い合わせの受付簿か往復の文書"},
    {"C-1", "the question, the examined media and the finding of an analysis: its report; that copies were verified by hash: its protocol",
     "解析の問い・対象媒体・結論: 解析報告書。複製のハッシュ検証: 作業記録"},
    {"C-2", "the written verdict on a sample where no person records one in a tool, and the isolation of the laboratory: reports and protocols",
     "検体の判定(ツールに人の判定が残らない場合)と解析環境の隔離: 報告書と記録"},
    {"C-3", "hypotheses, and what was asked of providers and authorities: the investigator's notes and letters",
     "仮説、および事業者や関係機関への照会: 調査記録と照会文書"},
    {"C-4", "who held which piece of evidence when, and where it is stored: the evidence register with its signatures",
     "証拠をいつ誰が保持しどこに保管したか: 署名つきの証拠管理簿"},
    {"D-1", "reports that come by telephone or in person: the log of the desk", "電話や対面の報告: 受付簿"},
    {"D-2", "decisions taken in a conference: its minutes, or a note on the incident", "会議で決めたこと: 議事録、または案件への記録"},
    {"D-3", "which taxonomy is used, and that two people classify alike: the taxonomy and a record of the calibration",
     "使っている分類表と、二人の分類が揃うこと: 分類表と突き合わせの記録"},
    {"D-4", "containment outside of the connected tools (a cable pulled, a provider asked): a task with its end",
     "接続していない手段での封じ込め(ケーブル、事業者への依頼): 完了を記録した作業票"},
    {"D-5", "that the owner found the system whole again, and how it was watched afterwards: the owner's acceptance",
     "復旧をシステムの持ち主が確認したことと、その後の監視: 確認書"},
    {"D-6", "that a notice was sent and arrived, and the list of contacts: the notice with its proof of sending",
     "通知が送られ届いたことと連絡先一覧: 送達の分かる通知文"},
    {"D-7", "that the report was read and accepted by those it is for: the report with its receipt",
     "報告書が宛先に読まれ受け取られたこと: 受領の記録"},
    {"G-1", "that what was built is what was designed: the acceptance against the design", "構築したものが設計どおりであること: 設計との照合記録"},
    {"G-2", "who changed rules of firewalls and the like on whose request, and the review of old rules: change tickets or a record of the review",
     "ファイアウォール等の規則を誰の依頼で誰が変えたか、古い規則の見直し: 変更票か見直し記録"},
    {"G-3", "that own signatures were tested and their false alarms reviewed: the record of the review",
     "独自シグネチャの試験と誤検知の見直し: 見直し記録"},
    {"G-4", "coverage of the agents against the inventory, and who approved exceptions: a record of the comparison",
     "エージェント導入率と資産台帳の照合、例外の承認者: 照合記録"},
    {"G-5", "the purpose of live sessions and the source and end of indicators: tasks that name them",
     "遠隔調査の目的、指標の出所と期限: それを記した作業票"},
    {"G-6", "accounts and tenants against the list, and how findings were handled: tickets, or a record of the comparison",
     "アカウント・テナントの一覧との照合、指摘への対応: 作業票か照合記録"},
    {"G-7", "that own rules for the cloud were tested and their results reviewed: a repository given to the service, or the record",
     "クラウド向け独自規則の試験と結果の見直し: サービスに割り当てたリポジトリか記録"},
    {"G-8", "the inventory of analysis tools with licences and self-tests, and the isolation of the sandbox: the check list with its dates",
     "解析ツールの台帳・ライセンス・自己試験、サンドボックスの隔離確認: 日付つきの点検表"},
    {"G-9", "that capacity, lag and broken sources were dealt with by somebody: tickets, or the record of the check",
     "容量・遅延・途絶した収集元を誰かが処置したこと: 作業票か点検記録"},
    {"G-10", "how own analysis logic was evaluated, and the check of stores outside of the SIEM: the evaluation and the record",
     "独自分析ロジックの評価と、SIEM外の保管の点検: 評価書と点検記録"},
    {"G-11", "restore tests and reviews of access outside of the connected tools: their protocols", "復元試験や権限の見直し(接続外): 実施記録"},
    {"G-12", "that the verification came before the change and the way back was tested: the record of the verification",
     "変更前に検証し、切り戻しも試したこと: 検証記録"},
    {"G-13", "need, criteria, trial and decision about a new tool: the evaluation report", "新規ツールの必要性・基準・試行・決定: 評価報告書"},
});

}  // namespace

std::string_view beyond_tools(std::string_view service, Lang lang) {
  const auto found = std::ranges::find(sentences, service, &Sentence::service);
  if (found == sentences.end()) return {};
  return lang == Lang::ja ? found->ja : found->en;
}

}  // namespace akashi
