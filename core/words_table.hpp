// Every sentence that core can say, by code, in English and Japanese: the one list. {0} {1} … are the reason's arguments; one that begins with '@'
// is itself a code. Checked when compiled: both languages use the same placeholders, without gaps; reason<"code">(…) refuses a code that is not
// here and a wrong number of arguments. English counts with {0:act|acts}: the first when argument 0 is 1. No full stop at the end: who shows a
// sentence sets it. Japanese writes as a SOC's report does (です・ます only where a full sentence needs it), and says サービススコア.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace akashi {

struct Words {
  std::string_view code, en, ja;
};

inline constexpr auto words_table = std::to_array<Words>({
    // words used inside sentences
    {"word.team", "the assigned team", "担当チーム"},
    {"word.drill", "the drill", "訓練"},
    {"word.report", "the provider's report", "委託先の報告"},
    {"word.review", "the look at a report", "報告の確認"},
    {"word.provider", "a provider", "委託先"},
    {"state.exercised", "exercised", "実施あり"},
    {"state.late", "late", "実施遅れ"},
    {"state.unexercised", "unexercised", "未実施"},
    {"state.no_demand", "no demand", "需要なし"},
    {"state.drill_due", "drill due", "要訓練"},
    {"state.missed_demand", "missed demand", "対応漏れ"},
    {"state.blind", "blind", "観測不能"},
    {"state.insufficient_history", "insufficient history", "履歴不足"},
    {"state.not_observable", "not observable", "観測手段なし"},
    {"state.out_of_scope", "out of scope", "対象外"},
    {"confidence.none", "none", "なし"},
    {"confidence.low", "low", "低"},
    {"confidence.medium", "medium", "中"},
    {"confidence.high", "high", "高"},
    {"supported.no_score", "no score yet", "スコア未設定"},
    {"supported.supports", "the evidence supports the score", "証拠はスコアを裏付けている"},
    {"supported.does_not_support", "the evidence does not reach the score", "証拠はスコアに届かない"},
    {"supported.contradicts", "the evidence contradicts the score", "証拠はスコアと矛盾する"},
    {"supported.not_determinable", "the evidence allows no statement", "証拠からは判断できない"},

    // the portfolio's score and the evidence have parted
    {"drift.accepted", "the accepted score is {0}, but since {2} the evidence supports {1}",
     "採用済みのスコアは {0} だが、{2} 以降に証拠が裏付けるのは {1}"},
    {"drift.manual", "the score set by hand is {0}, but since {2} the evidence supports {1}",
     "手動スコアは {0} だが、{2} 以降に証拠が裏付けるのは {1}"},

    // decided by a written policy
    {"policy.name", "policy “{0}”", "ポリシー「{0}」"},
    {"policy.up", "up", "上方"},
    {"policy.down", "down", "下方"},
    {"policy.both", "up or down", "上下とも"},
    {"policy.step", "by the policy that {0} wrote, in force since {1}: {2}, at most {3} {3:rung|rungs} at once; confidence here: {4}",
     "{0} が定め {1} から有効なポリシーによる: {2}、一度に{3}段まで。今回の確信度: {4}"},
    {"policy.first", "by the policy that {0} wrote, in force since {1}: also first scores; confidence here: {2}",
     "{0} が定め {1} から有効なポリシーによる: 初回のスコアも対象。今回の確信度: {2}"},

    // who is assigned, and whether it is judged
    {"scope.category", "services of category {0} are not judged from evidence yet",
     "カテゴリー{0}のサービスは、まだ証拠による判定の対象にしていない"},
    {"scope.unnecessary", "the catalogue says that this organisation does not need it (to be confirmed at every catalogue evaluation)",
     "カタログで「不要」とされている(カタログ評価のたびに再確認が必要)"},
    {"scope.not_applicable", "scored N/A: the organisation decided not to do it in this form", "適用外(N/A): この形態では実施しないと決めている"},
    {"assignment.unset", "the profile does not say who does it, so it is judged as done in-house",
     "プロファイルに割り当てがないため、インソースとして判定した"},
    {"assignment.unassigned", "nobody is assigned to it, so there is no team whose work could count",
     "未割り当てのため、実績を数えるべき担当チームがない"},

    // the outsourced ladder
    {"word.owner", "the inside owner", "社内の主管"},
    {"report.last", "the last report came on {0}", "直近の報告の受領は {0}"},
    {"report.unread", "“{0}” of {1} was looked at by nobody inside for more than {2} days, everything read",
     "{1} に受領した「{0}」を、{2}日を超えて社内の誰も確認していない(観測漏れなし)"},
    {"report.overdue", "{0} reports every {1} days, and no report came since, everything read",
     "{0}の報告は{1}日ごとのはずだが、その後の受領がない(観測漏れなし)"},
    {"report.none", "no report of {0} came in {1} days, everything read", "過去{1}日間に{0}からの報告の受領がない(観測漏れなし)"},
    {"report.none_needed", "no report came in {0} days, and nothing was seen that called for one",
     "過去{0}日間に報告の受領も、報告を要する需要もない"},
    {"report.none_to_judge", "no report in the look-back that could be judged, so no service score can be said",
     "対象期間に判定できる報告がないため、サービススコアは判断できない"},
    {"report.not_for_demand", "{0} of {1} called for it, the agreed time is over, and no report came",
     "{1} の {0} に対し、合意した時間を過ぎても報告の受領がない"},
    {"report.in_time", "the first report is still within its {0} days to be looked at", "最初の報告は、まだ確認期限({0}日)内"},
    {"outside.nothing_to_look_at", "no report of {0} came that anybody could have looked at", "確認すべき{0}からの報告を受領していない"},
    {"outside.not_looked_at", "nobody inside has looked at “{0}”", "「{0}」を社内の誰も確認していない"},
    {"outside.looked_at", "{0} looked at “{1}” on {2}", "{0} が「{1}」を {2} に確認した"},
    {"outside.content", "what the provider does is understood: “{0}” version {1}, reviewed by somebody inside on {2}",
     "サービス内容を理解している: 「{0}」(版 {1})を社内の者が {2} に見直した"},
    {"outside.result", "the result is understood: {0} noted on “{1}” what follows from it ({2})",
     "結果を理解している: {0} が「{1}」に判断や対応を記録した({2})"},
    {"outside.no_expectation", "3 or 4: nothing was written down beforehand that could be met or missed, so no more can be said",
     "3 か 4: 事前に書かれた期待値がなく、これ以上は区別できない"},
    {"outside.not_judged", "3 to 5: nobody inside has judged a report by “{0}” yet, so no more can be said",
     "3〜5: 「{0}」に照らした社内の判定がまだなく、これ以上は区別できない"},
    {"outside.missed", "“{0}” was not met by “{1}” of {2}", "{2} 受領の「{1}」は「{0}」を満たしていない"},
    {"outside.last_not_judged", "4 or 5: nobody inside has judged the last report, “{0}”, yet", "4 か 5: 直近の報告「{0}」の判定がまだない"},
    {"outside.unchecked", "4 or 5: that “{0}” was met rests on the provider's own figures alone",
     "4 か 5: 「{0}」を満たしたという根拠が、委託先自身の数値しかない"},
    {"outside.as_expected", "as expected: {1} found “{0}” met by the report of {2}, and a figure was checked against own data",
     "期待どおり: {1} が {2} 受領の報告は「{0}」を満たすと判定し、数値を自社データで検証している"},
    {"outside.level_missed", "4 or 5: the own tool measured a service level missed on {1}, and no figure was checked since (“{0}”)",
     "4 か 5: 自社のツールの計測で {1} にサービスレベルの未達があり、その後の数値の検証がない(「{0}」)"},
    {"outside.as_measured", "as expected: {1} found “{0}” met by the report of {2}, and all {3} service levels that the own tool measured were met",
     "期待どおり: {1} が {2} 受領の報告は「{0}」を満たすと判定し、自社のツールが計測したサービスレベル{3}件もすべて達成"},
    {"missing.report", "for 2: a report of {0} (every {1} days) that somebody inside looks at",
     "2 には: {0}からの報告({1}日ごと)と、社内の誰かによる確認が必要"},
    {"missing.look", "for 2: somebody inside, best {0}, has to look at the last report and leave a trace of it",
     "2 には: 社内の誰か(できれば{0})が直近の報告を確認し、記録を残す必要がある"},
    {"missing.description", "what the provider does for {0} has to be written down (a service description or SLA) and reviewed by the inside owner",
     "{0} について、委託先が行う内容の文書(サービス仕様書やSLA)と、社内の主管による見直しが必要"},
    {"missing.description_inside", "“{0}” has to be reviewed by somebody inside, best {1}: nobody known is seen to have looked into it",
     "「{0}」は、社内の者(できれば{1})による見直しが必要(社内で見直した者を確認できない)"},
    {"missing.description_review", "“{0}” was last reviewed on {1}; {2} has to review it every {3} days",
     "「{0}」の最後の見直しは {1}。{2}が{3}日ごとに見直す必要がある"},
    {"missing.note", "{1} has to note what follows from a report such as “{0}”: a question, a decision, an action, a sample re-checked",
     "「{0}」のような報告に、{1}が判断(質問・決定・対応・抜き取り確認など)を記録する必要がある"},
    {"missing.expectation", "for 4 or 5: what is expected of the provider for {0} has to be written down before the report comes",
     "4・5 には: {0} について、報告より前に期待値を文書にしておく必要がある"},
    {"missing.outcome", "for 4 or 5: {1} has to judge the last report by “{0}”: met or missed",
     "4・5 には: {1}が直近の報告を「{0}」に照らして判定する(達成・未達)必要がある"},
    {"missing.as_expected", "for 5: no report of the last {1} days may miss “{0}”", "5 には: 過去{1}日間の報告がすべて「{0}」を満たす必要がある"},
    {"missing.own_figure", "for 5: at least one figure of a report has to be checked against own data (“{0}”)",
     "5 には: 報告の数値を少なくとも一つ、自社データで検証する必要がある(「{0}」)"},
    {"sure.reports", "{0} {0:report|reports}, {1} {1:look|looks} of people inside", "報告{0}件、社内の確認{1}件"},
    {"sure.one_report", "one report shows no habit", "報告1件だけでは定着しているか分からない"},
    {"sure.attested", "part of this was entered by a person and stands in no tool", "一部は人による申告で、ツールの記録ではない"},

    // why this rung
    {"rung.one_person", "one identified person did it: {0} ({1} {1:act|acts} in the last {2} days)",
     "実施を確認できたのは1名: {0}(過去{2}日間に{1}件)"},
    {"rung.several_persons", "{0} people did the work themselves: {1} ({2} {2:act|acts} in the last {3} days)",
     "{0}名が自ら実施している: {1}(過去{3}日間に計{2}件)"},
    {"rung.only_closed", "{0} only closed tickets, which does not make a stand-in", "{0} はチケットを閉じただけなので、代行とは認めない"},
    {"rung.left", "{0} did it too and has left since, which makes no stand-in now", "{0} も実施していたが、すでに在籍していないため代行とは認めない"},
    {"rung.all_left", "it was done only by {0} {0:person|people} who {0:has|have} left since: nobody who does it now was seen",
     "実施していたのは在籍していない{0}名だけで、現在実施している人を確認できていない"},
    {"rung.procedure_in_force", "“{0}” version {1} is in force: owner {2}, published or reviewed on {3}",
     "手順書「{0}」(版 {1})が有効: 管理者 {2}、発行または見直し {3}"},
    {"rung.from_procedure", "{0}, who did not write it, worked from “{1}” version {2} on {3}",
     "{0} が、自分が作成したものではない「{1}」(版 {2})に沿って {3} に実施した"},
    {"rung.approved", "{0}, an authorised head, approved “{1}” version {2} on {3}", "権限を持つ長である {0} が「{1}」(版 {2})を {3} に承認した"},
    {"rung.by_drill", "part of this rests on a drill, which shows ability but not volume",
     "一部は訓練による裏付け(できることは示すが、件数の実績ではない)"},
    {"rung.not_done", "not being done: no exercise by an identified person in {0} days that were read completely",
     "行えていない: 漏れなく観測した{0}日間に、担当者を特定できる実施がない"},
    {"rung.unanswered", "not being done: it was called for, and nobody did it in {0} days that were read completely",
     "行えていない: 需要があったのに、漏れなく観測した{0}日間に実施がない"},
    {"rung.held", "until {1} the evidence supported {0}", "{1} までは {0} が裏付けられていた"},
    {"rung.lapsed_unseen", "it had lapsed (last done on {0}) before reading stopped; whether it was taken up again cannot be seen",
     "読み取りが止まる前に途絶えており(直近の実施 {0})、再開したかどうかは見えない"},
    {"rung.unseen", "nothing was seen being done, but not everything could be seen, so no service score can be said",
     "実施は確認できていないが、見えていない範囲があるため、サービススコアは判断できない"},
    {"rung.unmet",
     "something called for it, and nobody was seen doing it in {0} days; nothing was agreed that it misses, so no service score can be said",
     "需要はあるが、過去{0}日間に実施を確認できていない。過ぎた期限もないため、サービススコアは判断できない"},
    {"rung.untested", "neither demand nor drill in the last {0} days, so no service score can be said",
     "過去{0}日間に需要も訓練もないため、サービススコアは判断できない"},
    {"rung.nobody_identified", "work was seen ({0} {0:act|acts}), but none by an identified person who counts; name the accounts under people",
     "作業の記録({0}件)はあるが、数えられる担当者を特定できない。people にアカウントを登録すること"},
    {"document.one_person", "“{0}” version {1} exists, but only one person was seen doing the work, and a document alone hands nothing over",
     "手順書「{0}」(版 {1})はあるが、実施を確認できたのは1名のみ。文書だけでは引き継げるとは言えない"},
    {"document.untested", "“{0}” version {1} exists, but nobody was seen working from it: untested",
     "手順書「{0}」(版 {1})はあるが、それに沿った実施がなく未検証"},

    // why this state
    {"state.last_done", "last done on {0}", "直近の実施は {0}"},
    {"state.last_drill", "last drill on {0}", "直近の訓練は {0}"},
    {"state.silent_late", "silent for more than {0} days, everything read; unexercised after {1}",
     "{0}日を超えて実施がない(観測漏れなし)。{1}日を超えると未実施"},
    {"state.silent", "silent for more than {0} days, everything read", "{0}日を超えて実施がない(観測漏れなし)"},
    {"state.never_done", "not once seen since {0}, and everything was read", "{0} 以降、一度も実施がない(観測漏れなし)"},
    {"state.nothing_asked", "nothing called for it since {0}, and everything was read", "{0} 以降、需要がない(観測漏れなし)"},
    {"state.drill_reminder", "neither case nor drill for more than {0} days: a drill is due (a reminder, no lapse)",
     "{0}日を超えて事案も訓練もない。訓練の時期(注意喚起であり、怠りではない)"},
    {"state.drill_overdue", "neither case nor drill for more than {0} days: the drill is overdue",
     "{0}日を超えて事案も訓練もない。訓練の期限を過ぎている"},
    {"state.missed", "{0} {0:demand|demands} unanswered past the agreed {1} {1:hour|hours}; the oldest is {2} of {3}",
     "合意した{1}時間を過ぎても対応のないものが{0}件。最も古いものは {3} の {2}"},
    {"state.missed_days", "{0} {0:demand|demands} unanswered past the agreed {1} days; the oldest is {2} of {3}",
     "合意した{1}日を過ぎても対応のないものが{0}件。最も古いものは {3} の {2}"},
    {"state.missed_minutes", "{0} {0:demand|demands} unanswered past the agreed {1} {1:minute|minutes}; the oldest is {2} of {3}",
     "合意した{1}分を過ぎても対応のないものが{0}件。最も古いものは {3} の {2}"},
    {"state.pending", "{0} {0:demand|demands} unanswered, still in time", "期限内で対応待ちのものが{0}件"},
    {"state.nothing_agreed", "{0} {0:demand|demands} unanswered, but no time was agreed in which to answer, so none is missed",
     "対応のないものが{0}件あるが、対応期限が合意されていないため、漏れとはしない"},
    {"state.too_early", "something called for it only now: too early to judge", "需要が生じたばかりで、まだ判断できない"},
    {"state.upstream", "whether anything called for it is unknown, because {0} is “{1}”", "{0} が「{1}」のため、需要の有無が分からない"},
    {"state.none_can_show", "no connected source with a rule can show it", "これを示せる接続先と規則がない"},
    {"blind.broken", "{0} cannot be read: {1}", "{0} を読み取れない: {1}"},
    {"blind.behind", "{0} has only been read up to {1}", "{0} は {1} までしか読み取れていない"},
    {"blind.gap", "{0} was not read completely from {1} to {2}", "{0} は {1} から {2} までの読み取りに欠けがある"},
    {"blind.hidden", "part of {0} could not be read: {1}", "{0} の一部を読み取れない: {1}"},
    {"blind.somewhere", "not everything was read completely in the span that matters", "対象となる期間の読み取りに欠けがある"},
    {"blind.never", "{0} has not been read completely yet", "{0} はまだ一度も完全には読み取れていない"},
    {"history.short", "read completely only since {0}; {1} days are needed to speak about absence",
     "漏れなく読み取れているのは {0} 以降。実施がないと言うには{1}日分が必要"},

    {"attested.on_duty", "attested to be on duty until {1}: {0} (who was due is no proof of who worked, so it counts for no rung)",
     "{1} までの当番として申告: {0}(当番であることは実施の証明にならないため、スコアには数えない)"},

    // what is missing for the next rung
    {"missing.first", "for 2: somebody of {0} has to do it (or a drill marked as one); nobody identified was seen doing it in the last {1} days",
     "2 には: {0}の誰かによる実施(訓練として明示したものでもよい)が必要。過去{1}日間に、担当者を特定できる実施を確認できていない"},
    {"missing.again", "for 2: somebody of {0} has to do it again; the last time was {1}",
     "2 には: {0}の誰かによる再度の実施が必要。直近の実施は {1}"},
    {"missing.second_person",
     "for 3: a second person of {0} has to handle part of the work; in the last {1} days only {2} was seen doing it ({3} of {4})",
     "3 には: {0}の2人目が作業の一部を行う必要がある。過去{1}日間に確認できたのは {2} のみ({4}件中{3}件)"},
    {"missing.document", "for 4: a written procedure that names {0}; none was seen", "4 には: {0} を明記した手順書が必要。まだ見つかっていない"},
    {"missing.owner", "for 4: “{0}” version {1} needs an owner", "4 には: 手順書「{0}」(版 {1})に管理者の記載が必要"},
    {"missing.owner_left", "for 4: “{0}” version {1} needs another owner, {2} has left",
     "4 には: 手順書「{0}」(版 {1})に新しい管理者が必要({2} はすでに在籍していない)"},
    {"missing.version", "for 4: “{0}” needs a version", "4 には: 手順書「{0}」に版の記載が必要"},
    {"missing.author", "for 4: nobody can tell who wrote “{0}” version {1}, so nobody can be told from its author",
     "4 には: 手順書「{0}」(版 {1})の作成者が分からず、作成者以外による実施かどうか確かめられない"},
    {"missing.review", "for 4: “{0}” version {1} was last published or reviewed on {2}, more than {3} days ago; review it",
     "4 には: 手順書「{0}」(版 {1})の見直しが必要。最後の発行または見直しは {2} で、{3}日を超えている"},
    {"missing.reference", "for 4: no work names “{0}” version {1}; note the procedure in the ticket, or say that the place is worked from it",
     "4 には: 「{0}」(版 {1})に沿ったと分かる作業がない。チケットに手順書名を書くか、設定で「この場所は常にこの手順書で作業する」と示すこと"},
    {"missing.after_publication", "for 4: all work that names “{0}” is older than version {1} of {2}",
     "4 には: 「{0}」に沿った作業はすべて、版 {1}({2})の発行より前のもの"},
    {"missing.another_worker", "for 4: so far only {1} worked from “{0}”, who wrote it or usually does the work; somebody else has to",
     "4 には: 「{0}」に沿って作業したのは、作成者または主な実施者である {1} だけ。別の人による実施が必要"},
    {"missing.more_than_closing", "for 4: {1} only closed tickets that name “{0}”; part of the work has to be done from it",
     "4 には: {1} は「{0}」に触れたチケットを閉じただけ。手順書に沿った作業の実施が必要"},
    {"missing.heads", "for 5: nobody is named as an authorised head who may approve “{0}” version {1}",
     "5 には: 「{0}」(版 {1})を承認できる、権限を持つ長が登録されていない"},
    {"missing.approval", "for 5: {2} has to approve “{0}” version {1} (authorised heads; not its author)",
     "5 には: 「{0}」(版 {1})の承認が必要。承認できるのは権限を持つ長: {2}(作成者本人を除く)"},

    // what speaks against, or will
    {"counter.missed", "{0} {0:demand was|demands were} not met in the agreed time; the oldest is {1} of {2}",
     "合意した時間内に対応のなかった需要が{0}件。最も古いものは {2} の {1}"},
    {"counter.late_answers", "{0} {0:demand was|demands were} met only after the agreed {1} {1:hour|hours}",
     "合意した{1}時間を過ぎてから対応した需要が{0}件"},
    {"counter.late_answers_days", "{0} {0:demand was|demands were} met only after the agreed {1} days",
     "合意した{1}日を過ぎてから対応した需要が{0}件"},
    {"counter.late_answers_minutes", "{0} {0:demand was|demands were} met only after the agreed {1} {1:minute|minutes}",
     "合意した{1}分を過ぎてから対応した需要が{0}件"},
    {"counter.uncounted_answers", "{0} {0:demand was|demands were} worked on only by people or accounts who do not count here",
     "数えられない人やアカウントだけが対応した需要が{0}件"},
    {"counter.unknown_actors",
     "{0} {0:act|acts} by {1} {1:account|accounts} that nobody is named for; naming them under people may change the picture",
     "誰のものか分からないアカウント{1}個による作業が{0}件。people に登録すると結果が変わる可能性がある"},
    {"counter.levels_missed", "the own tool measured {0} {0:service level|service levels} missed, the last on {1}",
     "自社のツールの計測でサービスレベルの未達が{0}件(最後は {1})"},
    {"counter.late_looks", "{0} {0:report was|reports were} looked at only after more than {1} days", "{1}日を過ぎてから確認された報告が{0}件"},
    {"counter.stand_in_is_usual", "{0} usually does the work now: nobody but the usual performer has worked from “{1}”",
     "現在は {0} が主な担当者であり、それ以外に「{1}」を使って実施した者がいない"},
    {"counter.document_unread", "{0} was last read completely on {1}: a newer version of “{2}” would not have been seen",
     "{0} を最後に漏れなく読み取ったのは {1}。「{2}」の新しい版があっても見えていない"},
    {"counter.leaves", "{0}'s last work leaves the look-back on {1}; without new work the evidence then supports less",
     "{0} の最後の実施は {1} に対象期間から外れる。新たな実施がなければ裏付けは下がる"},
    {"counter.attested_expires", "{0} was entered by a person and counts until {1}", "{0}は人による申告で、{1} まで有効"},
    {"counter.review_expires", "“{0}” has to be reviewed by {1}", "「{0}」は {1} までに見直しが必要"},
    {"counter.approval_expires", "the approval of “{0}” holds until {1}", "「{0}」の承認の有効期限は {1}"},
    {"counter.approval_expired", "the approval of “{0}” version {1} expired on {2}", "「{0}」(版 {1})の承認は {2} に期限切れ"},
    {"suspicion.last_days", "all {0} acts fall into the last {1} days: ask whether they were done for an assessment",
     "{0}件すべてが直近{1}日間に集中している。評価に合わせた作業でないか確認すること"},
    {"suspicion.before_assessment", "all {0} acts fall into the {1} days before the assessment of {2}: ask whether they were done for it",
     "{0}件すべてが {2} の評価の直前{1}日間に集中している。評価に合わせた作業でないか確認すること"},
    {"suspicion.entered_late",
     "{0} {0:act|acts} showed up in {1} more than {2} days after the time they carry, though it was being read: ask whether they were entered "
     "afterwards",
     "{1} の作業{0}件は、読み取りが続いていたのに、記録上の時刻から{2}日を超えて現れた。後から記入されたものでないか確認すること"},
    {"suspicion.everything", "{0} alone does {1} services: ask whether several people share the account, and who stands in",
     "{0} が一人で{1}サービスを実施している。アカウントを共有していないか、代わりの人がいるか確認すること"},
    {"suspicion.round_the_clock", "{0} acted in {1} different hours of {2}: ask whether several people share the account",
     "{0} は {2} の1日に{1}の異なる時間帯で作業している。アカウントを共有していないか確認すること"},
    {"suspicion.seconds", "{0} {0:case was|cases were} closed within seconds of being opened: ask what was done",
     "起票から数秒で閉じられた事案が{0}件。何を行ったか確認すること"},
    {"suspicion.same_words", "on {0} of the {2} cases on which {1} wrote, it is word for word the same text: ask what was found out in each",
     "{1} が書き込んだ{2}件の案件のうち{0}件で、文章がすべて同一である。それぞれで何を確認したか確かめること"},

    // alerts: kinds, levels, why they are raised or over
    {"kind.late", "late", "実施遅れ"},
    {"kind.unexercised", "unexercised", "未実施"},
    {"kind.missed_demand", "missed demand", "対応漏れ"},
    {"kind.drill_due", "drill due", "要訓練"},
    {"kind.blind", "source cannot be read", "接続先の観測不能"},
    {"kind.approval_expiring", "approval about to expire", "承認の期限間近"},
    {"kind.approval_expired", "approval expired", "承認の期限切れ"},
    {"kind.drift", "score and evidence differ", "スコアと証拠の乖離"},
    {"level.info", "info", "情報"},
    {"level.warning", "warning", "注意"},
    {"level.alarm", "alarm", "警報"},
    {"alert.drift_below", "the service score is {0}, but the evidence supports no more than {1}",
     "サービススコアは {0} だが、証拠が裏付けるのは {1} まで"},
    {"alert.drift_above", "the service score is {0}, and the evidence by now supports {1}", "サービススコアは {0} だが、証拠は {1} を裏付けている"},
    {"alert.over", "it is now “{0}”", "現在は「{0}」"},
    {"alert.unseen", "it can no longer be seen whether this is so (now “{0}”)", "現在もそうかどうか確認できなくなった(現在は「{0}」)"},
    {"alert.scope", "the service or source is no longer judged", "サービスまたは接続先が判定の対象から外れた"},
    {"alert.off", "alerts of this kind were switched off in the config", "この種類の警告は設定で無効にされた"},
    {"alert.agrees", "score and evidence agree again", "スコアと証拠が再び一致した"},
    {"alert.read_again", "{0} is read completely again", "{0} を再び漏れなく読み取れている"},
    {"alert.approval_renewed", "an approval holds until {0}", "承認の有効期限は {0}"},
    {"alert.approval_gone", "the procedure that was approved is no longer the one in force", "承認された手順書は、もう有効な版ではない"},

    // how sure
    {"sure.acts", "{0} {0:act|acts} on {1} {1:case|cases} by {2} {2:person|people}", "{2}名、{1}案件、計{0}件の実施"},
    {"sure.whole", "everything that could show it was read completely for {0} days", "これを示しうる接続先を{0}日分、漏れなく読み取っている"},
    {"sure.not_whole", "not everything was read completely: {0}", "読み取りに欠けがある: {0}"},
    {"sure.drills_only", "drills only, no real case", "訓練のみで、実際の事案はない"},
    {"sure.uncounted", "more acts were set aside ({0}) than counted ({1})", "数えなかった作業({0}件)が数えた作業({1}件)より多い"},
    {"sure.suspicious", "something looks unusual and should be asked about", "確認すべき不自然な点がある"},
    {"sure.document_unread", "the source of “{0}” is not being read completely", "「{0}」の置き場所を漏れなく読み取れていない"},
    {"sure.absence", "rests on the absence of work in {0} days that were read completely", "漏れなく読み取った{0}日間に実施がないことによる"},

    // set aside
    {"rejected.automation", "done by automation", "自動処理によるもの"},
    {"rejected.provider", "done by a provider, which does not count for work done in-house", "委託先によるもの(インソースの実績にならない)"},
    {"rejected.provider_review", "done by the provider: its own word about its own work", "委託先自身による確認(自らの業務についての申告)"},
    {"rejected.back_dated", "written down more than a week after the day on which it is said to have been done",
     "実施したとされる日から1週間を超えて記録されたもの"},
    {"rejected.unknown_actor", "the account belongs to nobody named under people", "people に登録のないアカウントによるもの"},
    {"rejected.shared_account", "done under an account that several people share", "複数人で共用するアカウントによるもの"},
    {"rejected.left", "done under the account of a person who had left by then", "その時点で在籍していない人のアカウントによるもの(離任後)"},
    {"rejected.not_joined", "done under the account of a person who had not joined yet", "その時点で在籍していない人のアカウントによるもの(着任前)"},
    {"rejected.outside_team", "the person is not of the assigned team", "担当チーム以外の人によるもの"},
    {"rejected.no_team", "the person has no team under people", "people で所属チームが登録されていない人によるもの"},
    {"rejected.bulk", "bulk operation: more than 20 in one second", "一括操作(同じ秒に20件を超える)"},
    {"rejected.import", "the case was opened and closed in the same second: an import", "起票と完了が同じ秒の案件(取り込みと見なす)"},
    {"rejected.brought_in", "recorded in the second in which a case was made that says it began earlier: brought in from elsewhere",
     "起票より前の日付を名乗る案件と同時に記録されたもの(ほかからの取り込みと見なす)"},
    {"rejected.test", "the case is marked as a test, not as a drill", "テストと明示された案件(訓練としての明示はない)"},
    {"rejected.again", "the same person's verdict on the same item once more", "同じ人による同じ対象への判定の繰り返し"},
    {"rejected.shifted", "the same act told by another route, at the same time or shifted by a time zone",
     "別の経路で読み取った同じ作業(同時刻、または時差の分だけずれた時刻)"},
    {"rejected.after_closure", "the notice was only sent after the incident had been closed", "インシデント完了後に初めて送られた通知"},
    {"rejected.after_change", "the verification began only after the change had been made", "変更実施後に初めて行われた検証"},
    {"rejected.opened_and_closed", "the case was opened and closed by one person within a minute", "同じ人が1分以内に起票して閉じた案件"},
    {"rejected.own_enquiry", "asked and answered by the same person", "質問者本人による回答"},
    {"rejected.duplicate", "the same act told twice (same case, person, moment and kind)", "同じ作業の重複(案件・人・時刻・種類が同じ)"},
    {"rejected.approval_own", "the author approved the own document", "作成者本人による承認"},
    {"rejected.approval_version", "the approval names another version than the one in force", "有効な版とは別の版への承認"},
    {"rejected.approval_no_version", "the approval names no version", "どの版への承認か示されていない"},
    {"rejected.approval_not_head", "the approver is not an authorised head", "承認者が権限を持つ長として登録されていない"},
    {"rejected.approval_not_in_office", "the approver had left by then, or not yet joined", "承認者が承認の時点で在籍していない"},
    {"rejected.approval_not_human", "not approved by a person", "人による承認ではない"},
    {"rejected.approval_expired", "the approval has expired", "承認の有効期限切れ"},
    {"rejected.approval_early", "approved before that version was published", "その版の発行より前の承認"},
    {"rejected.approval_pending", "the approval is still pending", "承認待ち"},
    {"rejected.approval_refused", "the approval was refused", "承認は却下された"},
    {"rejected.approval_superseded", "an authorised head later refused that version", "後に権限を持つ長がこの版を却下した"},
});

// Bit i is set when {i} occurs.
[[nodiscard]] constexpr unsigned placeholders(std::string_view text) {
  unsigned found = 0;
  for (std::size_t at = 0; at + 2 < text.size(); ++at)
    if (text[at] == '{' && text[at + 1] >= '0' && text[at + 1] <= '9' && text[at + 2] == '}')
      found |= 1U << static_cast<unsigned>(text[at + 1] - '0');
  return found;
}

// Its place in the table; the table's size when it is not there. By number: with the sanitizers on, GCC 12 compares no address while it compiles.
[[nodiscard]] constexpr std::size_t place_of(std::string_view code) {
  std::size_t at = 0;
  while (at < words_table.size() && words_table[at].code != code) ++at;
  return at;
}

[[nodiscard]] constexpr const Words* find_words(std::string_view code) {
  const auto at = place_of(code);
  return at == words_table.size() ? nullptr : &words_table[at];
}

// How many arguments a code takes; -1 for one that is not in the table.
[[nodiscard]] constexpr int arguments_of(std::string_view code) {
  const auto at = place_of(code);
  if (at == words_table.size()) return -1;
  int count = 0;
  for (auto mask = placeholders(words_table[at].en); mask != 0; mask >>= 1U) ++count;
  return count;
}

[[nodiscard]] consteval bool words_agree() {
  return std::ranges::all_of(words_table, [](const Words& words) {
    const auto mask = placeholders(words.en);
    return !words.en.empty() && !words.ja.empty() && mask == placeholders(words.ja) && (mask & (mask + 1)) == 0;
  });
}
static_assert(words_agree(), "a code lacks a language, or its languages differ in placeholders, or these have gaps");

}  // namespace akashi
