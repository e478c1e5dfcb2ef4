#!/usr/bin/env python3
"""港製作所 セキュリティ監視室 in Redmine, ninety days. Arguments: URL, file of keys, clock file.
What each service should come to, and why, stands in expected.tsv; this file is only what people did."""
import json
import os
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from seeding import Api, Timeline  # noqa: E402

base, key_file, clock_file = sys.argv[1:4]
with open(key_file) as file:
    key = json.load(file)
api = Api(base, lambda user: {"X-Redmine-API-Key": key[user]})
line = Timeline(clock_file, 90)
SATO, SUZUKI, TAKAHASHI, TANAKA, HEAD, PLANT, PROVIDER = "sato", "suzuki", "takahashi", "tanaka", "watanabe", "ito", "mihari"
issue = {}


line.set_clock(line.start)
status = api.ids("admin", "/issue_statuses.json", "issue_statuses")
tracker = api.ids("admin", "/trackers.json", "trackers")
field = api.ids("admin", "/custom_fields.json", "custom_fields")
person = api.ids("admin", "/users.json?limit=100", "users")
category = api.ids("admin", "/projects/kanshi/issue_categories.json", "issue_categories")


def day(days_ago):
    return time.strftime("%Y-%m-%d", time.gmtime(line.start + (line.days - days_ago) * 86400))


def custom(values):
    return [{"id": field[name], "value": value} for name, value in values.items() if value]


def create(name, user, kind, subject, group=None, about=None, **values):
    body = {"project_id": "kanshi", "tracker_id": tracker[kind], "subject": subject, "description": subject, "custom_fields": custom(values)}
    if group:
        body["category_id"] = category[group]
    issue[name] = api(user, "POST", "/issues.json", {"issue": body})["issue"]["id"]
    if about:
        api(user, "POST", f"/issues/{issue[name]}/relations.json", {"relation": {"issue_to_id": issue[about], "relation_type": "relates"}})


def update(name, user, notes="", to=None, owner=None, values=None):
    body = {"notes": notes, "custom_fields": custom(values or {})}
    if to:
        body["status_id"] = status[to]
    if owner:
        body["assigned_to_id"] = person[owner]
    api(user, "PUT", f"/issues/{issue[name]}.json", {"issue": body})


def job(days, kind, who, says="実施しました。", group=None, asker=None, hours=5.0, drill=False, done_days_ago=None, name=None, impact=None, about=None):
    """起票 → 担当中 → 済"""
    name = name or f"{kind} {group} {days}"
    line.at(days, 9, lambda: create(name, asker or who, kind, f"{group or kind} {days}", group, about, 訓練区分="訓練" if drill else ""))
    line.at(days, 9.5, lambda: update(name, who, "", "担当中", who))
    if impact:
        line.at(days, 9.8, lambda: update(name, impact[0], values={"影響度": impact[1]}))
    line.at(days, 10, update, name, who, says)
    line.at(days, 9 + hours, lambda: update(name, who, "", "済", values={"実施日": day(done_days_ago)} if done_days_ago is not None else None))


def paper(days, user, title, services, edition, owner="佐藤 花子", kind="手順書", state=""):
    text = (f"h1. {title}\n\n|対応業務|{services}|\n|主管者|{owner}|\n|第何版|第{edition}版|\n|点検した日|{day(days)}|\n|文書の性格|{kind}|\n"
            + (f"|状態|{state}|\n" if state else "") + "\n# 確認する\n# 記録する\n")
    line.at(days, 8, page, user, title, text)


def page(user, title, text):
    api(user, "PUT", "/projects/kanshi/wiki/" + urllib.parse.quote(title.replace(" ", "_")) + ".json", {"wiki_page": {"text": text, "comments": "改訂"}})


def sign(days, title, edition, by, to="済"):
    name = f"sign {title} {edition} {by}"
    line.at(days, 11, lambda: create(name, SATO, "承認", f"「{title}」第{edition}版を決裁願います"))
    line.at(days, 15, lambda: update(name, by, "", to))


def report(days, group, looked=None, note=None, checked=None, outcome=None):
    name = f"report {group} {days}"
    line.at(days, 7, lambda: create(name, PROVIDER, "委託報告", f"{group}月次報告", group))
    if looked:
        values = {"所見": note, "自社との照合": checked, "期待との差": outcome}
        line.at(days - 3, 10, lambda: update(name, looked, "確認した。", "確認待ち"))
        line.at(days - 3, 10.5, lambda: update(name, looked, "", "済", values=values))


def papers():
    for title, services in [("KS-LOG-01 ログ点検", "B-2"), ("KS-UKE-01 通報の受付", "D-1"), ("KS-IR-01 事案対応", "D-2"), ("KS-KUB-01 区分の付け方", "D-3"), ("KS-KYO-01 境界装置", "G-2"),
                            ("KS-SO-01 相関分析", "G-9"), ("KS-SET-01 室の設備", "G-11"), ("KS-Q-01 質問への回答", "B-4")]:
        paper(88, SATO, title, services, 1)
    paper(85, SATO, "KS-Q-01 質問への回答", "B-4", 2)
    paper(60, SATO, "KS-SO-01 相関分析", "G-9", 2)
    paper(88, SATO, "KS-SHA-01 遮断", "D-4", 1, state="草案")
    for group, services in [("監視", "B-1"), ("クラウド", "G-6")]:
        paper(87, SATO, f"KS-SIYO {group}の委託", services, 1, kind="業務仕様書")
        paper(86, SATO, f"KS-KITAI {group}に期待すること", services, 1, kind="期待水準")
    line.at(80, 8, page, SATO, "忘年会", "|対応業務|G-13|\n|主管者|佐藤 花子|\n\n会場の選び方")  # 手順書ではない
    sign(80, "KS-Q-01 質問への回答", 2, HEAD)
    sign(80, "KS-UKE-01 通報の受付", 1, HEAD)
    sign(80, "KS-IR-01 事案対応", 1, SUZUKI)       # 決裁者ではない
    sign(80, "KS-SO-01 相関分析", 1, HEAD)         # 旧版の決裁
    sign(80, "KS-KYO-01 境界装置", 1, HEAD, "見送り")
    sign(75, "KS-SET-01 室の設備", 1, HEAD)


def provider():
    for days in (75, 45, 16):
        report(days, "監視", SATO, "誤検知の多い規則を見直すよう依頼。", "自社の記録では検知42件、報告と一致", "期待どおり")
    for days in (70, 40, 15):
        report(days, "注意喚起", TAKAHASHI)
    for days in (60, 25):
        report(days, "検体", SUZUKI, "指標を遮断リストに反映。")
    report(70, "クラウド", SATO, "設定変更の連絡が遅れた。改善を求めた。", "変更記録と照合", "期待未達")
    report(40, "クラウド", SATO, "改善を確認。", "変更記録と照合", "期待どおり")
    report(14, "クラウド", SATO, "問題なし。", "変更記録と照合", "期待どおり")


def daily():
    for days, who in [(78, SATO), (45, SUZUKI), (10, SATO)]:
        job(days, "定常作業", who, "手順：KS-LOG-01 第1版" if who == SUZUKI else "欠測なし。", "ログ点検")
    job(60, "質問", SUZUKI, "三頁の表のとおりです。手順書「KS-Q-01 質問への回答」第2版", asker=PLANT)
    job(30, "質問", SATO, "閉じた件数です。", asker=PLANT)
    for days in range(84, 3, -8):
        job(days, "通報", SUZUKI if days in (52, 20) else SATO, "KS-UKE-01 第1版のとおり受付。" if days in (52, 20) else "内容を確認し、担当者に折り返し連絡した。影響なし。", asker=PLANT)


def incidents():
    job(70, "事案", SATO, "指揮します。図面サーバーへの侵入。", name="侵入", asker=PLANT, impact=(SATO, "大"), hours=90)
    job(50, "事案", SUZUKI, "指揮します。KS-IR-01 第1版", name="不審メール", asker=PLANT, impact=(SATO, "中"), hours=40)
    job(22, "事案", SATO, "指揮します。", name="走査", asker=PLANT, impact=(TAKAHASHI, "小"), hours=30)
    job(69, "遮断", SATO, "図面サーバーを切り離した。", about="侵入")
    job(48, "遮断", TAKAHASHI, "送信元を遮断。手順：KS-SHA-01 遮断")
    job(68, "復旧", SUZUKI, "図面サーバーを作り直した。", about="侵入", hours=20)
    job(60, "事後報告", SATO, "役員会に提出。", about="侵入", hours=30)
    job(35, "調査", SATO, "練習用の複製を解析した。", "フォレンジック", drill=True)
    job(66, "調査", TAKAHASHI, "複製を作り、ハッシュを記録。", "証拠保全")
    job(20, "調査", SATO, "端末の複製を作り、ハッシュを記録。", "証拠保全")


def platform():
    job(40, "定常作業", SATO, group="構成")
    job(30, "定常作業", SUZUKI, group="構成")
    for days, who in [(80, SATO), (60, SUZUKI), (38, SATO)]:
        job(days, "定常作業", who, "KS-KYO-01 第1版による。" if who == SUZUKI else "規則を棚卸しした。", "境界装置")
    job(60, "定常作業", TAKAHASHI, group="独自シグネチャ")
    job(60, "定常作業", SATO, group="端末")
    job(3, "定常作業", SATO, group="端末", done_days_ago=20, name="遅れて書いた端末作業")
    for days in (50, 15):
        job(days, "定常作業", SUZUKI, group="端末追加検知")
    job(70, "定常作業", TANAKA, group="解析環境")
    job(30, "定常作業", TAKAHASHI, group="解析環境")
    for days in range(85, 4, -10):
        job(days, "定常作業", SUZUKI if days in (45, 25) else SATO, "KS-SO-01 第2版による。" if days in (45, 25) else "相関規則を確認。", "相関分析")
    for days, who in [(70, SATO), (40, SUZUKI), (12, SATO)]:
        job(days, "定常作業", who, "手順：KS-SET-01 室の設備 第1版" if who == SUZUKI else "権限と復元を確認。", "室の設備")
    job(40, "検証", TAKAHASHI, "二台で試し、戻せた。")
    job(15, "検証", SATO, "試験環境で試した。")
    job(28, "定常作業", SATO, group="備品")  # 対応表にない


papers()
provider()
daily()
incidents()
platform()
line.run()
print(f"redmine-minato: seeded {len(issue)} issues with {api.calls} calls", file=sys.stderr)
